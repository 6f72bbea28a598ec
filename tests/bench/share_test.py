#!/usr/bin/env python3
"""Holds that the analysis of a unit with Asio costs little beside what clang-tidy needs for it, which is parsing: 2 %, and
5 % where the unit is part of a linked program with thousands of functions.

    share_test.py CLANG-TIDY PLUGIN ASYNC-TIDY FILE FOLDER

Both times are of one process, so that the machine does not matter.
"""
import json
import os
import re
import resource
import shutil
import subprocess
import sys

ALONE = 0.02
LINKED = 0.05
SERVICES = 512


def used():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def share(command):
    before = used()
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    if "blocks the event loop" not in run.stdout:
        sys.exit(f"share_test.py: nothing was found, so nothing was measured: {run.stdout}{run.stderr}")
    if "[clang-tidy-config]" in run.stdout:
        sys.exit(f"share_test.py: {run.stdout}")
    analysis = float(re.search(r"Total Execution Time: ([\d.]+) seconds", run.stderr)[1])
    return analysis / (used() - before)


def make_program(async_tidy, file, folder, services=SERVICES):
    """Makes a project of `file` and so many services in `folder`, and its program."""
    shutil.copy(file, os.path.join(folder, "unit.cpp"))
    inputs = os.path.join(os.path.dirname(file), "Inputs")
    if os.path.isdir(inputs):
        shutil.copytree(inputs, os.path.join(folder, "Inputs"))
    with open(os.path.join(folder, "growth.cpp"), "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "growth.py"), str(services)],
                       check=True, stdout=out)
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump([{"directory": folder, "file": name, "command": f"clang++ -std=c++20 -pthread -c {name}"}
                   for name in ("unit.cpp", "growth.cpp")], out)
    subprocess.run([async_tidy, "-p", folder, f"--project-root={folder}", "--quiet"], check=False, capture_output=True)


def main():
    clang_tidy, plugin, async_tidy, file, folder = sys.argv[1:]
    tidy = [clang_tidy, "-load", plugin, "--checks=-*,async-*", "--config={}", "--enable-check-profile"]
    alone = share(tidy + [file, "--", "-std=c++20", "-pthread"])
    make_program(async_tidy, file, folder)
    linked = max(share(tidy + ["-p", folder, os.path.join(folder, "unit.cpp")]) for _ in range(2))
    print(f"the analysis is {100 * alone:.2f} % of the run; in a program {100 * linked:.2f} %")
    if alone > ALONE or linked > LINKED:
        sys.exit(f"share_test.py: that is more than {100 * ALONE:.0f} %, or {100 * LINKED:.0f} % in a program")


if __name__ == "__main__":
    main()
