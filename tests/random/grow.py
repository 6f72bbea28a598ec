"""Makes random programs."""
import random

from program_tree import (Await, Case, Cond, Coroutine, Exit, Guarded, Hop, If, Inner, Loop, Program, Send, Site, Skip,
                          Spawn, Switch, Try, reachable, valid, walk)

# How a coroutine changes threads. Those in STAYING leave it, if it is at home, where it is.
HOPS = {
    "asio": ["post-pool", "post-pool-executor", "dispatch-pool", "defer-pool", "timer-pool", "post-home",
             "post-executor", "post-through-pool", "dispatch-home", "timer-home", "post-loop", "executor",
             "post-pool-deferred", "post-pool-function", "strand-pool", "pool-timer-home"],
    "home": ["pool", "pool", "pool-function", "thread", "loop", "loop", "pool-if", "nothing", "go-on"],
}
STAYING = {"asio": ["post-home", "post-executor", "post-through-pool", "dispatch-home", "timer-home", "executor",
                    "pool-timer-home"],
           "home": ["nothing", "go-on"]}
STATEMENT_HOPS = {"timer-pool", "timer-home", "executor", "strand-pool", "pool-timer-home"}  # they need a variable
CHOOSING_HOPS = {"pool-if"}
TO_LOOP = {"post-loop"}

SITES = ["call", "help1", "help2", "help3", "here", "lambda", "value", "argument"]
CHOOSING_SITES = ["and", "ternary"]
LOOPS = ["for", "while", "do", "range", "slow-range", "ever", "back"]
AWAITS = ["statement", "value", "argument", "later", "and", "ternary"]
CONDS = ["choice", "choice", "choice", "site", "and-site", "or-site", "site-and", "await", "and-await", "hop"]
STATEMENTS = {"site": 30, "hop": 26, "await": 24, "if": 9, "loop": 8, "switch": 3, "try": 5, "exit": 6, "skip": 2,
              "guarded": 4, "inner": 3, "send": 6}
# What can be left out besides statements: detached tasks, gotos, handlers in handlers, handlers for the home-made loop.
MORE = ["spawn", "goto", "nested", "queue"]
SEND_FORMS = {"asio": ["wrapper", "wrapper", "wrapper", "direct"], "home": ["wrapper", "direct"]}


