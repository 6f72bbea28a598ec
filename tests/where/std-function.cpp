// std::function as parameter, member, local and result: what counts is who calls it.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <map>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

asio::thread_pool pool(2);

void syncTable(int file) { ::fsync(file); }

void visitRows(const std::function<void(int)> &visit) {
  for (int row = 0; row < 3; ++row)
    visit(row);
}

std::function<void()> makeFlusher(int file) {
  return [file] { syncTable(file); };
}

std::function<void()> makeIdle() {
  return [] {};
}

void offLoad(std::function<void()> work, std::function<void()> done) {
  asio::post(pool, [work = std::move(work), done = std::move(done)] {
    work();
    done();
  });
}

// Kept in a member, called by a handler of the timer.
class Ticker {
public:
  explicit Ticker(asio::io_context &loop) : timer(loop) {}
  void onTick(std::function<void()> handler) { tick = std::move(handler); }
  void start() {
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([this](error_code error) {
      if (!error)
        tick();
    });
  }

private:
  asio::steady_timer timer;
  std::function<void()> tick;
};

// Kept in a member, called on the pool only.
class Vacuum {
public:
  explicit Vacuum(std::function<void()> step) : step(std::move(step)) {}
  void start() {
    asio::post(pool, [this] { step(); });
  }

private:
  std::function<void()> step;
};

// Kept and never called.
class Registry {
public:
  void add(const std::string &name, std::function<void()> command) { commands[name] = std::move(command); }
  std::size_t size() const { return commands.size(); }

private:
  std::map<std::string, std::function<void()>> commands;
};

asio::awaitable<void> query(tcp::socket client, Registry &registry) {
  std::function<void()> flush = [] { syncTable(1); };
  flush(); // WARN: 'lambda' blocks the event loop in coroutine 'query'
  std::function<void()> copy = flush;
  copy(); // WARN: 'lambda' blocks the event loop in coroutine 'query'
  std::function<void()> reassigned = [] {};
  reassigned = [] { syncTable(2); };
  reassigned(); // WARN: 'lambda' blocks the event loop in coroutine 'query'
  std::function<void()> idle = [] {};
  idle();
  std::function<void(int)> direct = syncTable;
  direct(3); // WARN: 'syncTable' blocks the event loop in coroutine 'query'

  visitRows([](int row) { syncTable(row); }); // WARN: 'visitRows' blocks the event loop in coroutine 'query'
  visitRows([](int) {});
  visitRows(syncTable); // WARN: 'visitRows' blocks the event loop in coroutine 'query'

  auto flusher = makeFlusher(4);
  flusher();        // WARN: blocks the event loop in coroutine 'query'
  makeFlusher(5)(); // WARN: blocks the event loop in coroutine 'query'
  makeIdle()();
  asio::post(pool, makeFlusher(6));
  asio::post(pool, flusher);

  offLoad([] { syncTable(7); }, [] { syncTable(8); });
  registry.add("flush", [] { syncTable(9); });
  std::function<void()> never = [] { syncTable(10); };
  co_return;
}

int main() {
  asio::io_context loop;
  Ticker ticker(loop);
  ticker.onTick([] { syncTable(11); });  // WARN: 'syncTable' blocks the event loop in a lambda
  ticker.start();
  Vacuum vacuum([] { syncTable(12); });
  vacuum.start();
  loop.run();
}
