#!/usr/bin/env python3
"""Holds that the analysis of a unit with Asio costs less than 2 % of what clang-tidy needs for it, which is parsing.

    share_test.py CLANG-TIDY PLUGIN FILE

Both times are of one process, so that the machine does not matter.
"""
import re
import resource
import subprocess
import sys

LIMIT = 0.02


def main():
    clang_tidy, plugin, file = sys.argv[1:]
    run = subprocess.run([clang_tidy, "-load", plugin, "--checks=-*,async-blocking-call", "--config={}",
                          "--enable-check-profile", file, "--", "-std=c++20", "-pthread"],
                         check=True, capture_output=True, text=True)
    if "warning:" not in run.stdout:
        sys.exit("share_test.py: nothing was found, so nothing was measured")
    analysis = float(re.search(r"Total Execution Time: ([\d.]+) seconds", run.stderr)[1])
    all_of_it = resource.getrusage(resource.RUSAGE_CHILDREN)
    share = analysis / (all_of_it.ru_utime + all_of_it.ru_stime)
    print(f"the analysis is {100 * share:.2f} % of the run")
    if share > LIMIT:
        sys.exit(f"share_test.py: that is more than {100 * LIMIT:.0f} %")


main()
