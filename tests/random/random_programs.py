#!/usr/bin/env python3
"""Random programs: does async-tidy report the calls that really run on the loop, and only those?

    random_programs.py --analyser build/bin/async-tidy [--programs N] [--seed N] [--jobs N] [--keep DIR] [...]

Half of the programs are written for Boost.Asio, half for a small runtime of their own. Each program is run on all of its
ways, with real threads; each call that blocks notes the thread it is on. Then async-tidy reads the same file. A call that
ran on the loop must be reported, one that never did must not. A program with a mismatch is made as small as it gets, and
printed. Exit code: 0 if all agree, 1 if not, 2 if a kind of statement occurred nowhere.
"""
import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import grow
from measure import TEXTS, Laboratory
from program_tree import Paths, kinds_of
from shrink import shrink

PER_FILE = {"asio": 250, "home": 125}
ENOUGH = 400  # so many programs have every kind of statement in them


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--analyser", default="async-tidy")
    parser.add_argument("--compiler", default="clang++-22")
    parser.add_argument("--keep", metavar="DIR", help="leave the programs and findings there")
    parser.add_argument("--truths", metavar="DIR", help="keep there what ran, and do not run again what is known there")
    parser.add_argument("--flavour", choices=["asio", "home"], help="only this one")
    parser.add_argument("--only", type=int, metavar="N", help="only the program of this number")
    parser.add_argument("--no-switches", action="store_true", help="coroutines stay on their thread")
    parser.add_argument("--without", default="", metavar="KINDS",
                        help="statements to leave out, separated by commas: " + ", ".join([*grow.STATEMENTS, *grow.MORE]))
    parser.add_argument("--shrink", type=int, default=4, metavar="N", help="how many mismatches to make small")
    parser.add_argument("--ignore", default="", metavar="KINDS", help="kinds of mismatch to count only, e.g. missed")
    return parser.parse_args()


def kinds_without(arguments):
    without = [one for one in arguments.without.split(",") if one] + ["switches"] * arguments.no_switches
    if unknown := set(without) - set(grow.STATEMENTS) - {*grow.MORE, "switches"}:
        sys.exit(f"random_programs.py: no such kind: {', '.join(sorted(unknown))}")
    return without


def make_programs(seed, count, only=None, only_flavour=None, without=()):
    """Number -> tree. A program depends on its seed, flavour and number only."""
    programs = {}
    for number in [only] if only else range(1, count + 1):
        flavour = only_flavour or ("asio", "home")[number % 2]
        programs[number] = grow.Grower(f"{seed} {flavour} {number}", flavour, without).program()
    return programs


