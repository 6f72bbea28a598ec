#!/usr/bin/env python3
"""Holds that a cold run costs less than what Clang needs to check the same unit, which it does not if library code is parsed.

    cold_test.py ASYNC-TIDY CLANG FILE FOLDER

CPU time counts, and the best of several rounds, so that the machine does not matter.
"""
import json
import os
import sys

import cold

LIMIT = 0.75  # it is 0.47; with library code, 0.99


def main():
    async_tidy, clang, file, folder = sys.argv[1:]
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as database:
        json.dump([{"directory": folder, "file": file, "arguments": ["c++", "-std=c++20", "-c", file]}], database)
    arguments = cold.read(["-p", folder, "--jobs=1", "--rounds=3", f"--async-tidy={async_tidy}", f"--clang={clang}", "--",
                           f"--project-root={os.path.dirname(file)}",
                           *os.environ.get("COLD_TEST_OPTIONS", "").split()])
    best, _ = cold.run(arguments, left_out=[cold.CLANG_TIDY])
    ours, other = best[cold.ASYNC_TIDY][1], best[cold.CLANG][1]
    print(f"async-tidy takes {ours / other:.2f} of the CPU time of clang++ -fsyntax-only")
    if ours > LIMIT * other:
        sys.exit(f"cold_test.py: that is more than {LIMIT}")


main()
