// Callbacks in members: whose object they were given to decides who calls them.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <unistd.h>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;

asio::thread_pool pool(2);

void writeSnapshot(int file) { ::fsync(file); }

// Set through a setter, called inline.
class Parser {
public:
  void onRecord(std::function<void(int)> handler) { record = std::move(handler); }
  void feed() { record(1); }

private:
  std::function<void(int)> record = [](int) {};
};

// Given to the constructor, called inline.
class Retry {
public:
  explicit Retry(std::function<void()> action) : action(std::move(action)) {}
  void run() { action(); }

private:
  std::function<void()> action;
};

// The same type is used by the loop and by the pool.
struct Step {
  std::function<void()> action;
  void run() const { action(); }
};

template <class Action> struct Guard {
  Action action;
  ~Guard() { action(); }
};

struct Options {
  int retries = 3;
  std::function<void()> onFailure;
  void (*onSuccess)() = nullptr;
};

struct Defaults {
  std::function<void()> flush = [] { writeSnapshot(2); };
  std::function<void()> idle = [] {};
};

class Sink {
public:
  virtual ~Sink() = default;
  virtual void write() = 0;
};
class DiskSink : public Sink {
public:
  void write() override { writeSnapshot(3); }
};
class MemorySink final : public Sink {
public:
  void write() override {}
};

class Exporter {
public:
  explicit Exporter(std::unique_ptr<Sink> sink) : sink(std::move(sink)) {}
  void exportAll() { sink->write(); }

private:
  std::unique_ptr<Sink> sink;
};

asio::awaitable<void> serve(tcp::socket client, Sink &any, MemorySink &memory) {
  Parser slow;
  slow.onRecord([](int record) { writeSnapshot(record); });
  slow.feed(); // WARN: 'Parser::feed' blocks the event loop in coroutine 'serve'
  Retry retry([] { writeSnapshot(4); });
  retry.run(); // WARN: 'Retry::run' blocks the event loop in coroutine 'serve'
  Options options{.onFailure = [] { writeSnapshot(5); }, .onSuccess = [] {}};
  options.onFailure(); // WARN: blocks the event loop in coroutine 'serve'
  options.onSuccess();
  Defaults defaults;
  defaults.flush(); // WARN: blocks the event loop in coroutine 'serve'
  defaults.idle();
  {
    Guard guard{[] { writeSnapshot(6); }}; // WARN: 'Guard::~Guard' blocks the event loop in coroutine 'serve'
  }
  any.write(); // WARN: 'Sink::write' blocks the event loop in coroutine 'serve'
  memory.write();
  Exporter exporter(std::make_unique<DiskSink>());
  exporter.exportAll(); // WARN: 'Exporter::exportAll' blocks the event loop in coroutine 'serve'
  Options kept{.onFailure = [] { writeSnapshot(7); }};
  kept.retries = 1;
  co_return;
}

asio::awaitable<void> serveBoth(tcp::socket client) {
  Step quick{[] {}};
  Step thorough{[] { writeSnapshot(8); }};
  quick.run();
  asio::post(pool, [thorough] { thorough.run(); });
  asio::post(client.get_executor(), [quick] { quick.run(); });
  co_return;
}
