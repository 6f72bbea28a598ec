#!/usr/bin/env python3
"""Runs clang-tidy on one source of ours; writes a stamp, and what it depends on, if all is well.

    own_tidy.py --clang-tidy BIN --build DIR --stamp FILE SOURCE
"""

import argparse
import json
import os
import shlex
import subprocess
import sys


def compile_command(build, source):
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            if os.path.join(entry["directory"], entry["file"]) == source:
                return entry["directory"], shlex.split(entry["command"])
    sys.exit(f"{source} is not compiled: no CMakeLists.txt names it")


def main():
    parser = argparse.ArgumentParser()
    for option in ("--clang-tidy", "--build", "--stamp"):
        parser.add_argument(option, required=True)
    parser.add_argument("source")
    options = parser.parse_args()

    directory, command = compile_command(options.build, options.source)
    tidy = subprocess.run([options.clang_tidy, "--quiet", "-p", options.build, options.source],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if tidy.returncode != 0:
        print(tidy.stdout, end="")
        return 1

    # System headers, LLVM's among them, change only with the packages.
    compiles = [word for word in command if word != "-c"]
    output = compiles.index("-o")
    dependencies = compiles[:output] + compiles[output + 2:] + [
        "-MM", "-MT", options.stamp, "-MF", options.stamp + ".d"]
    os.makedirs(os.path.dirname(options.stamp), exist_ok=True)
    subprocess.run(dependencies, cwd=directory, check=True)
    with open(options.stamp, "w", encoding="utf-8"):
        return 0


if __name__ == "__main__":
    sys.exit(main())
