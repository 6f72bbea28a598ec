#!/usr/bin/env python3
"""Compares what two packs say of how functions block: compare_packs.py INFERRED HAND-WRITTEN

Lists the functions that both describe, with their tiers, and those that only one does. `never` is
never-blocking, `?` stands for certainty: low. Only for reading: it knows as much of YAML as packs use.
"""
import re
import sys


def entries(path):
    """Pairs of a name, absolute but for a namespace that all share, and what is said of it."""
    text = re.sub(r"(^|\s)#[^\n]*", r"\1", open(path, encoding="utf-8").read())
    said = {}
    for entry in re.split(r"\n\s*- (?=names:)", text.partition("\nfunctions:")[2])[1:]:
        names = re.match(r"names: \[(.*?)\]", entry, re.S)
        tier = re.search(r"^\s*blocks: (\w+)", entry, re.M)
        word = tier.group(1) if tier else "never" if "never-blocking: true" in entry else ""
        if tier and "certainty: low" in entry:
            word += "?"
        if "hand-off:" in entry:
            word += " hand-off " + "+".join(re.findall(r"on: ([a-z0-9 ]+)", entry))
        for name in re.findall(r"[^\s,\"]+", names.group(1)) if names else []:
            said.setdefault(name, set()).add(word.strip())
    return said


def unqualified(said, namespaces):
    result = {}
    for name, words in said.items():
        for space in namespaces:
            name = name.removeprefix(space + "::")
        result.setdefault(name, set()).update(words - {""})
    return {name: words for name, words in result.items() if words}


def spaces(path):
    found = re.search(r"^(?:owns|namespaces):\s*\n?((?:\[.*?\])|(?:\s+- .*\n)+)", open(path, encoding="utf-8").read(), re.M)
    return re.findall(r"[\w:]+", found.group(1)) if found else []


def main():
    inferred, written = sys.argv[1:3]
    names = spaces(inferred) + spaces(written)
    left, right = (unqualified(entries(path), names) for path in (inferred, written))

    def stem(name):
        return name.rpartition("::")[0] + "::*" in right

    both = [name for name in left if name in right]
    print(f"both: {len(both)}")
    for name in both:
        mark = "" if left[name] == right[name] else "   <- differs"
        print(f"  {name}: {', '.join(sorted(left[name]))} | {', '.join(sorted(right[name]))}{mark}")
    for title, here, there in (("only inferred", left, right), ("only hand-written", right, left)):
        only = [name for name in here if name not in there and not (here is left and stem(name)) and not name.endswith("::*")]
        print(f"{title}: {len(only)}")
        for name in only:
            print(f"  {name}: {', '.join(sorted(here[name]))}")


if __name__ == "__main__":
    main()
