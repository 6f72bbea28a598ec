// What one time round leaves, another needs.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <optional>
#include <string>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;

awaitable<int> compute(int input) { co_await aWhile(); co_return input * input; }
awaitable<std::string> page(std::string token) { co_await aWhile(); co_return token + "."; }

awaitable<int> value(int count) {
  int current = 1;
  for (int i = 0; i < count; ++i)
    current = co_await compute(current + i);
  co_return current;
}

awaitable<int> replaced(std::vector<int> inputs) {
  int last = 0;
  for (int input : inputs)
    last = co_await compute(input); // the last one counts
  co_return last;
}

awaitable<std::vector<std::string>> pages(int count) {
  std::vector<std::string> all;
  std::string token;
  for (int i = 0; i < count; ++i) {
    all.push_back(co_await page(token + std::to_string(i)));
    token = all.back();
  }
  co_return all;
}

awaitable<int> readSum(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs)
    total += co_await compute(input + total);
  co_return total;
}

awaitable<int> limited(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs) {
    if (total > 100)
      continue;
    total += co_await compute(input);
  }
  co_return total;
}

awaitable<std::vector<int>> bySize(std::vector<int> inputs) {
  std::vector<int> results;
  for (int input : inputs)
    results.push_back(co_await compute(input + int(results.size())));
  co_return results;
}

// The loop's own range.
awaitable<void> grows(std::vector<int> todo) {
  for (size_t i = 0; i < todo.size(); ++i)
    todo.push_back(co_await compute(int(i)));
}

awaitable<int> skips(int count) {
  int total = 0;
  for (int i = 0; i < count; ++i) {
    int step = co_await compute(i);
    total += step;
    i += step;
  }
  co_return total;
}

// Neighbours.
awaitable<void> prefix(std::vector<int> values) {
  for (size_t i = 1; i < values.size(); ++i)
    values[i] = co_await compute(values[i - 1]);
}

awaitable<void> oneSlot(std::vector<int> values, std::vector<int> &results) {
  for (int value : values)
    results[0] = co_await compute(value);
}

awaitable<double> quotient(std::vector<int> values) {
  double result = 1;
  for (int value : values)
    result /= co_await compute(value);
  co_return result;
}

// Through a pointer or reference, it may be anything.
awaitable<void> behind(std::vector<int> values, int *total) {
  std::vector<int> all;
  std::vector<int> &same = all;
  for (int value : values)
    same.push_back(co_await compute(value + int(all.size())));
  for (int value : values)
    *total += co_await compute(value);
}
