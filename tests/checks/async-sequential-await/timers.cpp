// Loops that wait on purpose.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using namespace std::chrono_literals;

awaitable<int> compute(int input) { co_await aWhile(); co_return input * input; }

awaitable<void> delay(std::chrono::milliseconds duration) {
  asio::steady_timer timer(co_await asio::this_coro::executor, duration);
  co_await timer.async_wait(use_awaitable);
}

// It takes its time, and brings something: five of these may take their time together.
awaitable<int> slowly(int input) {
  co_await delay(1s);
  co_return input;
}

awaitable<int> paced(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs) {
    total += co_await compute(input);
    co_await delay(100ms);
  }
  for (int input : inputs) {
    co_await delay(std::chrono::milliseconds(input));
    total += co_await compute(input);
  }
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (int input : inputs) {
    timer.expires_after(1s);
    co_await timer.async_wait(use_awaitable);
    total += co_await compute(input);
  }
  for (int input : inputs) {
    asio::steady_timer own(co_await asio::this_coro::executor, std::chrono::milliseconds(input));
    co_await own.async_wait(use_awaitable);
    total += co_await compute(input);
  }
  // As often as it takes: a sample, an attempt.
  for (int attempt = 0; attempt < 5; ++attempt)
    total += co_await compute(3);
  for (int input : inputs)
    total += co_await slowly(input); // WARN: one 'slowly' after the other
  co_return total;
}
