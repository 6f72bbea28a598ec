"""A random program as a tree, and what can be told of it without running it.

A tree has no numbers in it (of sites, choices, lines): they are given when the text is written, so that any part of a
tree can be taken away and the rest is still a program.
"""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields

MOST_PATHS = 200  # ways through one program; each is run


@dataclass
class Cond:
    """choice, site, and-site, or-site, site-and, await, and-await, hop"""
    form: str
    target: str = ""
    hop: str = ""


@dataclass
class Site:
    form: str


@dataclass
class Guarded:
    """A scope with an object whose destructor is a site."""
    body: list


@dataclass
class If:
    cond: Cond
    then: list
    orelse: list


@dataclass
class Loop:
    """for, while, do, range, slow-range, ever, back; step: what a for does between two rounds"""
    form: str
    cond: Cond
    body: list
    step: str = ""


@dataclass
class Case:
    body: list
    falls: bool = False


@dataclass
class Switch:
    """The last case is the default."""
    cases: list


@dataclass
class Try:
    form: str
    body: list
    handler: list


@dataclass
class Exit:
    """throw, return, break, continue: under a condition"""
    form: str
    cond: Cond


@dataclass
class Skip:
    """A goto forward over the body, or not."""
    body: list


@dataclass
class Hop:
    kind: str


@dataclass
class Await:
    """mode: here, pool, loop; form: statement, value, argument, later, and, ternary"""
    target: str
    mode: str
    form: str


@dataclass
class Inner:
    """A lambda that is a coroutine, and is awaited."""
    mode: str
    body: list


@dataclass
class Send:
    """A handler for the pool, the loop or a thread."""
    where: str
    form: str
    body: list


@dataclass
class Spawn:
    target: str
    where: str


@dataclass
class Coroutine:
    name: str
    family: int  # 0: the root and what it awaits; each detached task has one of its own
    comes_home: bool  # home-made runtime: its parent goes on on the loop
    body: list


@dataclass
class Program:
    flavour: str
    coroutines: list = field(default_factory=list)  # the first is the root

    def find(self, name):
        return next(c for c in self.coroutines if c.name == name)


# ---- walking -----------------------------------------------------------------------------------------------------------
def bodies(node):
    """The statement lists directly in a node, and those of the cases of a switch."""
    if isinstance(node, Switch):
        return [case.body for case in node.cases]
    return [value for value in (getattr(node, f.name) for f in fields(node)) if isinstance(value, list)]


def walk(node):
    yield node
    if isinstance(node, Program):
        below = node.coroutines
    elif isinstance(node, Switch):
        below = node.cases
    else:
        below = [one for body in bodies(node) for one in body]
        below += [node.cond] if hasattr(node, "cond") else []
    for one in below:
        yield from walk(one)


def size(program):
    return sum(1 for _ in walk(program))


def kind(node):
    """The names under which a node counts as covered."""
    name = type(node).__name__.lower()
    detail = [getattr(node, f) for f in ("form", "kind", "mode", "where") if getattr(node, f, "")]
    kinds = [f"{name} {one}" for one in detail] or [name]
    if isinstance(node, Loop) and node.step:
        kinds.append("loop step")
    if isinstance(node, If) and node.orelse:
        kinds.append("if else")
    if isinstance(node, Case):
        kinds = ["case falls" if node.falls else "case"]
    if isinstance(node, Coroutine):
        kinds = ["coroutine comes home"] if node.comes_home else []
    return kinds


def kinds_of(program):
    found = {one for node in walk(program) for one in kind(node)}
    callers = Counter()
    for coroutine in program.coroutines:
        callers.update({n.target for n in walk(coroutine) if getattr(n, "target", "")})
    if any(count > 1 for count in callers.values()):
        found.add("two parents")
    return found


