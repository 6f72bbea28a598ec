#!/usr/bin/env python3
"""Holds that the analysis takes time in proportion to the number of bodies: ten times the program may take ten times
as long, and a margin.

    growth_test.py CLANG-TIDY PLUGIN FOLDER
"""
import os
import re
import subprocess
import sys

SIZES = (10, 100, 1000)
FACTOR = 10
MARGIN = 2.2  # quadratic growth would be a factor of 10
CHECK = "async-blocking-call"


def seconds(clang_tidy, plugin, folder, size):
    program = os.path.join(folder, f"growth{size}.cpp")
    with open(program, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "growth.py"), str(size)],
                       check=True, stdout=out)
    run = subprocess.run([clang_tidy, "-load", plugin, f"--checks=-*,{CHECK}", "--config={}",
                          "--enable-check-profile", program, "--", "-std=c++20"],
                         check=True, capture_output=True, text=True)
    warnings = len(re.findall(rf"warning: .*\[{CHECK}\]", run.stdout))
    if warnings != size:
        sys.exit(f"growth_test.py: {size} services gave {warnings} findings")
    return float(re.search(r"Total Execution Time: ([\d.]+) seconds", run.stderr)[1])


def main():
    clang_tidy, plugin, folder = sys.argv[1:]
    times = {}
    for size in SIZES:
        # The largest takes long enough to be measured once.
        rounds = 1 if size == SIZES[-1] else 2
        times[size] = min(seconds(clang_tidy, plugin, folder, size) for _ in range(rounds))
        print(f"{size:5} services: {times[size]:.4f} s")
    for small, large in zip(SIZES, SIZES[1:]):
        ratio = times[large] / times[small]
        print(f"{small} to {large}: {ratio:.1f} times the time for {large // small} times the program")
        if ratio > FACTOR * MARGIN:
            sys.exit("growth_test.py: that is more than linear")


main()
