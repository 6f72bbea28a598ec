#!/usr/bin/env python3
"""Can the random test fail? Each fault of fault_list.py is put into the analyser, and the random programs must show it.

    faults.py --build build [--programs N] [--seed N] [--jobs N] [--only NAME] [--list]

A fault changes a copy of one source file; its object is linked before the libraries of the build. The programs are compiled
and run once; each analyser reads them. Exit code: 0 if the analyser as it is agrees with what ran and each one with a fault
does not, 1 if not, or if a fault can no longer be put in, 2 for wrong usage.
"""
import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import random_programs
from fault_list import FAULTS
from measure import Laboratory

ANALYSER = "bin/async-tidy"
SLOW = "extract/"  # with Clang's headers


class Failed(Exception):
    """A fault that could not be tried."""


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build", metavar="DIR", help="of the analyser, with Ninja, and up to date")
    parser.add_argument("--compiler", default="clang++-22", help="of the programs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", type=int, default=160)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only this fault; may be repeated")
    parser.add_argument("--list", action="store_true", help="print the faults and stop")
    parser.add_argument("--keep", metavar="DIR", help="leave the faulty analysers, and what they said, there")
    arguments = parser.parse_args()
    if not os.path.isfile(os.path.join(arguments.build, ANALYSER)):
        parser.error(f"no {ANALYSER} in {arguments.build}")
    if unknown := set(arguments.only) - {fault.name for fault in FAULTS}:
        parser.error("no such fault: " + ", ".join(sorted(unknown)))
    return arguments


# ---- the analyser with a fault -------------------------------------------------------------------------------------------
class Build:
    """Commands of a build, to be run beside it: nothing is written into its folder."""

    def __init__(self, folder):
        self.folder = os.path.realpath(folder)
        self.analyser = os.path.join(self.folder, ANALYSER)
        with open(os.path.join(self.folder, "compile_commands.json"), encoding="utf-8") as known:
            self.units = {unit["file"]: unit for unit in json.load(known)}
        listed = self.run(["ninja", "-t", "commands", ANALYSER], self.folder).splitlines()
        # Ninja wraps it in ": && ... && :".
        self.link = [word for word in shlex.split(listed[-1]) if word not in (":", "&&")]

    @staticmethod
    def run(command, folder):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(f"{shlex.join(command[:1])} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return done.stdout

    def unit_of(self, fault):
        found = [unit for file, unit in self.units.items() if file.endswith("/checker/" + fault.file)]
        if len(found) != 1:
            raise Failed(f"{len(found)} units are called {fault.file}")
        return found[0]

    def source_with(self, fault):
        """The whole file with the fault in it."""
        file = self.unit_of(fault)["file"]
        # The other objects would be of other sources.
        if os.path.getmtime(file) > os.path.getmtime(self.analyser):
            raise Failed(f"{fault.file} is newer than {ANALYSER}: build first")
        with open(file, encoding="utf-8") as source:
            text = source.read()
        if (count := text.count(fault.old)) != 1:
            raise Failed(f"does not apply: its old text occurs {count} times in {fault.file}")
        return text.replace(fault.old, fault.new)

    def analyser_with(self, fault, folder):
        """Its path. The linker takes a member of a library only for what it still needs, so never the right object."""
        unit = self.unit_of(fault)
        source, made, analyser = (os.path.join(folder, name) for name in
                                  (os.path.basename(fault.file), "faulty.o", "async-tidy"))
        with open(source, "w", encoding="utf-8") as out:
            out.write(self.source_with(fault))
        # What a fault leaves unused is no error.
        compilation = [source if word == unit["file"] else word for word in shlex.split(unit["command"])]
        self.run(with_output(compilation, made) + ["-w"], unit["directory"])
        self.run(with_output(self.link, analyser, made), self.folder)
        return analyser


def with_output(command, output, *inputs):
    """The command for another output. The inputs come before those that follow in it: libraries."""
    at = command.index("-o")
    return [*command[:at], "-o", output, *inputs, *command[at + 2:]]


# ---- trying it -------------------------------------------------------------------------------------------------------------
class Trial:
    """The programs, and the folder with what they did."""

    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.build = Build(arguments.build)
        self.programs = random_programs.make_programs(arguments.seed, arguments.programs)

    def mismatches(self, name, analyser, threads):
        """As the random test finds them: flavour and kind -> number."""
        laboratory = Laboratory(os.path.join(self.folder, name), analyser, self.arguments.compiler,
                                os.path.join(self.folder, "truths"))
        try:
            _, found = random_programs.examine(laboratory, self.programs, self.arguments.jobs, threads)
        except (SystemExit, subprocess.TimeoutExpired) as stop:
            raise Failed(f"the analyser does not work: {stop}") from stop
        return Counter((self.programs[m.program].flavour if m.program else "-", m.kind) for m in found)

    def try_fault(self, fault):
        """What to print, and whether the fault was caught."""
        started = time.monotonic()
        name = fault.name.replace(" ", "-")
        folder = os.path.join(self.folder, name)
        os.makedirs(folder, exist_ok=True)
        try:
            found = self.mismatches(name, self.build.analyser_with(fault, folder), 1)
        except Failed as failed:
            return f"FAILED  {fault.name}: {failed}", False
        finally:
            if not self.arguments.keep:
                shutil.rmtree(folder)
        seconds = time.monotonic() - started
        word = "caught" if found else "MISSED"
        return f"{word}  {fault.name} ({fault.file}): {in_words(found)} ({seconds:.0f} s)", bool(found)


def in_words(found):
    kinds = ", ".join(f"{flavour} {kind} {count}" for (flavour, kind), count in sorted(found.items()))
    return f"{sum(found.values())} mismatches" + (f": {kinds}" if kinds else "")


def stale_faults(build, faults):
    """Those that cannot be put in; better known before the programs are made than in the middle."""
    stale = []
    for fault in faults:
        try:
            build.source_with(fault)
        except Failed as failed:
            stale.append(f"FAILED  {fault.name}: {failed}")
    return stale


def check(arguments, faults, folder):
    """Whether all is as it should be."""
    started = time.monotonic()
    trial = Trial(arguments, folder)
    if stale := stale_faults(trial.build, faults):
        print("\n".join(stale))
        return False
    # A build that goes on meanwhile must not change it.
    right = shutil.copy(trial.build.analyser, os.path.join(folder, "right"))
    found = trial.mismatches("no-fault", right, arguments.jobs)
    print(f"no fault: {len(trial.programs)} programs, {in_words(found)} ({time.monotonic() - started:.0f} s)", flush=True)
    if found:
        print("FAILED  the analyser as it is has mismatches")
        return False
    caught = 0
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for line, is_caught in pool.map(trial.try_fault, sorted(faults, key=lambda f: not f.file.startswith(SLOW))):
            print(line, flush=True)
            caught += is_caught
    print(f"{caught} of {len(faults)} faults caught ({time.monotonic() - started:.0f} s)")
    return caught == len(faults)


def main():
    arguments = options()
    faults = [fault for fault in FAULTS if not arguments.only or fault.name in arguments.only]
    if arguments.list:
        print("\n".join(f"{fault.name} ({fault.file})" for fault in faults))
        return
    folder = arguments.keep or tempfile.mkdtemp(prefix="faults-")
    os.makedirs(folder, exist_ok=True)
    try:
        good = check(arguments, faults, os.path.realpath(folder))
    except Failed as failed:
        print(f"FAILED  {failed}")
        good = False
    finally:
        if not arguments.keep:
            shutil.rmtree(folder)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
