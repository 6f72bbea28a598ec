// What looks like a proof, and is none, is named.
// RUN: %check %s async-loop-bound-capture -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;

// "It is only close()."
class Watchdog {
public:
  asio::awaitable<void> serve() {
    co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable);
  }

  void start() {
    worker = std::jthread([this] {
      socket.cancel(); // WARN: uses 'Watchdog::socket' on another thread // NOTE: 'boost::asio::basic_socket::cancel' ends what is under way, and is a use like any other
    });
  }

private:
  tcp::socket socket;
  std::jthread worker;
};

// The thread is joined, in another function.
class Joined {
public:
  asio::awaitable<void> serve() {
    co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable);
  }

  void start() {
    worker = std::thread([this] {
      socket.set_option(tcp::no_delay(true)); // WARN: uses 'Joined::socket' on another thread
    });
    crew.emplace_back([this] {
      socket.close(); // WARN: uses 'Joined::socket' on another thread
    });
  }

  void stop() {
    worker.join(); // NOTE: 'std::thread::join' waits for the thread here; that this comes before
    for (auto &thread : crew)
      thread.join(); // NOTE: 'std::thread::join' waits for the thread here; that this comes before
  }

private:
  tcp::socket socket;
  std::thread worker;
  std::vector<std::thread> crew;
};

// ---- right: one function starts the threads, waits for them, and goes on

asio::awaitable<void> crewIsDone(tcp::socket socket) {
  std::vector<std::thread> crew;
  for (int i = 0; i < 4; ++i)
    crew.emplace_back([&] { socket.set_option(tcp::no_delay(true)); });
  for (auto &thread : crew)
    thread.join();
  co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable);
}
