// Classes that own or borrow an executor: each object's work runs where that object's executor is.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;

void writeJournal(int file) { ::fsync(file); }

class DiskPool {
public:
  void submit(std::function<void()> job) { asio::post(threads, std::move(job)); }
  template <class F> void submitAny(F &&job) { asio::post(threads.get_executor(), std::forward<F>(job)); }
  void submitBoth(std::function<void()> job) { submit([job] { job(); }); }

private:
  asio::thread_pool threads{2};
};

class Reactor {
public:
  void submit(std::function<void()> job) { asio::post(loop, std::move(job)); }
  template <class F> void submitAny(F &&job) { asio::dispatch(loop.get_executor(), std::forward<F>(job)); }
  void run() { loop.run(); }

private:
  asio::io_context loop{1};
  asio::steady_timer heartbeat{loop};
};

// The same class for both.
class Dispatcher {
public:
  explicit Dispatcher(asio::any_io_executor where) : executor(std::move(where)) {}
  void submit(std::function<void()> job) { asio::post(executor, std::move(job)); }
  template <class F> void submitAny(F job) { asio::post(executor, std::move(job)); }

private:
  asio::any_io_executor executor;
};

struct Background {
  static void submit(std::function<void()> job) { asio::post(threads(), std::move(job)); }
  static asio::thread_pool &threads() {
    static asio::thread_pool all(2);
    return all;
  }
  static inline asio::thread_pool spare{1};
  static void submitSpare(std::function<void()> job) { asio::post(spare, std::move(job)); }
};

class Service {
protected:
  explicit Service(asio::any_io_executor where) : where(where) {}
  void later(std::function<void()> job) { asio::post(where, std::move(job)); }
  asio::any_io_executor where;
};

class Compactor : Service {
public:
  explicit Compactor(asio::thread_pool &threads) : Service(threads.get_executor()) {}
  void compact() {
    later([] { writeJournal(1); });
  }
};

class Announcer : Service {
public:
  explicit Announcer(tcp::socket &peer) : Service(peer.get_executor()) {}
  void announce() {
    later([] {
      writeJournal(2); // WARN: 'writeJournal' blocks the event loop in a lambda
    });
  }
};

asio::awaitable<void> owners(DiskPool &disk, Reactor &reactor) {
  disk.submit([] { writeJournal(1); });
  disk.submitAny([] { writeJournal(2); });
  disk.submitBoth([] { writeJournal(3); });
  Background::submit([] { writeJournal(4); });
  Background::submitSpare([] { writeJournal(5); });
  reactor.submit([] { writeJournal(6); });    // WARN: 'writeJournal' blocks the event loop in a lambda
  reactor.submitAny([] { writeJournal(7); }); // WARN: 'writeJournal' blocks the event loop in a lambda
  writeJournal(8);                            // WARN: 'writeJournal' blocks the event loop in coroutine 'owners'
  co_return;
}

asio::awaitable<void> borrowers(tcp::socket client, asio::thread_pool &threads) {
  Dispatcher disk(threads.get_executor());
  Dispatcher network(client.get_executor());
  disk.submit([] { writeJournal(1); });
  network.submit([] { writeJournal(2); }); // WARN: 'writeJournal' blocks the event loop in a lambda
  disk.submitAny([] { writeJournal(3); });
  network.submitAny([] { writeJournal(4); }); // WARN: 'writeJournal' blocks the event loop in a lambda

  auto sharedDisk = std::make_shared<Dispatcher>(threads.get_executor());
  auto ownNetwork = std::make_unique<Dispatcher>(client.get_executor());
  sharedDisk->submit([] { writeJournal(5); });
  ownNetwork->submit([] { writeJournal(6); }); // WARN: 'writeJournal' blocks the event loop in a lambda
  std::unique_ptr<DiskPool> ownDisk = std::make_unique<DiskPool>();
  ownDisk->submit([] { writeJournal(7); });
  co_return;
}

int main() {
  asio::thread_pool threads(2);
  DiskPool disk;
  Reactor reactor;
  Compactor(threads).compact();
  reactor.run();
}
