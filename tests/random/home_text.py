"""The text of programs with the home-made runtime."""
from text import Text

HOPS = {
    "pool": "co_await p.schedule()",
    "pool-function": "co_await to_pool(p)",
    "thread": "co_await on_new_thread()",
    "loop": "co_await l.schedule()",
    "nothing": "co_await nothing()",
    "go-on": "co_await go_on()",
}


class HomeText(Text):
    header = "runtime.h"
    type_of_loop = "loop"
    type_of_pool = "pool"
    loop = "l"
    pool = "p"
    run_of_program = ("pool &p = workers();", "spawn(main_loop, root(main_loop, p));", "main_loop.run();",
                      "p.wait_until_idle();", "truth::join_threads();", "main_loop.run();")

    def coroutine_type(self, comes_home):
        return "loop_task<int>" if comes_home else "task<int>"

    def spawn(self, target, where):
        return f"spawn({'l' if where == 'loop' else 'p'}, {target}({self.arguments}));"

    def awaited(self, task, mode):
        return f"co_await {task}" if mode == "here" else f"co_await offload(l, p, {task})"

    def hop_expression(self, kind):
        return f"co_await p.schedule_if(C({self.choice()}))" if kind == "pool-if" else HOPS[kind]

    def write_hop(self, node):
        self.line(self.hop_expression(node.kind) + ";")

    def sender(self, where, form):
        context = "l" if where == "loop" else "p"
        return (f"in_{where}({context}, " if form == "wrapper" else f"{context}.post("), ");"
