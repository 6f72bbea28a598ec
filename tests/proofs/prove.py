#!/usr/bin/env python3
"""Compiles a program, runs it, and checks whether its library complains.

    prove.py PROGRAM --compiler BIN --complains TEXT... [--postgres] -- FLAG...
    prove.py PROGRAM --compiler BIN --quiet --prints TEXT [--postgres] -- FLAG...

Libraries complain on stderr, and so does ThreadSanitizer; what the program itself has to say goes
to stdout. A quiet program must have done its work too: it prints TEXT.
Exit codes: 0 as expected, 1 not, 77 the program cannot be run here.
"""

import argparse
import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "fixtures"))
import postgres

# A busy machine may keep the threads from meeting, so one complaint in all runs is enough. A quiet
# program is quiet in each of them.
RUNS = 3
COMPILE_SECONDS = 300
RUN_SECONDS = 10
SKIPPED = 77


class Failure(Exception):
    pass


def run(command, seconds, environment=None):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                              timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        raise Failure(f"{command[0]} did not end within {seconds} seconds") from None
    except OSError as error:
        raise Failure(f"{command[0]} cannot be run: {error.strerror}") from None
    if done.returncode != 0:
        raise Failure(f"{command[0]} ended with {done.returncode}{output_of(done)}")
    return done


def output_of(done):
    return f"; its output:\n{done.stdout}{done.stderr}".rstrip()


def environment_for(compiler):
    """Ours, without what makes libraries complain of something else, or elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "TSAN_"))}
    # The symbolizer that ThreadSanitizer runs stands beside the compiler.
    path = os.pathsep.join([os.path.dirname(os.path.realpath(compiler)), kept.get("PATH", "")])
    return kept | {"LC_ALL": "C.UTF-8", "PATH": path, "QT_FORCE_STDERR_LOGGING": "1", "TSAN_OPTIONS": "exitcode=0"}


def check_complaints(attempt, texts):
    seen = []
    for _ in range(RUNS):
        try:
            done = attempt()
        except Failure as failure:  # two threads in one thing may do anything
            seen.append(str(failure))
            continue
        if all(text in done.stderr for text in texts):
            return
        seen.append(f"{done.args[0]} ended with 0{output_of(done)}")
    raise Failure("\n".join([f"no `{'`, `'.join(texts)}` in {RUNS} runs", *seen]))


def check_quiet(attempt, text):
    for _ in range(RUNS):
        done = attempt()
        if done.stderr:
            raise Failure(f"the program is not quiet{output_of(done)}")
        if text not in done.stdout:
            raise Failure(f"the program did not print `{text}`{output_of(done)}")


def prove(options, flags):
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="proof-"))
        binary = os.path.join(folder, options.program.stem)
        run([options.compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", str(options.program), *flags, "-o", binary],
            COMPILE_SECONDS)
        command = [binary]
        if options.postgres:
            command.append(stack.enter_context(postgres.server()).connection_string)
        environment = environment_for(options.compiler)

        def attempt():
            return run(command, RUN_SECONDS, environment)

        if options.quiet:
            check_quiet(attempt, options.prints)
        else:
            check_complaints(attempt, options.complains)


def parse_arguments():
    # Split here, because argparse takes the positional arguments for complete before the '--'.
    arguments, flags = sys.argv[1:], []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, flags = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--postgres", action="store_true", help="the program is given a server's connection string")
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument("--complains", action="append", metavar="TEXT", help="what is said, all of it in one run")
    kind.add_argument("--quiet", action="store_true")
    parser.add_argument("--prints", metavar="TEXT", help="what a quiet program prints")
    options = parser.parse_args(arguments)
    if options.quiet != (options.prints is not None):
        parser.error("--quiet and --prints belong together")
    return options, flags


def main():
    options, flags = parse_arguments()
    try:
        prove(options, flags)
    except postgres.Unavailable as reason:
        print(f"{options.program.name}: there is no PostgreSQL server: {reason}", file=sys.stderr)
        return SKIPPED
    except Failure as failure:
        print(f"{options.program.name}: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
