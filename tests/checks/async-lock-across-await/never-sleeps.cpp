// Awaits that never suspend are none: awaiters that are always ready or refuse to sleep, and children that do not sleep.
// RUN: %check %s async-lock-across-await -- -pthread
#include "Inputs/coroutines.h"
#include <boost/asio.hpp>
#include <mutex>

namespace asio = boost::asio;

std::mutex mutex;
int counter;

struct Now {
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 1; }
};

struct Refuses {
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<>) { return false; }
  int await_resume() { return 1; }
};

struct MayBeReady {
  bool ready;
  bool await_ready() const noexcept { return ready; }
  void await_suspend(std::coroutine_handle<>);
  int await_resume() { return 1; }
};

Task<> awaiters() {
  std::lock_guard lock(mutex);
  co_await Now();
  co_await Refuses();
  co_await std::suspend_never();
  co_await MayBeReady{true}; // WARN: lock of 'mutex' is held
}

asio::awaitable<void> executors() {
  std::lock_guard lock(mutex);
  auto executor = co_await asio::this_coro::executor;
  auto state = co_await asio::this_coro::cancellation_state;
  co_await asio::this_coro::throw_if_cancelled(false);
  asio::steady_timer timer(executor);
  static_cast<void>(state);
  co_await timer.async_wait(asio::use_awaitable); // WARN: lock of 'mutex' is held while coroutine 'executors' sleeps here
}

Task<int> plain() { co_return counter; }
Task<int> nested() { co_return co_await plain() + co_await Now(); }
Task<int> sleeper() { co_return co_await request(); }
Task<int> deep() { co_return co_await nested() + co_await sleeper(); }
Task<int> round(int n) { co_return n == 0 ? 0 : co_await round(n - 1) + co_await nested(); }
Task<int> elsewhere();

Task<> children() {
  std::lock_guard lock(mutex);
  co_await plain();
  co_await nested();
  co_await round(3);
  counter = co_await deep(); // WARN: lock of 'mutex' is held
  counter = co_await elsewhere();
}

Task<> unseen() {
  std::lock_guard lock(mutex);
  counter = co_await elsewhere(); // WARN: lock of 'mutex' is held
}

Task<> choice(bool isDeep) {
  std::lock_guard lock(mutex);
  counter = co_await (isDeep ? nested() : plain());
  counter = co_await (isDeep ? deep() : plain()); // WARN: lock of 'mutex' is held
}

struct Source {
  virtual ~Source() = default;
  virtual Task<int> load() { co_return 1; }
};

Task<> overridden(Source &source) {
  std::lock_guard lock(mutex);
  counter = co_await source.load(); // WARN: lock of 'mutex' is held
}

// A task that begins on another thread is slept for.
struct Elsewhere {
  struct promise_type {
    Elsewhere get_return_object() { return {}; }
    Reply initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume() {}
};

Elsewhere hopping() { co_return; }

Task<> hops() {
  std::lock_guard lock(mutex);
  co_await hopping(); // WARN: lock of 'mutex' is held
}
