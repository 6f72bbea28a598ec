// Work for other threads, one after the other.
// RUN: %check %s async-sequential-await -- -pthread
#include <boost/asio.hpp>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::co_spawn;
using asio::use_awaitable;

int compute(int input) {
  std::this_thread::sleep_for(std::chrono::milliseconds(input));
  return input * input;
}
awaitable<int> task(int input) { co_return compute(input); }

int calls;
awaitable<int> counted(int input) { co_return input + calls++; }

awaitable<int> pooled(std::vector<int> inputs, asio::thread_pool &pool) {
  int total = 0;
  for (int input : inputs)
    total += co_await co_spawn(pool, task(input), use_awaitable); // WARN: one 'task' after the other // NOTE: 'co_spawn' runs it on 'pool'; 'task' changes nothing that others see
  for (int input : inputs)
    total += co_await co_spawn( // WARN: one 'lambda' after the other
        pool, [input]() -> awaitable<int> { co_return compute(input); }, use_awaitable);
  for (int input : inputs)
    total += co_await co_spawn(pool.get_executor(), task(input), use_awaitable); // WARN: one 'task' after the other
  co_return total;
}

awaitable<int> not_by_value(std::vector<int> inputs, asio::thread_pool &pool) {
  int total = 0, shared = 1;
  for (int input : inputs)
    total += co_await co_spawn(
        pool, [&]() -> awaitable<int> { co_return compute(input + shared); }, use_awaitable);
  for (int input : inputs)
    total += co_await co_spawn(pool, counted(input), use_awaitable);
  // A strand runs one thing at a time.
  auto strand = asio::make_strand(pool);
  for (int input : inputs)
    total += co_await co_spawn(strand, task(input), use_awaitable);
  // So often, and not for each of them.
  for (int input : inputs) {
    total += input;
    total += co_await co_spawn(pool, task(1), use_awaitable);
  }
  co_return total;
}

// It only goes elsewhere, and back.
awaitable<int> hops(std::vector<int> inputs, asio::thread_pool &pool) {
  int total = 0;
  for (int input : inputs) {
    co_await asio::post(asio::bind_executor(pool, use_awaitable));
    total += compute(input);
    co_await asio::post(use_awaitable);
  }
  co_return total;
}

// On the loop itself there is nothing to wait for: to run them together makes nothing faster.
awaitable<int> inline_(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs)
    total += co_await task(input);
  int one = co_await task(1);
  int two = co_await task(2);
  co_return total + one + two;
}
