#!/usr/bin/env python3
"""Runs a check on one file, in clang-tidy with the plugin and in the command async-tidy, and holds
both against what the comments in the file expect.

    RUN: %check %s async-blocking-call [--std=c++20] [--tidy-option KEY=VALUE]...
    RUN:     [--command-option OPTION]... [--only plugin|command] [-- COMPILER-FLAG...]

    sleep(1);  // WARN: may block        a warning on this line, whose text contains `may block`
    f();       // WARN: a // WARN: b     two of them
               // WARN@-1: text          a warning on the line before this one; @+2: two lines below
    g();       // NOTE: text             a note on this line; other notes may be there too, unless
    // EXACT-NOTES                       stands somewhere in a file: then all must be expected

Every warning must be expected, and everything expected must be there. The headers that the file
includes from its own folder, or from folders below it, may expect something too. Both front ends
must give the same warnings and the same notes.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections import namedtuple

Place = namedtuple("Place", "file line column")
Remark = namedtuple("Remark", "place text")
Finding = namedtuple("Finding", "place text check notes")
Expected = namedtuple("Expected", "file line text")  # a remark, or a text that one must contain

TIMEOUT_SECONDS = 120
EXPECTATION = re.compile(r"//\s*(WARN|NOTE)(?:@([+-]\d+))?:[ \t]*(.*?)\s*(?=//\s*(?:WARN|NOTE)\b|$)")
LOOKS_LIKE_ONE = re.compile(r"//\s*(?:WARN|NOTE|EXACT-NOTES)\b")
EXACT_NOTES = re.compile(r"//\s*EXACT-NOTES\s*$")
DIAGNOSTIC = re.compile(r"(?P<file>[^\s:][^:]*):(?P<line>\d+):(?P<column>\d+): "
                        r"(?P<kind>warning|note|error|fatal error): "
                        r"(?P<text>.*?)(?: \[(?P<check>[\w.,-]+)\])?")
INCLUDE = re.compile(r'\s*#\s*include\s*["<]([^">]+)[">]')


class Failure(Exception):
    pass


def read_lines(file):
    with open(file, encoding="utf-8", errors="replace") as source:
        return source.read().splitlines()


# --- what is expected ---------------------------------------------------------------------------


class Expectations:
    def __init__(self):
        self.warnings = []
        self.notes = []
        self.exact_notes = False

    def read(self, file):
        for number, line in enumerate(read_lines(file), 1):
            if EXACT_NOTES.search(line):
                self.exact_notes = True
                continue
            found = list(EXPECTATION.finditer(line))
            if len(found) != len(LOOKS_LIKE_ONE.findall(line)) or any(not f[3] for f in found):
                raise Failure(f"{file}:{number}: cannot read this expectation: {line.strip()}")
            for kind, offset, text in (f.groups() for f in found):
                expected = Expected(file, number + int(offset or 0), text)
                (self.warnings if kind == "WARN" else self.notes).append(expected)


def is_below(file, folder):
    return os.path.commonpath([file, folder]) == folder


def included_files(main, flags):
    """The main file, and what it includes, at any depth, from its own folder and those below."""
    home = os.path.dirname(main)
    words = iter(flags)
    folders = []
    for word in words:
        for option in ("-isystem", "-iquote", "-I"):
            if word.startswith(option):
                folders.append(word[len(option):] or next(words, "."))
                break
    files, waiting = [], [main]
    while waiting:
        file = waiting.pop()
        if file in files:
            continue
        files.append(file)
        for name in (match[1] for match in map(INCLUDE.match, read_lines(file)) if match):
            for folder in [os.path.dirname(file), *folders]:
                included = os.path.realpath(os.path.join(folder, name))
                if os.path.isfile(included) and is_below(included, home):
                    waiting.append(included)
                    break
    return files


# --- what a front end says ----------------------------------------------------------------------


class Run:
    """One front end's answer: its findings, and all that it printed."""

    def __init__(self, name, command, folder):
        self.name = name
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, errors="replace",
                                  cwd=folder, timeout=TIMEOUT_SECONDS)
            self.status, self.output = done.returncode, done.stdout
        except subprocess.TimeoutExpired as timeout:
            self.status, self.output = "a timeout", str(timeout.stdout or "")
        except OSError as error:
            self.status, self.output = "no start", str(error)
        self.findings, self.errors = [], []
        self.parse(folder)

    def parse(self, folder):
        for line in self.output.splitlines():
            match = DIAGNOSTIC.fullmatch(line)
            if not match:
                continue
            # The command prints paths relative to the project root, in which it is run.
            file = os.path.realpath(os.path.join(folder, match["file"]))
            place = Place(file, int(match["line"]), int(match["column"]))
            if match["kind"] == "warning":
                self.findings.append(Finding(place, match["text"], match["check"], []))
            elif match["kind"] != "note":
                self.errors.append(line)
            elif self.findings and not match["text"].startswith("expanded from macro"):
                # Clang adds how a macro was expanded; that is no note of ours.
                text = match["text"] + (f" [{match['check']}]" if match["check"] else "")
                self.findings[-1].notes.append(Remark(place, text))

    def problems(self, good_statuses, check):
        if self.status not in good_statuses:
            yield f"ended with {self.status}"
        yield from (f"error: {line}" for line in self.errors)
        yield from (f"a warning of another check: {text(f)} [{f.check}]"
                    for f in self.findings if f.check != check)


