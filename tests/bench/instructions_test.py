#!/usr/bin/env python3
"""Holds that our own part of a clang-tidy run is at most 5 % of its instructions, which callgrind counts: they are the same each time,
whatever else the machine is doing.

    instructions_test.py CLANG-TIDY PLUGIN ASYNC-TIDY FILE FOLDER [SERVICES]

FILE is looked at alone, and as a unit of a program of SERVICES services (see growth.py), whose findings the command has left.
"""
import os
import re
import subprocess
import sys

from share_test import make_program

LIMIT = 0.05
CHECK = "AsyncCheck::check("


def share(command, folder):
    """The part of the instructions of `command` that are spent in our checks."""
    counts = os.path.join(folder, "callgrind.out")
    run = subprocess.run(["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={counts}", *command],
                         check=True, capture_output=True, text=True)
    if "[async-" not in run.stdout or "[clang-tidy-config]" in run.stdout:
        sys.exit(f"instructions_test.py: nothing was found, so nothing was measured: {run.stdout}{run.stderr}")
    table = subprocess.run(["callgrind_annotate", "--threshold=100", "--inclusive=yes", counts],
                           check=True, capture_output=True, text=True).stdout

    def count(line):
        found = re.search(rf"^\s*([\d,]+) .*{re.escape(line)}", table, re.MULTILINE)
        if not found:
            sys.exit(f"instructions_test.py: callgrind has not seen {line}")
        return int(found[1].replace(",", ""))

    return count(CHECK) / count("PROGRAM TOTALS")


def main():
    clang_tidy, plugin, async_tidy, file, folder, *services = sys.argv[1:]
    tidy = [clang_tidy, "-load", plugin, "--checks=-*,async-*", "--config={}"]
    alone = share(tidy + [file, "--", "-std=c++20", "-pthread"], folder)
    make_program(async_tidy, file, folder, int(services[0]) if services else 64)
    linked = share(tidy + ["-p", folder, os.path.join(folder, "unit.cpp")], folder)
    print(f"of the instructions of clang-tidy our part is {100 * alone:.2f} %, in a program {100 * linked:.2f} %")
    if max(alone, linked) > LIMIT:
        sys.exit(f"instructions_test.py: that is more than {100 * LIMIT:.0f} %")


main()
