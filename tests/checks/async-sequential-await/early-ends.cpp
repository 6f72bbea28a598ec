// Loops that may end early, or of which nobody knows how long they go on.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <coroutine>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;

awaitable<int> compute(int input) { co_await aWhile(); co_return input * input; }

awaitable<int> found(std::vector<int> inputs) {
  std::vector<int> tried;
  for (int input : inputs) {
    int result = co_await compute(input);
    tried.push_back(result);
    if (result > 10)
      break;
  }
  for (int input : inputs)
    if (int result = co_await compute(input); result > 10)
      co_return result;
  co_return 0;
}

awaitable<int> thrown(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs) {
    int result = co_await compute(input);
    if (result < 0)
      throw std::runtime_error("negative");
    total += result;
  }
  co_return total;
}

awaitable<int> unbounded(int start) {
  int total = 0;
  while (total < 100)
    total += co_await compute(start);
  do
    total += co_await compute(total);
  while (total < 1000);
  for (;;)
    total += co_await compute(start);
}

awaitable<int> endless(std::vector<int> inputs) {
  std::vector<int> results;
  for (int i : std::views::iota(0))
    results.push_back(co_await compute(i));
  co_return results.back();
}

// Each is tried until it works.
awaitable<void> retried(std::vector<int> inputs) {
  std::vector<int> results;
  for (int input : inputs) {
    int result = 0;
    while (result == 0)
      result = co_await compute(input);
    results.push_back(result);
  }
}

// A break of an inner loop or of a switch is none of the loop's.
awaitable<int> inner(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs) {
    int result = co_await compute(input); // WARN: one 'compute' after the other
    switch (result) {
    case 0:
      break;
    default:
      total += result;
    }
    for (int i = 0; i < 3; ++i)
      if (i == result)
        break;
  }
  co_return total;
}

// A flag that others may set while the loop waits stops it.
bool stopped;
struct Worker {
  bool paused = false;
  std::vector<int> queue;
  awaitable<int> run(std::vector<int> inputs, bool doubled) {
    int total = 0;
    for (int input : inputs) {
      if (paused)
        continue;
      total += co_await compute(input);
    }
    for (int input : inputs) {
      if (!stopped)
        total += co_await compute(input);
    }
    for (size_t i = 0; i < queue.size(); ++i)
      total += co_await compute(int(i));
    for (int input : inputs) {
      if (doubled)
        input *= 2;
      total += co_await compute(input); // WARN: one 'compute' after the other
    }
    co_return total;
  }
};
