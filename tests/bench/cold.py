#!/usr/bin/env python3
"""Measures a cold run of async-tidy beside what else parses the same units: Clang, and clang-tidy with one trivial check.

    cold.py -p BUILD [--jobs N] [--rounds N] [--limit N] [--match REGEX] [--async-tidy FILE] [--clang FILE]
            [--clang-tidy FILE] [-- OPTION...]

All get the same units of BUILD/compile_commands.json and the same number of jobs. They run by turns, ROUNDS times, and the
least time of each counts, so that a machine that is busy for a while makes no difference. Options after -- are for async-tidy.
"""
import argparse
import concurrent.futures
import json
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import time

CLANG, CLANG_TIDY, ASYNC_TIDY = "clang++ -fsyntax-only", "clang-tidy, one trivial check", "async-tidy, cold"
TRIVIAL = "-*,readability-avoid-const-params-in-decls"  # one check has to be on


def units(build, match, limit):
    """The commands of BUILD, one a file, with the words of a compiler that only checks."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    found = {}
    for entry in commands:
        path = os.path.join(entry["directory"], entry["file"])
        if path not in found and re.search(match, path):
            words = entry.get("arguments") or shlex.split(entry["command"])
            found[path] = (entry, [word for word in words[1:] if word != "-c"])
    return list(found.items())[:limit]


def without_output(words):
    result = []
    rest = iter(words)
    for word in rest:
        if word == "-o":
            next(rest, None)
        elif not word.startswith("-o"):
            result.append(word)
    return result


def all_at_once(commands, jobs):
    """Runs commands, each (words, folder), and gives the exit codes that are not 0."""
    def run(command):
        words, folder = command
        return subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return [code for code in pool.map(run, commands) if code]


def measured(work):
    """Wall and CPU seconds of WORK and its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    failures = work()
    wall = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, failures


def contestants(arguments, found, folder):
    """What is measured: a name, and what runs all units once."""
    database = os.path.join(folder, "compile_commands.json")
    with open(database, "w", encoding="utf-8") as file:
        json.dump([entry for _, (entry, _) in found], file)
    compile_all = [([arguments.clang, "-fsyntax-only", "-w", *without_output(words)], entry["directory"])
                   for _, (entry, words) in found]
    tidy_all = [([arguments.clang_tidy, "--quiet", "-p", folder, f"--checks={TRIVIAL}", "--config={}", path], folder)
                for path, _ in found]
    command = [arguments.async_tidy, "-p", folder, "--quiet", "--no-cache", f"-j{arguments.jobs}", *arguments.options]

    def async_tidy():
        code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
        return [code] if code > 1 else []  # 1: there are findings

    return {CLANG: lambda: all_at_once(compile_all, arguments.jobs),
            CLANG_TIDY: lambda: all_at_once(tidy_all, arguments.jobs),
            ASYNC_TIDY: async_tidy}


def run(arguments, left_out=()):
    """The least wall and CPU seconds of each contestant that is not left out, and how many units there are."""
    found = units(arguments.build, arguments.match, arguments.limit)
    if not found:
        sys.exit("cold.py: no unit fits")
    best = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(arguments.rounds):
            for name, work in contestants(arguments, found, folder).items():
                if name in left_out:
                    continue
                wall, cpu, failures = measured(work)
                if failures:
                    print(f"cold.py: {name}: {len(failures)} failed, the first with exit code {failures[0]}", file=sys.stderr)
                least = best.get(name, (wall, cpu))
                best[name] = (min(wall, least[0]), min(cpu, least[1]))
    return best, len(found)


def read(words):
    """The arguments, those after -- apart."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-p", dest="build", required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--match", default="")
    parser.add_argument("--async-tidy", default="async-tidy")
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    split = words.index("--") if "--" in words else len(words)
    arguments = parser.parse_args(words[:split])
    arguments.options = words[split + 1:]
    return arguments


def main():
    arguments = read(sys.argv[1:])
    best, count = run(arguments)
    print(f"{count} units, {arguments.jobs} jobs, the best of {arguments.rounds} rounds")
    ours = best[ASYNC_TIDY]
    for name, (wall, cpu) in best.items():
        print(f"{name:31}{wall:8.2f} s wall {cpu:8.2f} s CPU   async-tidy is {ours[0] / wall:.2f} of it, "
              f"{ours[1] / cpu:.2f} of its CPU time")


if __name__ == "__main__":
    main()
