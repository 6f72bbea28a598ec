// A stand-in for an asynchronous library, in the namespace LIB, and a program that uses it.
#include <coroutine>
#include <unistd.h>

namespace LIB {

struct io_context {
  struct basic_executor_type {};
  basic_executor_type get_executor();
  void run();
};
struct thread_pool {
  struct basic_executor_type {};
  basic_executor_type get_executor();
};
struct any_io_executor {
  template <class T> any_io_executor(T);
};
template <class Inner> struct strand {};
template <class T> strand<typename T::basic_executor_type> make_strand(T &);

template <class T = void> struct awaitable {
  struct promise_type {
    awaitable get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

struct basic_waitable_timer {
  explicit basic_waitable_timer(any_io_executor);
  void wait();
};

template <class Executor, class F> void post(Executor &&, F f) { f(); }
template <class Executor, class F> void co_spawn(Executor &&, F f) { ::sleep(1); }

} // namespace LIB

void slow() { ::sleep(1); }

LIB::awaitable<> onThePool() {
  slow();
  co_return;
}

LIB::awaitable<> onTheLoop(LIB::io_context &loop, LIB::thread_pool &pool) {
  LIB::basic_waitable_timer timer(loop.get_executor());
  timer.wait();
  LIB::post(pool, [] { slow(); });
  LIB::co_spawn(pool, onThePool());
  LIB::co_spawn(LIB::make_strand(pool), onThePool());
  slow();
  loop.run();
  co_return;
}

int main() {
  LIB::io_context loop;
  LIB::thread_pool pool;
  LIB::co_spawn(loop, onTheLoop(loop, pool));
}