class Grower:
    def __init__(self, seed, flavour, without=()):
        self.random = random.Random(seed)
        self.flavour = flavour
        self.without = set(without)
        self.switches = "switches" not in self.without
        self.hops = HOPS[flavour] if self.switches else STAYING[flavour]
        self.weights = {name: weight for name, weight in STATEMENTS.items() if name not in self.without}

    def program(self):
        while True:
            self.left = 40  # statements
            program = Program(self.flavour, self.coroutines())
            program.coroutines = reachable(program)
            if valid(program) and any(isinstance(node, Site) for node in walk(program)):
                return program

    # ---- coroutines ----------------------------------------------------------------------------------------------------
    def coroutines(self):
        """Leaves first: a coroutine awaits those that stand after it."""
        made = []
        spawns = []
        families = 1 + self.random.choice([0, 0, 1, 1, 2]) if "spawn" not in self.without else 1
        for family in reversed(range(families)):
            where = self.random.choice(["loop", "pool"])
            if family and self.flavour == "home" and not self.switches:
                where = "loop"  # the home-made pool gets its tasks by a switch
            # With Asio, nothing keeps the loop for what only the pool knows of.
            self.pool_only = bool(family) and where == "pool" and self.flavour == "asio"
            count = self.random.choice([1, 1, 2]) if family else self.random.choice([1, 2, 3, 3, 4, 4])
            group = []
            for number in reversed(range(count)):
                name = f"{'cde'[family]}{number}" if family or number else "root"
                comes_home = (self.flavour == "home" and number > 0 and self.random.random() < 0.3)
                self.children = [(c.name, c.comes_home) for c in group]
                group.insert(0, Coroutine(name, family, comes_home, self.body_of_coroutine()))
            if family:
                spawns.append(Spawn(group[0].name, where))
            made = group + made
        for spawn in spawns:
            root = made[0].body
            root.insert(self.random.randint(0, len(root)), spawn)
        return made

    def body_of_coroutine(self):
        body = self.body(1, 5, 0, loop=False)
        if self.children and "await" in self.weights and self.random.random() < 0.7:
            body.insert(self.random.randint(0, len(body)), self.make_await(0, False))
        return body

    # ---- statements ----------------------------------------------------------------------------------------------------
    def body(self, least, most, depth, loop):
        result = []
        for _ in range(self.random.randint(least, most)):
            if self.left <= 0 and len(result) >= least:
                break
            self.left -= 1
            result.append(self.statement(depth, loop))
        if loop and "exit" in self.weights and self.random.random() < 0.2:
            result.insert(self.random.randint(0, len(result)), self.make_exit(depth, loop))
        return result

    def statement(self, depth, loop):
        names = list(self.weights)
        while True:
            name = self.random.choices(names, [self.weights[n] for n in names])[0]
            if name == "await" and not self.children:
                continue
            if depth > 2 and name not in ("site", "hop", "await"):
                continue
            made = getattr(self, "make_" + name)(depth, loop)
            if made:
                return made

    def make_site(self, _depth, _loop):
        return Site(self.random.choice(SITES + CHOOSING_SITES))

    def make_hop(self, _depth, _loop):
        return Hop(self.hop())

    def hop(self, in_expression=False):
        barred = (STATEMENT_HOPS | CHOOSING_HOPS if in_expression else set()) | (TO_LOOP if self.pool_only else set())
        return self.random.choice([h for h in self.hops if h not in barred])

    def make_await(self, _depth, _loop):
        target, comes_home = self.random.choice(self.children)
        return Await(target, self.mode(comes_home), self.random.choice(AWAITS))

    def mode(self, comes_home):
        if comes_home or self.flavour == "home" and not self.switches:
            return "here"
        modes = ["here"] * 6 + ["pool"] * 2
        if self.flavour == "asio" and not self.pool_only:
            modes += ["loop"]
        return self.random.choice(modes)

    def cond(self):
        form = self.random.choice(CONDS)
        if form in ("await", "and-await"):
            if self.children and "await" not in self.without:
                return Cond(form, target=self.random.choice(self.children)[0])
        elif form == "hop":
            if "hop" not in self.without:
                return Cond(form, hop=self.hop(in_expression=True))
        else:
            return Cond(form)
        return Cond("choice")

    def make_if(self, depth, loop):
        orelse = self.body(1, 2, depth + 1, loop) if self.random.random() < 0.4 else []
        return If(self.cond(), self.body(1, 3, depth + 1, loop), orelse)

    def make_loop(self, depth, _loop):
        form = self.random.choice(LOOPS)
        if form == "back" and "goto" in self.without:
            form = "while"
        step = self.hop(in_expression=True) if form == "for" and self.random.random() < 0.3 else ""
        cond = Cond("choice") if form in ("range", "slow-range") else self.cond()
        return Loop(form, cond, self.body(1, 3, depth + 1, loop=form != "back"), step)

    def make_switch(self, depth, loop):
        count = self.random.choice([2, 3])
        cases = [Case(self.body(1, 2, depth + 1, loop=False), self.random.random() < 0.3) for _ in range(count)]
        cases[-1].falls = False
        return Switch(cases)

    def make_try(self, depth, loop):
        body = self.body(1, 3, depth + 1, loop)
        if self.random.random() < 0.7:
            body.insert(self.random.randint(0, len(body)), Exit("throw", self.cond()))
        # A handler cannot suspend: C++ forbids co_await in it.
        handler = [Site(self.random.choice(SITES)) for _ in range(self.random.choice([0, 1, 1]))]
        return Try(self.random.choice(["int", "all"]), body, handler)

    def make_exit(self, depth, loop):
        forms = ["return"] + ["throw"] * ("try" not in self.without) + ["break", "continue"] * 2 * loop
        if depth == 0 and not loop:
            forms.append("return")
        return Exit(self.random.choice(forms), self.cond())

    def make_skip(self, depth, loop):
        return Skip(self.body(1, 2, depth + 1, loop)) if "goto" not in self.without else None

    def make_guarded(self, depth, loop):
        return Guarded(self.body(1, 3, depth + 1, loop))

    def make_inner(self, depth, _loop):
        return Inner(self.mode(False), self.body(1, 3, depth + 1, loop=False))

    # ---- handlers ------------------------------------------------------------------------------------------------------
    def make_send(self, _depth, _loop):
        queue = self.flavour == "home" and "queue" in self.without
        where = self.random.choice(["pool", "thread"] if queue else ["pool", "loop", "thread"])
        # What the loop and the pool have for each other at the end of a run must come to an end: one step.
        inside = {"pool": ["loop"], "thread": ["loop"], "loop": ["loop"] if self.pool_only else ["loop", "pool"]}
        return Send(where, self.random.choice(SEND_FORMS[self.flavour]),
                    self.handler([] if queue or "nested" in self.without else inside[where]))

    def handler(self, inside):
        body = []
        for _ in range(self.random.choice([1, 1, 2])):
            pick = self.random.random()
            if pick < 0.25 and inside:
                body.append(Send(self.random.choice(inside), "wrapper", self.handler([])))
            elif pick < 0.35:
                body.append(Guarded([Site(self.random.choice(SITES))]))
            else:
                body.append(Site(self.random.choice(SITES)))
        return body
