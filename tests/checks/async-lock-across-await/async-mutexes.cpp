// Mutexes that are made for coroutines are held while one sleeps; that is what they are for. So are all of which nothing is known.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <mutex>

namespace coro {
class scoped_lock {
public:
  ~scoped_lock();
};
class mutex {
public:
  struct Locked {
    bool await_ready();
    bool await_suspend(std::coroutine_handle<>);
    scoped_lock await_resume();
  };
  Locked scoped_lock();
  Locked lock();
  void unlock();
};
} // namespace coro

namespace cppcoro {
class async_mutex {
public:
  Reply lock_async();
  Reply scoped_lock_async();
  bool try_lock();
  void unlock();
};
} // namespace cppcoro

coro::mutex mutex;
cppcoro::async_mutex other;

Task<> scoped() {
  auto lock = co_await mutex.scoped_lock();
  co_await request();
}

Task<> byHand() {
  co_await mutex.lock();
  co_await request();
  mutex.unlock();
}

Task<> adopted() {
  co_await other.lock_async();
  std::lock_guard lock(other, std::adopt_lock);
  co_await request();
}

Task<> tried() {
  if (other.try_lock()) {
    co_await request();
    other.unlock();
  }
}

// A mutex of the program's own: the standard's guards say nothing of what it does.
struct Turnstile {
  void lock();
  void unlock();
};
Turnstile turnstile;

Task<> unknown() {
  std::lock_guard lock(turnstile);
  co_await request();
}
