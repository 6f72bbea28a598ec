#!/usr/bin/env python3
"""Holds that the packs cost less than 5 ms when a program starts, and that a name is looked up as in a hash table.

    models_test.py WITH-PACKS WITHOUT-PACKS

The two programs differ in the packs only and are started by turns, so that the machine does not matter.
"""
import subprocess
import sys
import time

LIMIT = 0.005
ROUNDS = 40


def start(program):
    begin = time.perf_counter()
    subprocess.run([program], check=True)
    return time.perf_counter() - begin


def main():
    best = {}
    for _ in range(ROUNDS):
        for program in sys.argv[1:]:
            best[program] = min(best.get(program, 1), start(program))
    cost = best[sys.argv[1]] - best[sys.argv[2]]
    print(f"to start takes {1000 * cost:.1f} ms more with the packs than the {1000 * best[sys.argv[2]]:.1f} ms without",
          flush=True)
    if cost > LIMIT:
        sys.exit(f"models_test.py: that is more than {1000 * LIMIT:.0f} ms")
    subprocess.run([sys.argv[1], "look-up"], check=True)


main()