def batches(programs, jobs):
    """Files of about equal size, at least one for each job; the slow ones first."""
    found = []
    for flavour in TEXTS:
        numbers = [n for n, p in programs.items() if p.flavour == flavour]
        if not numbers:
            continue
        count = -(-len(numbers) // PER_FILE[flavour])
        count = -(-count // jobs) * jobs if len(numbers) >= PER_FILE[flavour] else count
        for at in range(count):
            found.append((f"{flavour}{at + 1}", flavour, {n: programs[n] for n in numbers[at::count]}))
    return found


def check_runs(programs, outcomes):
    """The ways that were run are those that the tree has."""
    for name, outcome in outcomes.items():
        for number, runs in outcome.runs.items():
            program = programs[number]
            ways = sum(Paths(program).coroutine("root").values())
            alone = all(c.family == 0 for c in program.coroutines)
            if runs < ways or alone and runs != ways:
                sys.exit(f"random_programs.py: {name}: program {number} has {ways} ways, and was run {runs} times")


def expected_kinds(arguments):
    """Every kind of statement that the generator knows, for the flavours that were made."""
    kinds = {"if else", "case", "case falls", "switch", "guarded", "skip", "spawn loop", "spawn pool", "two parents",
             "try int", "try all", "send pool", "send loop", "send thread", "send wrapper", "send direct", "loop step",
             "inner here", "inner pool", "await here", "await pool", "coroutine comes home"}
    kinds |= {f"site {one}" for one in grow.SITES + grow.CHOOSING_SITES} | {f"loop {one}" for one in grow.LOOPS}
    kinds |= {f"await {one}" for one in grow.AWAITS} | {f"cond {one}" for one in grow.CONDS}
    kinds |= {f"exit {one}" for one in ("throw", "return", "break", "continue")}
    kinds |= {f"hop {one}" for hops in grow.HOPS.values() for one in hops}
    return set() if arguments.without or arguments.no_switches or arguments.flavour else kinds


def coverage(arguments, programs):
    counts = Counter(kind for program in programs.values() for kind in kinds_of(program))
    print("programs that have: " + ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))
    absent = sorted(expected_kinds(arguments) - set(counts)) if len(programs) >= ENOUGH else []
    if absent:
        print("random_programs.py: in no program: " + ", ".join(absent))
    return not absent


def show(laboratory, programs, mismatches, arguments):
    """The first mismatch of each flavour and kind, made small."""
    first = {}
    for mismatch in mismatches:
        if mismatch.program:
            first.setdefault((programs[mismatch.program].flavour, mismatch.kind), mismatch)
    chosen = list(enumerate(list(first.values())[:arguments.shrink], 1))
    with ThreadPoolExecutor(arguments.jobs) as pool:
        small = list(pool.map(
            lambda one: shrink(laboratory, programs[one[1].program], one[1].kind, f"small{one[0]}"), chosen))
    for (at, mismatch), program in zip(chosen, small):
        number = mismatch.program
        outcome = laboratory.examine(f"small{at}", program.flavour, {number: program})
        print(f"\n==== program {number} ({program.flavour}), made small: {laboratory.folder}/small{at}.cpp")
        text = TEXTS[program.flavour]()
        text.add(number, program)
        print("\n".join(text.lines[2:]))
        for one in outcome.mismatches:
            print(f"{one.kind}: line {one.line}: {one.source}")


def note(laboratory, mismatches):
    with open(os.path.join(laboratory.folder, "mismatches.txt"), "w", encoding="utf-8") as out:
        for one in mismatches:
            out.write(f"{one.file}:{one.line}: {one.kind}: {one.source}\n")


def report(programs, outcomes, mismatches, started):
    places = [place for outcome in outcomes.values() for place in outcome.places.values()]
    runs = sum(sum(outcome.runs.values()) for outcome in outcomes.values())
    for (flavour, kind, form), count in sorted(Counter(
            (programs[m.program].flavour if m.program else "-", m.kind, m.form) for m in mismatches).items()):
        print(f"{flavour}: {kind} {form}: {count}")
    bad = len({m.program for m in mismatches})
    print(f"{len(programs)} programs, {len(places)} sites ({places.count((True, False))} on the loop, "
          f"{places.count((False, True))} elsewhere, {places.count((True, True))} both, "
          f"{places.count((False, False))} never), {runs} tapes: {len(mismatches)} mismatches in {bad} programs "
          f"({time.monotonic() - started:.0f} s)")


def examine(laboratory, programs, jobs, threads=None):
    """Outcomes by file, and all mismatches in the order of the programs. There are files for `jobs`, on fewer threads if
    others run beside it."""
    todo = batches(programs, jobs)
    with ThreadPoolExecutor(threads or jobs) as pool:
        results = list(pool.map(lambda one: laboratory.examine(*one), todo))
    outcomes = {name: outcome for (name, _, _), outcome in zip(todo, results)}
    check_runs(programs, outcomes)
    return outcomes, sorted((m for one in results for m in one.mismatches), key=lambda m: (m.program, m.line))


def main():
    arguments = options()
    started = time.monotonic()
    analyser = shutil.which(arguments.analyser) or sys.exit(f"random_programs.py: no analyser: {arguments.analyser}")
    folder = arguments.keep or tempfile.mkdtemp(prefix="random-programs-")
    laboratory = Laboratory(folder, os.path.realpath(analyser), arguments.compiler, arguments.truths)
    programs = make_programs(arguments.seed, arguments.programs, arguments.only, arguments.flavour, kinds_without(arguments))
    outcomes, mismatches = examine(laboratory, programs, arguments.jobs)
    counted = [m for m in mismatches if m.kind not in arguments.ignore.split(",")]
    note(laboratory, mismatches)
    show(laboratory, programs, counted, arguments)
    covered = coverage(arguments, programs)
    report(programs, outcomes, mismatches, started)
    if not arguments.keep:
        shutil.rmtree(folder)
    sys.exit(1 if counted else 0 if covered else 2)


if __name__ == "__main__":
    main()
