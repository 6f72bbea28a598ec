#!/usr/bin/env python3
"""What memory the facts of one unit take beside clang-tidy with one trivial check.

    memory.py -p BUILD --async-tidy COMMAND --clang-tidy COMMAND FILE...

Prints the largest resident set of each, and the ratio; fails where async-tidy takes more.
"""
import argparse
import os
import subprocess
import sys
import tempfile


def peak(command):
    """MB of the largest of the processes of `command`; their output goes nowhere."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    says = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"memory.py: {' '.join(command)}: {says}")
    return usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-p", required=True)
    parser.add_argument("--async-tidy", required=True)
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    is_more = False
    with tempfile.NamedTemporaryFile() as facts:
        for file in options.files:
            ours = peak([options.async_tidy, "extract", "-p", options.p, file, "-o", facts.name])
            theirs = peak([options.clang_tidy, "-p", options.p, "--quiet", "--checks=-*,misc-unused-alias-decls", file])
            print(f"{os.path.basename(file)}: {ours:.0f} MB, clang-tidy {theirs:.0f} MB: {ours / theirs:.2f}")
            is_more |= ours > theirs
    sys.exit(is_more)


main()
