// What a member keeps is what a thread runs.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <thread>

namespace asio = boost::asio;

class Jobs {
public:
  void start() {
    job = [this] {
      timer.cancel(); // WARN: uses 'Jobs::timer' on another thread
    };
    std::thread([this] { job(); }).detach(); // NOTE: 'std::thread::thread' runs what 'Jobs::job' keeps on another thread here
  }

  asio::awaitable<void> serve() { co_await timer.async_wait(asio::use_awaitable); }

private:
  asio::steady_timer timer;
  std::function<void()> job;
};

class Handed {
public:
  void start() {
    job = [this] {
      timer.cancel(); // WARN: uses 'Handed::timer' on another thread
    };
    std::thread(job).detach(); // NOTE: 'std::thread::thread' runs what 'Handed::job' keeps on another thread here
  }

  asio::awaitable<void> serve() { co_await timer.async_wait(asio::use_awaitable); }

private:
  asio::steady_timer timer;
  std::function<void()> job;
};
