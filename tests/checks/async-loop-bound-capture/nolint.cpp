// NOLINT silences at the warning, at the hand-off, and at any call between; on the loop's side the use does not count.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <thread>

namespace asio = boost::asio;

void cancelQuietly(asio::steady_timer &timer) {
  timer.cancel(); // NOLINT(async-loop-bound-capture): the strand is held
}

void cancel(asio::steady_timer &timer) {
  timer.cancel(); // WARN: uses 'third' on another thread
}

asio::awaitable<void> first(asio::steady_timer first, asio::steady_timer second, asio::steady_timer third) {
  std::thread worker([&] {
    cancelQuietly(first);
    cancel(second); // NOLINT
    cancel(third);
  });
  std::thread([&] { first.cancel(); }).detach(); // NOLINT(async-loop-bound-capture)
  co_await first.async_wait(asio::use_awaitable);
  co_await second.async_wait(asio::use_awaitable);
  co_await third.async_wait(asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> notOnTheLoop(asio::steady_timer timer) {
  std::thread worker([&] { timer.cancel(); });
  co_await timer.async_wait(asio::use_awaitable); // NOLINT(async-*)
  worker.join();
}
