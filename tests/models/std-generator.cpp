// std::generator, which neither library has yet: it runs on whoever advances it.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain
#include "../checks/async-blocking-call/Inputs/task.h"
#include <coroutine>
#include <iterator>
#include <unistd.h>

namespace std {
template <class Ref, class Value = void, class Allocator = void> class generator {
  class iterator;

public:
  class promise_type {
  public:
    generator get_return_object() noexcept;
    suspend_always initial_suspend() noexcept;
    suspend_always final_suspend() noexcept;
    suspend_always yield_value(Ref &&) noexcept;
    void return_void() noexcept;
    void unhandled_exception();
  };
  iterator begin();
  default_sentinel_t end() const noexcept { return {}; }
};
template <class Ref, class Value, class Allocator>
class generator<Ref, Value, Allocator>::iterator {
public:
  Ref operator*() const noexcept;
  iterator &operator++();
  friend bool operator==(const iterator &, default_sentinel_t) noexcept { return true; }
};
} // namespace std

using app::Task;

std::generator<int> readings() {
  ::sleep(1);
  co_yield 1;
}
std::generator<int> numbers() { co_yield 1; }

int sum(std::generator<int> source) {
  int total = 0;
  for (int value : source)
    total += value;
  return total;
}

Task<int> advances() {
  for (int number : numbers())
    (void)number;
  for (int reading : readings()) // WARN: 'readings' blocks the event loop in coroutine 'advances': it reaches 'sleep' (sleep)
    (void)reading;
  auto source = readings();
  auto first = source.begin();   // WARN: 'readings' blocks
  int total = sum(numbers());
  total += sum(readings());      // WARN: 'sum' blocks the event loop in coroutine 'advances'
  auto unused = readings();
  co_return total;
}

// Not on a loop.
int main() {
  return sum(readings());
}
