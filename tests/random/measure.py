"""Compiles and runs a file of programs, has it analysed, and compares what is reported with what ran."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass, field

from asio_text import AsioText
from home_text import HomeText

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = {"asio": AsioText, "home": HomeText}
FLAGS = ["-std=c++20", "-O0", "-pthread", "-I."]
CHECK = "async-blocking-call"
HEADERS = ("sites.h", "asio_world.h", "runtime.h")


@dataclass
class Mismatch:
    """missed: ran on the loop, not reported; false: ran elsewhere only, reported; dead: never ran, reported;
    stray: reported where no site is"""
    kind: str
    file: str
    program: int
    form: str
    line: int
    source: str


@dataclass
class Outcome:
    """What became of one file."""
    runs: dict = field(default_factory=dict)  # program: number of tapes
    places: dict = field(default_factory=dict)  # site: on the loop, elsewhere
    mismatches: list = field(default_factory=list)


class Laboratory:
    """`truths`: a folder that keeps what the programs printed, so that another analyser need not wait for them."""

    def __init__(self, folder, analyser, compiler, truths=None):
        self.folder = os.path.realpath(folder)
        self.analyser = analyser
        self.compiler = compiler
        self.truths = truths
        self.parsed = {header: threading.Lock() for header in HEADERS}
        for one in filter(None, (self.folder, truths)):
            os.makedirs(one, exist_ok=True)
        for name in HEADERS:
            shutil.copy(os.path.join(HERE, name), self.folder)
            if os.path.exists(old := os.path.join(self.folder, name + ".pch")):
                os.remove(old)

    def run(self, command, expected=(0,), timeout=300):
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=timeout, check=False)
        if done.returncode not in expected:
            said = done.stdout[-2000:] + done.stderr[-4000:]
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
        return done.stdout

    def precompiled(self, header):
        """Parses a header once for all files."""
        with self.parsed[header]:
            if not os.path.exists(os.path.join(self.folder, header + ".pch")):
                self.run([self.compiler, *FLAGS, "-x", "c++-header", header, "-o", header + ".pch"])
        return header + ".pch"

    def examine(self, name, flavour, programs):
        """programs: number -> tree."""
        text = TEXTS[flavour]()
        for number, program in programs.items():
            text.add(number, program)
        source = text.finish()
        with open(os.path.join(self.folder, name + ".cpp"), "w", encoding="utf-8") as out:
            out.write(source)
        outcome = self.truth(self.printed(name, text.header, source))
        self.compare(outcome, name + ".cpp", text, self.reported(name))
        return outcome

    def printed(self, name, header, source):
        """What the programs print."""
        kept = os.path.join(self.truths, self.key(source) + ".txt") if self.truths else ""
        if os.path.exists(kept):
            with open(kept, encoding="utf-8") as known:
                return known.read()
        self.run([self.compiler, *FLAGS, "-fuse-ld=lld", "-include-pch", self.precompiled(header), name + ".cpp",
                  "-o", name])
        printed = self.run(["./" + name])
        os.remove(os.path.join(self.folder, name))
        if kept:
            with open(kept + ".new", "w", encoding="utf-8") as out:
                out.write(printed)
            os.replace(kept + ".new", kept)  # whole, or not at all
        return printed

    def key(self, source):
        """Of all that a truth depends on: a changed program has none."""
        known = hashlib.sha256(f"{self.compiler} {FLAGS} {source}".encode())
        for name in HEADERS:
            with open(os.path.join(self.folder, name), "rb") as header:
                known.update(header.read())
        return known.hexdigest()[:32]

    @staticmethod
    def truth(printed):
        outcome = Outcome()
        for line in printed.splitlines():
            word, number, *rest = line.split()
            if word == "program":
                outcome.runs[int(number)] = int(rest[0])
            else:
                outcome.places[int(number)] = (rest[0] == "1", rest[1] == "1")
        return outcome

    def reported(self, name):
        """The lines of the file with a finding. One in a header counts for line 0."""
        database = os.path.join(self.folder, name + ".d")
        os.makedirs(database, exist_ok=True)
        with open(os.path.join(database, "compile_commands.json"), "w", encoding="utf-8") as out:
            json.dump([{"directory": self.folder, "file": f"{self.folder}/{name}.cpp",
                        "arguments": ["clang++", *FLAGS, "-c", f"{self.folder}/{name}.cpp"]}], out)
        found = self.run([self.analyser, "-p", database, "--project-root=" + self.folder, "-j1", "--color=never",
                          "--quiet", "--checks=" + CHECK], expected=(0, 1))
        with open(os.path.join(database, "findings.txt"), "w", encoding="utf-8") as out:
            out.write(found)
        places = re.findall(r"^(\S+?):(\d+):\d+: warning: ", found, re.MULTILINE)
        return {int(line) if os.path.basename(file) == name + ".cpp" else 0 for file, line in places}

    @staticmethod
    def compare(outcome, file, text, reported):
        lines = {}
        for site in text.sites:
            lines[site.line] = site
            on_loop, elsewhere = outcome.places[site.number]
            fault = ("missed" if on_loop and site.line not in reported else
                     None if on_loop or site.line not in reported else "false" if elsewhere else "dead")
            if fault:
                outcome.mismatches.append(
                    Mismatch(fault, file, site.program, site.form, site.line, text.lines[site.line - 1].strip()))
        for line in sorted(reported - set(lines)):
            program = next((n for n, (first, last) in text.spans.items() if first <= line <= last), 0)
            source = text.lines[line - 1].strip() if line else "in a header"
            outcome.mismatches.append(Mismatch("stray", file, program, "", line, source))
