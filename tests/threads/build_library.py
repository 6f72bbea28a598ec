#!/usr/bin/env python3
"""Builds a library's sources into an archive: build_library.py SOURCES ARCHIVE --compiler CXX --include DIR"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

FOREIGN = ("win32.cpp", "file.cpp")  # for Windows only, or parts that need it


def compile_one(source, number, folder, arguments):
    target = folder / f"{number}.o"
    command = [arguments.compiler, "-std=c++20", "-w", "-O1", f"-I{arguments.include}", f"-I{arguments.sources}",
               "-c", str(source), "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True)
    return (target, "") if done.returncode == 0 else (None, f"{source.name}: {done.stderr[:300]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("archive", type=pathlib.Path)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True)
    arguments = parser.parse_args()
    sources = sorted(s for s in arguments.sources.rglob("*.cpp") if s.name not in FOREIGN)
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = pathlib.Path(name)
        results = list(pool.map(lambda item: compile_one(item[1], item[0], folder, arguments), enumerate(sources)))
        objects = [str(target) for target, _ in results if target]
        # What another system needs does not compile here; the linker tells if something is missing.
        for _, complaint in results:
            if complaint:
                print(f"left out: {complaint}", file=sys.stderr)
        arguments.archive.unlink(missing_ok=True)
        subprocess.run(["ar", "rcs", str(arguments.archive), *objects], check=True)


if __name__ == "__main__":
    main()
