#!/usr/bin/env python3
"""Compares where the lines of a program run with where the analyser says that they run.

The program's lines of the form `mark();  // WHERE` print where they really ran, on the event
loop or on another thread. WHERE, the run and the analyser must agree about every one of them.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

MARK = re.compile(r"^\s*mark\(\);(?:\s*//\s*(.*?))?\s*$")
SEEN = re.compile(r"^(\d+)((?: loop| worker)+)$")
NOTE = re.compile(r"^(?:.*/)?([^/:]+):(\d+):\d+: note: (.*)$")
LOOP, WORKER, PRESUMED = frozenset(["loop"]), frozenset(["worker"]), frozenset(["presumed loop"])
# What the analyser says of a line, each with the places that it means. The longer ones are first,
# because the shorter ones are contained in them.
ANSWERS = [
    ("runs on an event loop, and on worker threads too", LOOP | WORKER),
    ("is presumed to run on an event loop, and runs on worker threads too", WORKER | PRESUMED),
    ("is presumed to run on an event loop", PRESUMED),
    ("runs on an event loop", LOOP),
    ("runs on worker threads", WORKER),
    ("runs where nothing shows", frozenset(["unknown"])),
]


def words(places):
    return " ".join(sorted(places)) if places else "nothing"


def fail(message):
    sys.exit(f"compare.py: {message}")


def run(command, what, timeout, codes=(0,)):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        fail(f"{what} took longer than {timeout} s")
    if done.returncode not in codes:
        fail(f"{what} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def expected_places(program):
    """The marked lines, and where their comments say that they run."""
    marks = {}
    for number, line in enumerate(program.read_text().splitlines(), 1):
        match = MARK.match(line)
        if not match:
            # The definition of mark() is all that may name it in another way.
            if re.search(r"\bmark\(", line) and not re.match(r"void mark\(|\s*//", line):
                fail(f"{program.name}:{number}: mark() must stand alone on its line")
            continue
        places = frozenset((match[1] or "").split())
        if not places or not places <= LOOP | WORKER:
            fail(f"{program.name}:{number}: what is said of mark() is none of 'loop', 'worker' and 'loop worker'")
        marks[number] = places
    return marks


def places_of_run(output):
    seen = {}
    for line in output.splitlines():
        match = SEEN.match(line)
        if not match:
            fail(f"the program printed '{line}'")
        seen[int(match[1])] = frozenset(match[2].split())
    return seen


def places_of_analyser(output, program):
    """The union of what is said of each line: several bodies may share one."""
    said = {}
    for line in output.splitlines():
        match = NOTE.match(line)
        if not match or match[1] != program.name:
            continue
        for phrase, places in ANSWERS:
            if phrase in match[3]:
                number = int(match[2])
                said[number] = said.get(number, frozenset()) | places
                break
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--analyser", required=True)
    parser.add_argument("--minimum", type=int, default=1, help="fail if fewer marks were compared")
    parser.add_argument("--runs", type=int, default=1, help="how often the program is run; all runs must agree")
    parser.add_argument("--timeout", type=float, default=300, help="seconds that each command may take")
    parser.epilog = "What follows '--' is for the compiler and the linker."
    # Split here, because argparse takes the positional arguments for complete before the '--'.
    own, flags_given = sys.argv[1:], []
    if "--" in own:
        at = own.index("--")
        own, flags_given = own[:at], own[at + 1 :]
    options = parser.parse_args(own)

    program = options.program.resolve()
    marks = expected_places(program)

    with tempfile.TemporaryDirectory(prefix="threads-") as folder:
        binary = pathlib.Path(folder, program.stem)
        run(
            [options.compiler, "-O0", str(program), *flags_given, "-o", str(binary)],
            "the compiler",
            options.timeout,
        )
        runs = [places_of_run(run([str(binary)], "the program", options.timeout)) for _ in range(options.runs)]

        # What is only for the linker is nothing for the analyser.
        flags = [f for f in flags_given if not f.startswith(("-l", "-L", "-Wl,")) and not f.endswith((".a", ".so"))]
        unit = {
            "directory": str(pathlib.Path.cwd()),
            "file": str(program),
            "arguments": [options.compiler, *flags, "-c", str(program)],
        }
        pathlib.Path(folder, "compile_commands.json").write_text(json.dumps([unit]))
        output = run(
            [
                options.analyser,
                "-p",
                folder,
                f"--project-root={program.parent}",
                f"--why={program}:*",
            ],
            "the analyser",
            options.timeout,
        )
    said = places_of_analyser(output, program)

    differences = 0
    for number, places in sorted(marks.items()):
        problems = []
        for seen in runs:
            really = seen.get(number, frozenset())
            if really != places:
                problems.append(f"the run says {words(really)}")
                break
        answer = said.get(number, frozenset())
        if answer != places:
            problems.append(f"the analyser says {words(answer)}")
        if problems:
            differences += 1
            print(f"{program.name}:{number}: the comment says {words(places)}, {' and '.join(problems)}")
    for seen in runs:
        for number in sorted(set(seen) - set(marks)):
            differences += 1
            print(f"{program.name}:{number}: ran, but is no marked line")

    print(f"{program.name}: {len(marks)} lines compared, {differences} differ")
    if len(marks) < options.minimum:
        fail(f"{len(marks)} marked lines are fewer than {options.minimum}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
