"""compare.py SOURCE OUTPUT: which checks warn in which function of SOURCE, a line for each function."""
import re
import sys

CHECKS = ["async-lock-across-await", "misc-coroutine-hostile-raii", "cppcoreguidelines-no-suspend-with-lock"]
HEAD = re.compile(r"^(?:Task|Generator)<.*?> (\w+)\(")

functions = []  # name, and the checks that warn in it
at_line = {}
with open(sys.argv[1], encoding="utf-8") as source:
    for number, line in enumerate(source, 1):
        if head := HEAD.match(line):
            functions.append((head[1], set()))
        if functions:
            at_line[number] = functions[-1][1]
with open(sys.argv[2], encoding="utf-8") as output:
    for warning in re.finditer(r"locks\.cpp:(\d+):\d+: warning: .* \[([\w,.-]+)\]", output.read()):
        at_line[int(warning[1])].add(warning[2])
for name, warned in functions:
    print(f"{name}:", *(check for check in CHECKS if check in warned))
