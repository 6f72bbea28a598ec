// Asio: a session ends when nobody has done anything for a while. A thread that works for it says
// that it is still there, and moves the time of the loop's timer itself.
// REQUIRES: common-tests
// RUN: %check %s async-loop-bound-capture
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --complains "WARNING: ThreadSanitizer: data race" \
// RUN:   --complains "boost::asio::basic_waitable_timer" \
// RUN:   -- -fsanitize=thread -pthread
#include <boost/asio.hpp>

#include <atomic>
#include <chrono>
#include <exception>
#include <iostream>
#include <thread>

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto patience = 300ms;
constexpr int steps = 20;

class Session {
public:
  explicit Session(asio::io_context &loop) : idle_(loop, patience) {}

  // Each wait that ends too early is because there was some activity.
  asio::awaitable<void> watch() {
    while (idle_.expiry() > std::chrono::steady_clock::now())
      co_await idle_.async_wait(asio::as_tuple(asio::use_awaitable));
    std::cout << "ended after " << steps_done_ << " steps\n";
  }

  void work() {
    for (int step = 0; step < steps; ++step) {
      std::this_thread::sleep_for(5ms); // a computation
      report_progress();
    }
  }

private:
  void report_progress() {
    idle_.expires_after(patience); // WARN: 'boost::asio::basic_waitable_timer::expires_after' uses 'Session::idle_' on another thread, while the event loop uses it
    ++steps_done_;
  }

  asio::steady_timer idle_;
  std::atomic<int> steps_done_ = 0;
};

void rethrow(std::exception_ptr error) {
  if (error)
    std::rethrow_exception(error);
}

int main() {
  asio::io_context loop;
  Session session(loop);
  asio::co_spawn(loop, session.watch(), rethrow);
  std::jthread worker([&] { session.work(); });
  loop.run();
}
