#!/usr/bin/env python3
"""Writes a program of SIZE services, each with wrappers, members, executors and handlers of its own.

    growth.py SIZE > program.cpp
    growth.py SIZE hub > program.cpp
    growth.py SIZE layers|bare-layers > program.cpp

In the second, each service has a timer, a loop and a pool of its own, and any may call any other. In the third, layers of SIZE functions
hand a box down, each another part of it, and all call all of the next layer; the last keeps a callback in it, or in bare layers does not.

Only declarations stand for the libraries, so that Clang's share is small and that of the analysis shows.
"""
import sys

SERVICE = """
class Service{n} {{
public:
  Service{n}(Executor executor, std::function<void()> done) : executor(executor), done(done) {{}}
  void start() {{
    post(executor, [this] {{ finish(); }});
    later{n}(executor, [this] {{ step(1); }});
  }}
  void finish() {{ done(); }}
  int step(int depth) {{ return depth > 9 ? helper{n}(depth) : step(depth + 1); }}
private:
  Executor executor;
  std::function<void()> done;
}};
Task session{n}(Executor executor) {{
  Service{n} service(executor, [] {{ helper{n}(1); }});
  service.start();
  now{n}([&] {{ helper{n}(2); }});
  co_await {previous}(executor);
}}
"""

HELPERS = """
inline int helper{n}(int x) {{ return {blocks}; }}
inline void later{n}(Executor executor, std::function<void()> job) {{ post(executor, [job] {{ job(); }}); }}
inline void now{n}(const std::function<void()> &job) {{ job(); }}
"""

HEAD = """#include <coroutine>
#include <functional>
#include <unistd.h>
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};
struct Executor { int number; };
void post(Executor, std::function<void()>);
Task first(Executor) { co_return; }
"""

HUB_HEAD = """namespace asio {
struct io_context { void run(); };
struct thread_pool {};
struct basic_waitable_timer {
  explicit basic_waitable_timer(io_context &);
  void cancel();
  template <class F> void async_wait(F);
};
template <class E, class F> void post(E &, F);
} // namespace asio
void route(int to);
"""

HUB_SERVICE = """
asio::io_context loop{n};
struct Service{n} {{
  asio::io_context &context;
  asio::thread_pool pool;
  asio::basic_waitable_timer timer;
  explicit Service{n}(asio::io_context &context) : context(context), timer(context) {{}}
  void start() {{
    asio::post(context, [this] {{ step(1); }});
    asio::post(pool, [this] {{ step(2); }});
    timer.async_wait([this](int) {{ step(3); }});
  }}
  void step(int to) {{ timer.cancel(); route(to); }}
}} service{n}(loop{n});
void start{n}() {{ service{n}.start(); }}
"""

HUB_ROUTE = "  if (to == {n}) service{n}.step(to + 1);"


LAYERS = 8


def layers(size, keeps):
    print("#include <functional>\n#include <unistd.h>\nstruct Box { std::function<void()> callback; int number;")
    for part in range(size):
        print(f"  Box *part{part};")
    print("};")
    last = "box.callback = [&box] { ::sleep(unsigned(box.number)); }; box.callback();"
    print("void last(Box &box) { ::sleep(1);", last if keeps else "", "}")
    for layer in range(LAYERS):
        for n in range(size):
            print(f"void step{layer}_{n}(Box &box) {{")
            for callee in range(size):
                print(f"  step{layer - 1}_{callee}(*box.part{n});" if layer else "  last(*box.part0);" if callee == 0 else "")
            print("}")
    return 0


def main():
    size = int(sys.argv[1])
    if sys.argv[2:] == ["hub"]:
        print(HUB_HEAD)
        for n in range(size):
            print(HUB_SERVICE.format(n=n))
        print("void route(int to) {")
        for n in range(size):
            print(HUB_ROUTE.format(n=n))
        print("}")
        return
    if sys.argv[2:] in (["layers"], ["bare-layers"]):
        return layers(size, keeps=sys.argv[2] == "layers")
    print(HEAD)
    for n in range(size):
        blocks = "int(::sleep(unsigned(x)))" if n % 10 == 0 else f"helper{n - 1}(x + 1)"
        print(HELPERS.format(n=n, blocks=blocks))
        print(SERVICE.format(n=n, previous=f"session{n - 1}" if n % 10 else "first"))


main()
