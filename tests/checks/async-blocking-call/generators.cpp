// A generator runs on whoever advances it, so it is not a root by itself.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <coroutine>
#include <unistd.h>

template <class T> struct Sequence {
  struct promise_type {
    T current;
    Sequence get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T value) {
      current = value;
      return {};
    }
    void return_void() {}
    void unhandled_exception() {}
  };
};

Sequence<int> readings() {
  for (int i = 0;; ++i) {
    ::sleep(1);
    co_yield i;
  }
}
