// Lambdas that are coroutines, members, and instances of templates.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <algorithm>
#include <string>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;

int calls;

template <class T> awaitable<T> twice(T value) { co_await aWhile(); co_return value + value; }
template <class T> awaitable<T> counted(T value) {
  co_await aWhile();
  ++calls;
  co_return value;
}

awaitable<int> instances(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs)
    total += co_await twice(input); // WARN: one 'twice' after the other
  for (int input : inputs)
    total += co_await counted(input);
  co_return total;
}

template <class T> awaitable<T> sum(std::vector<T> inputs) {
  T total{};
  for (T input : inputs)
    total += co_await twice(input); // WARN: one 'twice' after the other
  co_return total;
}
template awaitable<int> sum(std::vector<int>);
template awaitable<std::string> sum(std::vector<std::string>);

void start(asio::io_context &loop, std::vector<int> inputs) {
  asio::co_spawn(
      loop,
      [inputs]() -> awaitable<void> {
        int total = 0;
        for (int input : inputs)
          total += co_await twice(input); // WARN: one 'twice' after the other
        calls = total;
      },
      asio::detached);
}

// Lambdas inside of what is awaited: read where they are made.
awaitable<int> smallest(std::vector<int> values, int limit) {
  co_await aWhile();
  std::vector<int> result;
  std::copy_if(values.begin(), values.end(), std::back_inserter(result),
               [limit](int value) { return value > limit; });
  std::ranges::sort(result);
  std::for_each(result.begin(), result.end(), [&](int &value) { value += limit; });
  co_return result.empty() ? 0 : result.front();
}
awaitable<int> counts(std::vector<int> values) {
  co_await aWhile();
  std::for_each(values.begin(), values.end(), [](int value) { calls += value; });
  co_return values.front();
}
awaitable<int> through(std::vector<int> values, int (*function)(int)) { co_await aWhile(); co_return function(values[0]); }

awaitable<int> rows(std::vector<std::vector<int>> all, int limit) {
  int total = 0;
  for (const auto &row : all)
    total += co_await smallest(row, limit); // WARN: one 'smallest' after the other
  for (const auto &row : all)
    total += co_await counts(row);
  for (const auto &row : all)
    total += co_await through(row, [](int value) { return value; });
  co_return total;
}

// A lambda of the coroutine itself.
awaitable<int> own(std::vector<int> inputs) {
  int total = 0, seen = 0;
  auto square = [](int input) -> awaitable<int> {
    co_await aWhile();
    co_return input * input;
  };
  auto counting = [&seen](int input) -> awaitable<int> {
    ++seen;
    co_await aWhile();
    co_return input;
  };
  for (int input : inputs)
    total += co_await square(input); // WARN: one 'lambda' after the other
  for (int input : inputs)
    total += co_await counting(input);
  co_return total + seen;
}

// Structured bindings, and pointers to what is shared.
struct Item {
  int key = 0;
  int *counter = nullptr;
};
awaitable<int> bump(Item item) {
  co_await aWhile();
  ++*item.counter;
  co_return item.key;
}
awaitable<int> bindings(std::vector<std::pair<std::string, int>> pairs, std::vector<Item> items) {
  int total = 0;
  for (const auto &[name, number] : pairs)
    total += co_await twice(number) + int(name.size()); // WARN: one 'twice' after the other
  for (const Item &item : items)
    total += co_await bump(item);
  co_return total;
}