def run_plugin(options, flags):
    tidy_options = {f"{options.check}.ProjectRoot": options.project_root}
    for option in options.tidy_option:
        key, _, value = option.partition("=")
        tidy_options[key if "." in key else f"{options.check}.{key}"] = value
    # clang-tidy 19 would leave out findings in headers.
    command = [options.clang_tidy, "-load", options.plugin, f"--checks=-*,{options.check}",
               "--header-filter=.*",
               "--config=" + json.dumps({"CheckOptions": tidy_options}), "--use-color=false",
               options.file, "--", *flags]
    run = Run("clang-tidy", command, options.project_root)
    return run, list(run.problems({0}, options.check))


def run_command(options, flags):
    compiler = "clang" if options.file.endswith(".c") else "clang++"
    unit = {"directory": options.project_root, "file": options.file,
            "arguments": [compiler, *flags, "-c", options.file]}
    with open(os.path.join(options.temp, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump([unit], file)
    command = [options.async_tidy, "-p", options.temp, f"--project-root={options.project_root}",
               f"--checks={options.check}", *options.command_option]
    run = Run("async-tidy", command, options.project_root)
    return run, list(run.problems({1} if run.findings else {0}, options.check))


# --- the comparison -----------------------------------------------------------------------------


def match_up(expected, seen):
    """The expectations nothing fits, and the remarks that none of the others needs."""
    taken = {}  # index in seen -> index in expected

    def place(index, tried):
        for other, remark in enumerate(seen):
            want = expected[index]
            if (other in tried or remark.place[:2] != want[:2] or want.text not in remark.text):
                continue
            tried.add(other)
            if other not in taken or place(taken[other], tried):
                taken[other] = index
                return True
        return False

    missing = [e for index, e in enumerate(expected) if not place(index, set())]
    return missing, [remark for other, remark in enumerate(seen) if other not in taken]


def text(remark):
    if isinstance(remark, Expected):
        return f"{remark.file}:{remark.line}: {remark.text}"
    return "{}:{}:{}: {}".format(*remark.place, remark.text)


def differences(expectations, run):
    missing, unexpected = match_up(expectations.warnings, run.findings)
    yield from (f"missing warning: {text(e)}" for e in missing)
    yield from (f"unexpected warning: {text(w)}" for w in unexpected)
    # Chains that share a sink repeat its note.
    notes = list(dict.fromkeys(note for finding in run.findings for note in finding.notes))
    missing, unexpected = match_up(expectations.notes, notes)
    yield from (f"missing note: {text(e)}" for e in missing)
    if expectations.exact_notes:
        yield from (f"unexpected note: {text(n)}" for n in unexpected)


def disagreements(plugin, command):
    def lines(run):
        return {"\n      ".join([text(f), *("note: " + text(n) for n in f.notes)])
                for f in run.findings}

    for here, there in ((plugin, command), (command, plugin)):
        yield from (f"only {here.name} says: {line}"
                    for line in sorted(lines(here) - lines(there)))


def parse_arguments():
    arguments = sys.argv[1:]
    flags = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, flags = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=os.path.realpath)
    parser.add_argument("check")
    parser.add_argument("--std")
    parser.add_argument("--tidy-option", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--command-option", action="append", default=[], metavar="OPTION")
    parser.add_argument("--only", choices=("plugin", "command"))
    for option in ("--clang-tidy", "--plugin", "--async-tidy"):
        parser.add_argument(option, required=True)
    parser.add_argument("--project-root", type=os.path.realpath, required=True)
    parser.add_argument("--temp", type=os.path.realpath, required=True)
    options = parser.parse_args(arguments)
    standard = options.std or ("c17" if options.file.endswith(".c") else "c++20")
    return options, [f"-std={standard}", "-Wno-everything", *flags]


def main():
    options, flags = parse_arguments()
    shutil.rmtree(options.temp, ignore_errors=True)
    os.makedirs(options.temp)
    expectations = Expectations()
    try:
        for file in included_files(options.file, flags):
            expectations.read(file)
    except (Failure, OSError) as failure:
        print(failure)
        return 1

    runs, failed = [], False
    for name, front_end in (("plugin", run_plugin), ("command", run_command)):
        if options.only in (None, name):
            run, problems = front_end(options, flags)
            runs.append(run)
            problems += differences(expectations, run)
            if problems:
                failed = True
                print(f"{run.name}:", *problems, sep="\n    ")
    if len(runs) == 2:
        problems = list(disagreements(*runs))
        if problems:
            failed = True
            print("the front ends differ:", *problems, sep="\n    ")
    if failed:
        for run in runs:
            print(f"--- all that {run.name} printed, exit code {run.status}\n{run.output}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
