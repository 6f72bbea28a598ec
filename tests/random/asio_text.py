"""The text of programs with Boost.Asio."""
from text import Text

HOPS = {
    "post-pool": "co_await asio::post(asio::bind_executor(pool, asio::use_awaitable))",
    "post-pool-executor": "co_await asio::post(asio::bind_executor(pool.get_executor(), asio::use_awaitable))",
    "dispatch-pool": "co_await asio::dispatch(asio::bind_executor(pool, asio::use_awaitable))",
    "defer-pool": "co_await asio::defer(asio::bind_executor(pool, asio::use_awaitable))",
    "post-loop": "co_await asio::post(asio::bind_executor(io, asio::use_awaitable))",
    "post-home": "co_await asio::post(asio::use_awaitable)",
    "post-executor": "co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable)",
    "post-through-pool": "co_await asio::post(pool, asio::use_awaitable)",  # and back
    "dispatch-home": "co_await asio::dispatch(asio::use_awaitable)",
    "post-pool-deferred": "co_await asio::post(asio::bind_executor(pool, asio::deferred))",
    "post-pool-function": "co_await to_pool(pool)",
}
# What needs a variable: its declaration, and the hop.
WITH_VARIABLE = {
    "timer-pool": ("asio::steady_timer {}(co_await asio::this_coro::executor, std::chrono::nanoseconds(0))",
                   "co_await {}.async_wait(asio::bind_executor(pool, asio::use_awaitable))"),
    "timer-home": ("asio::steady_timer {}(co_await asio::this_coro::executor, std::chrono::nanoseconds(0))",
                   "co_await {}.async_wait(asio::use_awaitable)"),
    "pool-timer-home": ("asio::steady_timer {}(pool, std::chrono::nanoseconds(0))",
                        "co_await {}.async_wait(asio::use_awaitable)"),
    "strand-pool": ("auto {} = asio::make_strand(pool.get_executor())",
                    "co_await asio::post(asio::bind_executor({}, asio::use_awaitable))"),
    "executor": ("[[maybe_unused]] auto {} = co_await asio::this_coro::executor",),
}


class AsioText(Text):
    header = "asio_world.h"
    type_of_loop = "asio::io_context"
    type_of_pool = "asio::thread_pool"
    loop = "io"
    pool = "pool"
    # The pool ends when nothing is left for it to do. What it gave to the loop last is run at the end.
    run_of_program = ("asio::io_context io;", "asio::thread_pool pool(1);",
                      "asio::co_spawn(io, root(io, pool), asio::detached);", "io.run();", "pool.join();",
                      "truth::join_threads();", "io.restart();", "io.run();")

    def coroutine_type(self, _comes_home):
        return "asio::awaitable<int>"

    def spawn(self, target, where):
        return f"asio::co_spawn({'io' if where == 'loop' else 'pool'}, {target}({self.arguments}), asio::detached);"

    def awaited(self, task, mode):
        if mode == "here":
            return f"co_await {task}"
        return f"co_await asio::co_spawn({'io' if mode == 'loop' else 'pool'}, {task}, asio::use_awaitable)"

    def hop_expression(self, kind):
        return HOPS[kind]

    def write_hop(self, node):
        if node.kind in HOPS:
            self.line(HOPS[node.kind] + ";")
            return
        name = self.name("x")
        for line in WITH_VARIABLE[node.kind]:
            self.line(line.format(name) + ";")

    def sender(self, where, form):
        context = "io" if where == "loop" else "pool"
        return (f"in_{where}({context}, " if form == "wrapper" else f"asio::post({context}, "), ");"
