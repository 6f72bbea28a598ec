#!/usr/bin/env python3
"""Holds that what one body does is asked of a bounded number of callers: where many functions call many others, and each passes on
another part of what it got, to find the links takes little longer with a callback that somebody keeps than without one.

    layers_test.py ASYNC-TIDY INFER-BENCH FOLDER
"""
import json
import os
import re
import resource
import subprocess
import sys

SIZE = 30
FACTOR = 100
MEMORY = 4 << 30  # so that a failure is one of this test alone


def seconds(command, bench, folder, shape):
    folder = os.path.join(folder, shape)
    os.mkdir(folder)
    with open(os.path.join(folder, "a.cpp"), "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "growth.py"), str(SIZE), shape],
                       check=True, stdout=out)
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump([{"directory": folder, "file": "a.cpp", "command": "clang++ -std=c++20 -c a.cpp"}], out)
    facts = os.path.join(folder, "facts")
    os.mkdir(facts)
    subprocess.run([command, "extract", "a.cpp", "-o", os.path.join(facts, "a.facts"), "-p", folder, f"--project-root={folder}"],
                   check=True, cwd=folder)
    # The least of some runs says most.
    times = []
    for _ in range(3):
        report = subprocess.run([bench, facts], capture_output=True, text=True, check=True).stderr
        bodies, calls = map(int, re.search(r"bodies: (\d+), calls: (\d+)", report).groups())
        times.append(float(re.search(r"^links +([\d.]+) s", report, re.MULTILINE)[1]))
    if calls < SIZE * SIZE:
        sys.exit(f"layers_test.py: {shape} has only {calls} calls in {bodies} bodies")
    return min(times)


def main():
    command, bench, folder = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    bare, kept = (seconds(command, bench, folder, shape) for shape in ("bare-layers", "layers"))
    print(f"links: {bare:.3f} s, with a callback {kept:.3f} s")
    if kept > FACTOR * bare:
        sys.exit(f"layers_test.py: that is more than {FACTOR} times as long")


main()
