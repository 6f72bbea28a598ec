#!/usr/bin/env python3
"""Proves that everything that knows the checks knows the same ones.

    names.py --async-tidy BIN --clang-tidy BIN --plugin FILE --source-root DIR
"""

import argparse
import os
import re
import subprocess
import sys

COMMANDS = {"async-tidy", "async-clangd", "async-clang-tidy"}  # named like checks, but are none


def listed(*command):
    """The checks in a front end's list: one a line, first on its line."""
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return set(re.findall(r"^\s*(async-[a-z0-9-]+)", output, re.MULTILINE))


def main():
    parser = argparse.ArgumentParser()
    for option in ("--async-tidy", "--clang-tidy", "--plugin", "--source-root"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()

    def at(*path):
        return os.path.join(options.source_root, *path)

    with open(at("CHANGELOG.md"), encoding="utf-8") as changelog:
        changes = set(re.findall(r"`(async-[a-z0-9-]+)`", changelog.read())) - COMMANDS
    places = {
        "async-tidy --list-checks": listed(options.async_tidy, "--list-checks"),
        "clang-tidy with the plugin": listed(options.clang_tidy, "-load", options.plugin,
                                             "--checks=-*,async-*", "--list-checks"),
        "docs/checks": {name.removesuffix(".md") for name in os.listdir(at("docs", "checks"))},
        "tests/checks": set(os.listdir(at("tests", "checks"))),
        "CHANGELOG.md": changes,
    }
    everywhere = set.union(*places.values())
    missing = [f"{name} is not in: {place}" for name in sorted(everywhere)
               for place, names in places.items() if name not in names]
    if missing or not everywhere:
        print(*missing or ["there are no checks"], sep="\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
