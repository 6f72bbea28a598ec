// A callable given to an algorithm is called by it.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <algorithm>
#include <functional>
#include <numeric>
#include <unistd.h>
#include <vector>

using app::Task;

bool slowTest(int value) {
  ::usleep(1);
  return value > 0;
}

struct SlowLess {
  template <class A, class B> bool operator()(const A &a, const B &b) const {
    ::usleep(1);
    return a < b;
  }
};

Task<int> session(std::vector<int> values) {
  std::for_each(values.begin(), values.end(), [](int) { ::sleep(1); }); // WARN: 'lambda' blocks the event loop // NOTE: 'session' has 'std::for_each' call 'lambda' here
  auto n = std::count_if(values.begin(), values.end(), slowTest);       // WARN: 'slowTest' blocks the event loop
  std::sort(values.begin(), values.end(), SlowLess());                  // WARN: 'SlowLess::operator()' blocks the event loop
  std::ranges::for_each(values, [](int) { ::sleep(1); });               // WARN: 'lambda' blocks the event loop
  std::invoke(slowTest, 1);                                             // WARN: 'slowTest' blocks the event loop
  std::for_each(values.begin(), values.end(), [](int) {});
  co_return int(n) + std::accumulate(values.begin(), values.end(), 0, [](int a, int b) { return a + b; });
}
