// NOLINT at the await.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <vector>

using boost::asio::awaitable;

awaitable<int> compute(int input) { co_await aWhile(); co_return input * input; }

awaitable<int> sum(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs)
    total += co_await compute(input); // NOLINT(async-sequential-await)
  // NOLINTNEXTLINE
  int a = co_await compute(1);
  int b = co_await compute(2);
  for (int input : inputs)
    total += co_await compute(input); // NOLINT(async-blocking-call) // WARN: one 'compute' after the other
  co_return total + a + b;
}
