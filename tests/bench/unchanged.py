#!/usr/bin/env python3
"""What a run costs in which nothing has changed, or one file, beside a cold one.

    unchanged.py ASYNC-TIDY FOLDER [UNITS]

Writes UNITS coroutines that call through three files each, with headers of their own and the standard library's, and runs the command cold,
again, and after a change of one unit. Holds the second to a twentieth of the first; only ratios mean anything for so few units.
"""
import json
import os
import subprocess
import sys
import time

LIMIT = 0.05
TASK = """#pragma once
#include <coroutine>
#include <map>
#include <string>
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
"""
UNIT = """#include "task.h"
#include "helper{n}.h"
#include "helper{next}.h"
#include <unistd.h>
int helper{n}(int depth) {{ return depth > 2 ? {blocks} : helper{next}(depth + 1); }}
Task session{n}() {{ helper{n}(0); co_return; }}
"""


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
        out.write(text)


def run(command, folder):
    begin = time.monotonic()
    result = subprocess.run([command, "-p", folder, f"--project-root={folder}"], capture_output=True, text=True, check=False)
    if result.returncode != 1 or result.stderr:
        sys.exit(f"unchanged.py: {result.stdout[-300:]}{result.stderr}")
    return time.monotonic() - begin, result.stdout


def main():
    command, folder = sys.argv[1:3]
    units = int(sys.argv[3]) if len(sys.argv) > 3 else 40
    write(folder, "task.h", TASK)
    for n in range(units):
        write(folder, f"helper{n}.h", f"#pragma once\nint helper{n}(int depth);\n")
        blocks = "int(::sleep(1))" if n % 5 == 0 else "depth"
        write(folder, f"unit{n}.cpp", UNIT.format(n=n, next=(n + 1) % units, blocks=blocks))
    write(folder, "compile_commands.json", json.dumps(
        [{"directory": folder, "file": f"unit{n}.cpp", "command": f"clang++ -std=c++20 -c unit{n}.cpp"} for n in range(units)]))
    cold, expected = run(command, folder)
    unchanged = 1e9
    for _ in range(3):
        seconds, output = run(command, folder)
        unchanged = min(unchanged, seconds)
        if output != expected:
            sys.exit("unchanged.py: the second run says something else")
    with open(os.path.join(folder, "unit1.cpp"), "a", encoding="utf-8") as out:
        out.write("int more() { return helper1(1); }\n")
    changed, _ = run(command, folder)
    print(f"{units} units: cold {cold:.2f} s, unchanged {unchanged:.3f} s ({unchanged / cold:.3f} of it), one changed {changed:.3f} s")
    if unchanged > LIMIT * cold:
        sys.exit(f"unchanged.py: that is more than {LIMIT} of a cold run")


main()
