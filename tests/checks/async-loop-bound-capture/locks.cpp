// A lock on one side proves nothing; the same lock on both sides keeps two calls apart, but no operation that is under way.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <mutex>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

// The loop does not know of the mutex.
class OneSided {
public:
  asio::awaitable<void> serve() {
    co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
  }

  void start() {
    worker = std::jthread([this] {
      std::lock_guard lock(mutex);            // NOTE: 'OneSided::mutex' is locked here, which does not keep the two apart
      socket.set_option(tcp::no_delay(true)); // WARN: uses 'OneSided::socket' on another thread
    });
  }

private:
  std::mutex mutex;
  tcp::socket socket;
  std::jthread worker;
};

// Both lock, also through a helper; the operation goes on after the lock was given back.
class UnderWay {
public:
  void read() {
    std::lock_guard lock(mutex);
    socket.async_read_some(asio::buffer(data), [](auto, auto) {});
  }

  void start() {
    worker = std::jthread([this] {
      mutex.lock(); // NOTE: an operation goes on on the event loop after its start
      hangUp();
      mutex.unlock();
    });
  }

private:
  void hangUp() {
    socket.close(); // WARN: uses 'UnderWay::socket' on another thread
  }

  std::mutex mutex;
  tcp::socket socket;
  std::jthread worker;
  char data[64];
};

// The lock is given back before.
class GivenBack {
public:
  asio::awaitable<void> serve() {
    std::unique_lock lock(mutex);
    socket.set_option(tcp::no_delay(true));
    co_return;
  }

  void start() {
    worker = std::jthread([this] {
      std::unique_lock lock(mutex);
      lock.unlock();
      socket.set_option(tcp::no_delay(true)); // WARN: uses 'GivenBack::socket' on another thread
    });
    second = std::jthread([this] {
      mutex.lock();
      mutex.unlock();
      socket.shutdown(tcp::socket::shutdown_both); // WARN: uses 'GivenBack::socket' on another thread
    });
    third = std::jthread([this] {
      {
        std::lock_guard lock(mutex);
      }
      socket.close(); // WARN: uses 'GivenBack::socket' on another thread
    });
  }

private:
  std::mutex mutex;
  tcp::socket socket;
  std::jthread worker, second, third;
};

// Two mutexes are no mutex.
class TwoMutexes {
public:
  asio::awaitable<void> serve() {
    std::lock_guard lock(ours);
    socket.set_option(tcp::no_delay(true));
    co_return;
  }

  void start() {
    worker = std::jthread([this] {
      std::lock_guard lock(theirs);
      socket.set_option(tcp::no_delay(true)); // WARN: uses 'TwoMutexes::socket' on another thread
    });
  }

private:
  std::mutex ours, theirs;
  tcp::socket socket;
  std::jthread worker;
};

// ---- right: all uses are calls that are over before the lock is given back

class Locked {
public:
  asio::awaitable<void> serve() {
    std::scoped_lock lock(mutex);
    configure();
    co_return;
  }

  void start() {
    worker = std::jthread([this] {
      std::lock_guard lock(mutex);
      socket.set_option(tcp::no_delay(true));
    });
    second = std::jthread([this] {
      mutex.lock();
      configure();
      mutex.unlock();
    });
  }

private:
  void configure() { socket.set_option(tcp::no_delay(true)); }

  std::mutex mutex;
  tcp::socket socket;
  std::jthread worker, second;
};