# ---- ways through a program --------------------------------------------------------------------------------------------
class Paths:
    """Counts the ways through each part of a program by how they end: n(ormally), by r(eturn), t(hrow), b(reak) or
    c(ontinue). A part that no way leads to is a fault."""

    def __init__(self, program):
        self.program = program
        self.known = {}
        self.valid = True
        self.depth = 0

    def coroutine(self, name):
        if name not in self.known:
            ways = self.sequence(self.program.find(name).body)
            self.known[name] = Counter(n=ways["n"] + ways["r"], t=ways["t"])
            self.valid = self.valid and not (ways["b"] or ways["c"])
        return self.known[name]

    def sequence(self, body):
        ways = Counter(n=1)
        for one in body:
            if not ways["n"]:
                self.valid = False
            ways = self.then(ways, self.statement(one))
        return ways

    @staticmethod
    def then(ways, more):
        result = Counter({end: count for end, count in ways.items() if end != "n"})
        for end, count in more.items():
            result[end] += ways["n"] * count
        return result

    def cond(self, cond):
        """Ways to true, to false, and out of it."""
        if cond.form in ("choice", "site", "hop"):
            return 1, 1, 0
        if cond.form in ("and-site", "site-and"):
            return 1, 2, 0
        if cond.form == "or-site":
            return 2, 1, 0
        child = self.coroutine(cond.target)
        return child["n"], child["n"] + (cond.form == "and-await"), child["t"]

    def statement(self, node):
        return getattr(self, "of_" + type(node).__name__.lower())(node)

    def of_site(self, node):
        return Counter(n=2 if node.form in ("and", "ternary") else 1)

    def of_send(self, _):
        return Counter(n=1)

    def of_spawn(self, _):
        return Counter(n=1)

    def of_hop(self, node):
        return Counter(n=2 if node.kind == "pool-if" else 1)

    def of_guarded(self, node):
        return self.sequence(node.body)

    def of_await(self, node):
        child = self.coroutine(node.target)
        return child + Counter(n=1) if node.form in ("and", "ternary") else Counter(child)

    def of_inner(self, node):
        ways = self.sequence(node.body)
        self.valid = self.valid and not (ways["b"] or ways["c"])
        return Counter(n=ways["n"] + ways["r"], t=ways["t"])

    def of_if(self, node):
        true, false, out = self.cond(node.cond)
        ways = Counter(t=out)
        for count, body in ((true, node.then), (false, node.orelse)):
            for end, more in self.sequence(body).items():
                ways[end] += count * more
        return ways

    def of_exit(self, node):
        true, false, out = self.cond(node.cond)
        return Counter({"n": false, "t": out}) + Counter({node.form[0]: true})

    def of_skip(self, node):
        return Counter(n=1) + self.sequence(node.body)

    def of_switch(self, node):
        ways = Counter()
        falling = 0
        for case in node.cases:
            part = self.sequence(case.body)
            into = 1 + falling
            falling = 0
            for end, count in part.items():
                if end == "n" and case.falls:
                    falling = into * count
                else:
                    ways["n" if end == "b" else end] += into * count
        ways["n"] += falling
        return ways

    def of_try(self, node):
        ways = self.sequence(node.body)
        caught = ways.pop("t", 0)
        if not caught:
            self.valid = False  # nothing would get into the handler
        for end, count in self.sequence(node.handler).items():
            ways[end] += caught * count
        return ways

    def of_loop(self, node):
        body = self.sequence(node.body)
        onward = body["n"] + body["c"]
        if node.form == "back" and (body["b"] or body["c"]):
            self.valid = False
        once = Counter(n=body["b"], r=body["r"], t=body["t"])
        if node.form in ("range", "slow-range"):
            return Counter(n=1) + self.rounds(once, onward, 1) + self.rounds(once, onward, 2)
        true, false, out = self.cond(node.cond)
        ways = Counter()
        coming = 1
        for number in range(2):  # never more than two rounds
            if number or node.form not in ("do", "back"):
                ways += Counter(n=coming * false, t=coming * out)
                coming *= true
            for end, count in once.items():
                ways[end] += coming * count
            coming *= onward
        # The condition stands before the counter, so that no way around it seems to be there.
        ways += Counter(n=coming * (true + false), t=coming * out)
        if node.step and not onward:
            self.valid = False
        return ways

    @staticmethod
    def rounds(once, onward, number):
        ways = Counter()
        coming = 1
        for _ in range(number):
            for end, count in once.items():
                ways[end] += coming * count
            coming *= onward
        ways["n"] += coming
        return ways


def reachable(program):
    """The coroutines that the root gets to, in their order."""
    found = {program.coroutines[0].name}
    todo = [program.coroutines[0]]
    while todo:
        for node in walk(todo.pop()):
            target = getattr(node, "target", "")
            if target and target not in found:
                found.add(target)
                todo.append(program.find(target))
    return [c for c in program.coroutines if c.name in found]


def valid(program):
    """Whether every part can be run, all runs end, and they are not too many."""
    paths = Paths(program)
    for coroutine in program.coroutines:
        ways = paths.coroutine(coroutine.name)
        if not paths.valid or ways["n"] + ways["t"] > MOST_PATHS:
            return False
    spawned = [n.target for n in walk(program) if isinstance(n, Spawn)]
    return len(spawned) == len(set(spawned))
