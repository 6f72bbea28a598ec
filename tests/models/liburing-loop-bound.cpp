// liburing: a ring belongs to one thread at a time.
// REQUIRES: common-tests, pack-liburing
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <boost/asio.hpp>
#include <liburing.h>
#include <thread>

boost::asio::awaitable<void> serve() {
  io_uring ring, other;
  std::thread([&ring] { io_uring_submit(&ring); }).detach(); // WARN: 'io_uring_submit' uses 'ring' on another thread
  io_uring_submit(&ring);
  // A ring of its own.
  std::thread([&other] { io_uring_submit(&other); }).detach();
  co_return;
}
