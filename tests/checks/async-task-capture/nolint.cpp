// NOLINT silences at the capture and at the hand-off.
// RUN: %check %s async-task-capture -- -pthread
#include <boost/asio.hpp>

namespace asio = boost::asio;

void use(int);

void quiet(asio::io_context &io) {
  int number = 1;
  asio::post(io, [&] { use(number); }); // NOLINT(async-task-capture)
  asio::post(io, [&] { // NOLINT(async-task-capture)
    use(number);
  });
  asio::post(io, [&] {
    use(number); // NOLINT(async-task-capture)
  });
  asio::post(io, [&] { use(number); }); // NOLINT(async-blocking-call) // WARN: 'number' is captured by reference
}
