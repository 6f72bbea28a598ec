#!/usr/bin/env python3
"""Holds that one thing counts a bounded number of times, however many services reach it, and that to find what meets
what takes little longer than to find the uses.

    hub_test.py ASYNC-TIDY INFER-BENCH FOLDER
"""
import json
import os
import re
import subprocess
import sys

SIZE = 300  # more hand-offs than count
MOST = 128  # of each thing, on loops and on workers
FACTOR = 5


def main():
    command, bench, folder = sys.argv[1:]
    with open(os.path.join(folder, "hub.cpp"), "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "growth.py"), str(SIZE), "hub"],
                       check=True, stdout=out)
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump([{"directory": folder, "file": "hub.cpp", "command": "clang++ -std=c++20 -c hub.cpp"}], out)
    facts = os.path.join(folder, "facts")
    run = subprocess.run([command, "-p", folder, f"--project-root={folder}", f"--keep-facts={facts}"],
                         capture_output=True, text=True, check=False)
    findings = re.search(r"^(\d+) findings in 1 unit", run.stdout, re.MULTILINE)
    if not findings or int(findings[1]) != SIZE:
        sys.exit(f"hub_test.py: {SIZE} services should give as many findings: {run.stdout[-200:]}{run.stderr}")
    report = subprocess.run([bench, facts], capture_output=True, text=True, check=True).stderr
    workers, loops = map(int, re.search(r"accesses: (\d+) on workers, (\d+) on loops", report).groups())
    uses, check = (float(re.search(rf"^{stage} +([\d.]+) s", report, re.MULTILINE)[1])
                   for stage in ("accesses", "async-loop-bound-capture"))
    print(f"{workers} accesses on workers, {loops} on loops; the check takes {check / uses:.1f} times what these take")
    if workers > SIZE * MOST or loops > SIZE * MOST:
        sys.exit("hub_test.py: that is more than counts")
    if check > FACTOR * uses:
        sys.exit("hub_test.py: to find what meets takes too long")


main()
