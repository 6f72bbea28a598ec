#!/usr/bin/env python3
"""Holds that the analysis takes time in proportion to the number of bodies: eight times the program may take eight
times as long, and a margin.

    growth_test.py CLANG-TIDY PLUGIN FOLDER
"""
import os
import re
import subprocess
import sys

SIZES = (8, 64, 512)
FACTOR = 8
MARGIN = 2.2  # quadratic growth would be a factor of 8
ROUNDS = 3  # a busy machine makes one measurement long, never all of them short
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


def ratio(times, small, large):
    """The time of the large program over that of the small one."""
    return times[large] / times[small]


def main():
    clang_tidy, plugin, folder = sys.argv[1:]
    times = {size: seconds(clang_tidy, plugin, folder, size) for size in SIZES}
    for small, large in zip(SIZES, SIZES[1:]):
        for _ in range(ROUNDS - 1):
            if ratio(times, small, large) <= FACTOR * MARGIN:
                break
            times[large] = min(times[large], seconds(clang_tidy, plugin, folder, large))
        grown = ratio(times, small, large)
        print(f"{small} to {large}: {times[large]:.4f} s, {grown:.1f} times the time for {FACTOR} times the program")
        if grown > FACTOR * MARGIN:
            sys.exit("growth_test.py: that is more than linear")


main()
