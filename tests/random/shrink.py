"""Makes a program with a mismatch small: takes parts away while it still has one of the same kind.

All that one step may take away is tried in one file, each in a namespace of its own, so a step costs one compilation.
"""
import copy
import random

from program_tree import (Await, Cond, Exit, Hop, If, Inner, Loop, Send, Site, Switch, Try, bodies, reachable, size, valid,
                          walk)

MOST = 90  # candidates in a file
LEAPS = 45


def lists(program):
    """All statement lists of a program, in a fixed order."""
    found = []
    for node in walk(program):
        if node is not program:
            found += [body for body in bodies(node) if not isinstance(node, Switch)]
    return found


def replacements(node):
    """What may stand in a statement's place: nothing, what it contains, a simpler form."""
    yield []
    if isinstance(node, Switch):
        for case in node.cases:
            yield case.body
        for number in range(len(node.cases)):
            if len(node.cases) > 2:
                yield [Switch([case for at, case in enumerate(node.cases) if at != number])]
        if any(case.falls for case in node.cases):
            yield [Switch([type(case)(case.body) for case in node.cases])]
    elif not isinstance(node, (Inner, Send)):
        for body in bodies(node):
            yield body
    if isinstance(node, If) and node.orelse:
        yield [If(node.cond, node.then, [])]
    if isinstance(node, (If, Exit, Loop)) and node.cond.form != "choice":
        yield [with_choice(node)]
        if node.cond.target:
            yield [Await(node.cond.target, "here", "statement"), with_choice(node)]
        if node.cond.hop:
            yield [Hop(node.cond.hop), with_choice(node)]
        yield [Site("call"), with_choice(node)]
    if isinstance(node, Loop) and (node.form != "while" or node.step):
        yield [Loop("while", node.cond, node.body)]
    if isinstance(node, Loop):
        yield [If(node.cond, node.body, [])]
    if isinstance(node, Inner):
        yield node.body
    if isinstance(node, (Inner, Await)) and node.mode != "here":
        simple = copy.deepcopy(node)
        simple.mode = "here"
        yield [simple]
    if isinstance(node, Await) and node.form != "statement":
        yield [Await(node.target, node.mode, "statement")]
    if isinstance(node, Site) and node.form != "call":
        yield [Site("call")]
    if isinstance(node, Try) and node.handler:
        yield [Try(node.form, node.body, [])]


def with_choice(node):
    simple = copy.deepcopy(node)
    simple.cond = Cond("choice")
    return simple


def edits(program):
    """All single steps: which list, where in it, what instead."""
    return [(at, index, instead) for at, body in enumerate(lists(program)) for index, node in enumerate(body)
            for instead in replacements(node)]


def edited(program, edit):
    at, index, instead = edit
    smaller = copy.deepcopy(program)
    lists(smaller)[at][index:index + 1] = copy.deepcopy(instead)
    smaller.coroutines = reachable(smaller)
    return smaller if valid(smaller) else None


def single_steps(program):
    found = [smaller for smaller in (edited(program, edit) for edit in edits(program)) if smaller]
    for at, coroutine in enumerate(program.coroutines):
        if coroutine.comes_home:
            smaller = copy.deepcopy(program)
            smaller.coroutines[at].comes_home = False
            found.append(smaller)
    return found


def leaps(program, chance):
    """Many random steps at a time: most lead too far, but the one that does not saves many compilations."""
    found = []
    for number in range(LEAPS):
        smaller = program
        for _ in range(2 + number // 3):
            todo = edits(smaller)
            smaller = (edited(smaller, chance.choice(todo)) if todo else None) or smaller
        found.append(smaller)
    return found


def weight(program):
    """Smaller, and among equals plainer."""
    plain = sum(getattr(n, "form", "") not in ("", "call", "choice", "statement", "while") for n in walk(program))
    return size(program), plain + sum(c.comes_home for c in program.coroutines)


def shrink(laboratory, program, kind, name):
    """The smallest program found that still has a mismatch of this kind."""
    chance = random.Random(1)
    while True:
        steps = sorted((one for one in single_steps(program) if weight(one) < weight(program)), key=weight)
        leapt = [one for one in leaps(program, chance) if weight(one) < weight(program)] if size(program) > 12 else []
        better = None
        for todo in [leapt + steps[:LEAPS]] + [steps[at:at + MOST] for at in range(LEAPS, len(steps), MOST)]:
            batch = dict(enumerate(todo, 1))
            outcome = laboratory.examine(name, program.flavour, batch)
            bad = [batch[m.program] for m in outcome.mismatches if m.kind == kind and m.program]
            if bad:
                better = min(bad, key=weight)
                break
        if better is None:
            return program
        program = better
