"""The text of a program: what both flavours share."""
from dataclasses import dataclass

from program_tree import Send, walk


@dataclass
class Mark:
    """Where a site stands."""
    number: int
    line: int
    form: str
    program: int


class Text:
    """Writes programs into one file, each into a namespace of its own. Flavours say what the runtime's words are."""
    header = ""
    type_of_loop = ""
    type_of_pool = ""
    loop = ""
    pool = ""
    run_of_program = ()

    def __init__(self):
        self.lines = [f'#include "{self.header}"']
        self.depth = 0
        self.sites = []
        self.choices = [0] * 10
        self.names = 0
        self.program = 0
        self.family = 0
        self.spans = {}  # program: first and last line

    def line(self, text):
        self.lines.append("  " * self.depth + text if text else "")

    def block(self, body):
        self.depth += 1
        for one in body:
            self.statement(one)
        self.depth -= 1

    def site(self, form):
        """The number of a site that stands on the next line."""
        number = len(self.sites) + 1
        self.sites.append(Mark(number, len(self.lines) + 1, form, self.program))
        return number

    def choice(self):
        self.choices[self.family] += 1
        return self.family * 100 + self.choices[self.family]

    def name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"

    @property
    def parameters(self):
        return f"{self.type_of_loop} &{self.loop}, {self.type_of_pool} &{self.pool}"

    @property
    def arguments(self):
        return f"{self.loop}, {self.pool}"

    # ---- programs ------------------------------------------------------------------------------------------------------
    def add(self, number, program):
        self.program = number
        self.names = 0
        self.choices = [0] * 10
        self.line("")
        first = len(self.lines) + 1
        self.line(f"namespace p{number} {{")
        for coroutine in reversed(program.coroutines):
            self.family = coroutine.family
            self.line(f"{self.coroutine_type(coroutine.comes_home)} {coroutine.name}({self.parameters}) {{")
            self.block(coroutine.body)
            self.depth = 1
            self.end_of_coroutine()
            self.depth = 0
            self.line("}")
        self.line("void run() {")
        self.depth = 1
        for line in self.run_of_program:
            self.line(line)
        self.depth = 0
        self.line("}")
        self.line(f"}} // namespace p{number}")
        self.spans[number] = (first, len(self.lines))

    def end_of_coroutine(self):
        # Some coroutines end with a site; which ones must not depend on chance, or deleting parts would change it.
        if self.names % 3 == 1:
            self.line(f"co_return V({self.site('co_return')});")
        else:
            self.line("co_return 1;")

    def finish(self):
        self.line("")
        self.line("int main() {")
        self.line("  tick = 0; // the sites need not really wait")
        self.line("  truth::loop_thread = gettid();")
        for number in self.spans:
            self.line(f"  truth::program({number}, p{number}::run);")
        self.line(f"  truth::print({len(self.sites)});")
        self.line("}")
        return "\n".join(self.lines) + "\n"

    # ---- conditions ----------------------------------------------------------------------------------------------------
    def cond(self, cond):
        """An expression; a site in it stands on the next line."""
        choice = lambda: f"C({self.choice()})"
        site = lambda: f"B({self.site('condition')}, {self.choice()})"
        if cond.form == "choice":
            return choice()
        if cond.form == "site":
            return site()
        if cond.form == "and-site":
            return f"{choice()} && {site()}"
        if cond.form == "site-and":
            return f"{site()} && {choice()}"
        if cond.form == "or-site":
            return f"({choice()} || {site()})"
        if cond.form == "await":
            return f"{self.child(cond.target, 'here')} && {choice()}"
        if cond.form == "and-await":
            return f"{choice()} && {self.child(cond.target, 'here')} && {choice()}"
        return f"({self.hop_expression(cond.hop)}, {choice()})"

    # ---- statements ----------------------------------------------------------------------------------------------------
    def statement(self, node):
        getattr(self, "write_" + type(node).__name__.lower())(node)

    def write_site(self, node):
        form = node.form
        if form == "lambda":
            name = self.name("f")
            self.line(f"auto {name} = [](int site) {{ S(site); }};")
            self.line(f"{name}({self.site(form)});")
            return
        number = self.site(form)
        if form == "call":
            self.line(f"S({number});")
        elif form.startswith("help"):
            self.line(f"{form}({number});")
        elif form == "here":
            self.line(f"here([] {{ S({number}); }});")
        elif form == "value":
            self.line(f"[[maybe_unused]] int {self.name('v')} = V({number});")
        elif form == "argument":
            self.line(f"use(V({number}));")
        elif form == "and":
            self.line(f"use(C({self.choice()}) && V({number}));")
        else:
            self.line(f"use(C({self.choice()}) ? V({number}) : 0);")

    def write_guarded(self, node):
        self.line("{")
        self.depth += 1
        self.line(f"Guard {self.name('g')}({self.site('guard')});")
        self.depth -= 1
        self.block(node.body)
        self.line("}")

    def write_if(self, node):
        self.line(f"if ({self.cond(node.cond)}) {{")
        self.block(node.then)
        if node.orelse:
            self.line("} else {")
            self.block(node.orelse)
        self.line("}")

    def write_exit(self, node):
        words = {"throw": "throw 1", "return": "co_return 1"}.get(node.form, node.form)
        self.line(f"if ({self.cond(node.cond)}) {words};")

    def write_skip(self, node):
        label = self.name("end")
        self.line(f"if (C({self.choice()})) goto {label};")
        self.line("{")
        self.block(node.body)
        self.line("}")
        self.line(f"{label}:;")

    def write_switch(self, node):
        self.line(f"switch (D({self.choice()}, {len(node.cases)})) {{")
        for number, case in enumerate(node.cases):
            last = number == len(node.cases) - 1
            self.line("default: {" if last else f"case {number}: {{")
            self.block(case.body)
            self.line("}")
            if not last:
                self.line("[[fallthrough]];" if case.falls else "break;")
        self.line("}")

    def write_try(self, node):
        self.line("try {")
        self.block(node.body)
        self.line("} catch (int) {" if node.form == "int" else "} catch (...) {")
        self.block(node.handler)
        self.line("}")

    def write_loop(self, node):
        getattr(self, "loop_" + node.form.replace("-", "_"))(node)

    def loop_for(self, node):
        count = self.name("n")
        step = f", {self.hop_expression(node.step)}" if node.step else ""
        self.line(f"for (int {count} = 0; {self.cond(node.cond)} && {count} < 2; ++{count}{step}) {{")
        self.block(node.body)
        self.line("}")

    def loop_while(self, node):
        count = self.name("n")
        self.line(f"int {count} = 2;")
        self.line(f"while ({self.cond(node.cond)} && {count}-- > 0) {{")
        self.block(node.body)
        self.line("}")

    def loop_do(self, node):
        count = self.name("n")
        self.line(f"int {count} = 2;")
        self.line("do {")
        self.block(node.body)
        self.line(f"}} while ({self.cond(node.cond)} && --{count} > 0);")

    def loop_range(self, node):
        name = self.name("i")
        self.line(f"for ([[maybe_unused]] int {name} : rounds({self.choice()})) {{")
        self.block(node.body)
        self.line("}")

    def loop_slow_range(self, node):
        name = self.name("i")
        self.line(f"for ([[maybe_unused]] int {name} : slow_rounds({self.site('range')}, {self.choice()})) {{")
        self.block(node.body)
        self.line("}")

    def loop_ever(self, node):
        count = self.name("n")
        self.line(f"for (int {count} = 0;; ++{count}) {{")
        self.depth += 1
        self.line(f"if (!({self.cond(node.cond)})) break;")
        self.line(f"if ({count} == 2) break;")
        self.depth -= 1
        self.block(node.body)
        self.line("}")

    def loop_back(self, node):
        count, label = self.name("n"), self.name("again")
        self.line(f"int {count} = 2;")
        self.line(f"{label}: {{")
        self.block(node.body)
        self.line("}")
        self.line(f"if ({self.cond(node.cond)} && --{count} > 0) goto {label};")

    # ---- coroutines ----------------------------------------------------------------------------------------------------
    def write_await(self, node):
        if node.form == "later":
            name = self.name("t")
            self.line(f"auto {name} = {node.target}({self.arguments});")
            self.line(f"{self.awaited(f'std::move({name})', node.mode)};")
            return
        child = self.child(node.target, node.mode)
        self.line({"statement": "{};", "value": "[[maybe_unused]] int {v} = {};", "argument": "use({});",
                   "and": "use(C({k}) && {});", "ternary": "use(C({k}) ? {} : 0);"}[node.form].format(
                       child, v=self.name("v"), k=self.choice() if node.form in ("and", "ternary") else 0))

    def child(self, target, mode):
        return self.awaited(f"{target}({self.arguments})", mode)

    def write_inner(self, node):
        name = self.name("f")
        self.line(f"auto {name} = []([[maybe_unused]] {self.type_of_loop} &{self.loop}, "
                  f"[[maybe_unused]] {self.type_of_pool} &{self.pool}) -> {self.coroutine_type(False)} {{")
        self.block(node.body)
        self.line("  co_return 1;")
        self.line("};")
        self.line(f"{self.child(name, node.mode)};")

    def write_spawn(self, node):
        self.line(self.spawn(node.target, node.where))

    # ---- handlers ------------------------------------------------------------------------------------------------------
    def write_send(self, node):
        used = [n.where for body in node.body for n in walk(body) if isinstance(n, Send)]
        captures = [f"&{name}" for where, name in (("loop", self.loop), ("pool", self.pool)) if where in used]
        before, after = self.sender(node.where, node.form)
        if node.where == "thread":
            before, after = ("in_thread(", ");") if node.form == "wrapper" else ("keep(std::thread(", "));")
        self.line(f"{before}[{', '.join(captures)}] {{")
        self.block(node.body)
        self.line("}" + after)
