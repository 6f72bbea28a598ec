// With proven confidence only uses on a loop that is seen count.
// RUN: %check %s async-loop-bound-capture --tidy-option=Confidence=proven --command-option=--confidence=proven -- -pthread
#include <boost/asio.hpp>
#include <thread>

namespace asio = boost::asio;

asio::awaitable<void> neverSpawned(asio::steady_timer timer) {
  std::thread worker([&] { timer.cancel(); });
  co_await timer.async_wait(asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> spawned(asio::steady_timer &timer) { // not presumed: no note that says so
  co_await timer.async_wait(asio::use_awaitable); // NOTE: on the event loop, coroutine 'spawned' uses it here
}

// EXACT-NOTES
int main() {
  asio::io_context loop;
  asio::steady_timer timer(loop);            // NOTE: 'timer' is declared here
  asio::co_spawn(loop, spawned(timer), asio::detached);
  std::thread worker([&] {                   // NOTE: 'std::thread::thread' runs a lambda on another thread here
    timer.cancel();                          // WARN: uses 'timer' on another thread // NOTE: ends what is under way // NOTE: instead: post the use to the loop
  });
  loop.run();
  worker.join();
}
