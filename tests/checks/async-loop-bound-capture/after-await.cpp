// Threads that a coroutine starts after an await, and what it does then.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <thread>

namespace asio = boost::asio;

asio::awaitable<void> startsLate(asio::steady_timer &pause) {
  asio::steady_timer timer(pause.get_executor());
  co_await pause.async_wait(asio::use_awaitable);
  std::thread([&timer] { timer.cancel(); }).detach(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread, while the event loop uses it
  timer.cancel();
}

asio::awaitable<void> waitsLate(asio::steady_timer &pause) {
  asio::steady_timer timer(pause.get_executor());
  co_await pause.async_wait(asio::use_awaitable);
  std::thread([&timer] { timer.cancel(); }).detach(); // WARN: uses 'timer' on another thread
  co_await timer.async_wait(asio::use_awaitable);
}

// What came before the thread is over.
asio::awaitable<void> givesAway(asio::steady_timer &pause) {
  asio::steady_timer timer(pause.get_executor());
  timer.cancel();
  co_await pause.async_wait(asio::use_awaitable);
  timer.cancel();
  std::thread([&timer] { timer.cancel(); }).detach();
  co_await pause.async_wait(asio::use_awaitable);
}

asio::awaitable<void> joins(asio::steady_timer &pause) {
  asio::steady_timer timer(pause.get_executor());
  co_await pause.async_wait(asio::use_awaitable);
  std::thread worker([&timer] { timer.cancel(); });
  worker.join();
  timer.cancel();
  co_await timer.async_wait(asio::use_awaitable);
}
