// What is awaited, or else done in the loop, changes what others see.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

int counter;
std::map<std::string, int> cache;
std::mutex mutex;
void log(const std::string &text);
std::function<int(int)> plugin;

awaitable<int> counts(int input) {
  co_await aWhile();
  ++counter;
  co_return input;
}
int next() { return ++counter; }
awaitable<int> countsBehind(int input) { co_await aWhile(); co_return input + next(); }
awaitable<int> remembers(std::string key) {
  co_await aWhile();
  cache[key] = 1;
  co_return 1;
}
awaitable<int> locks(int input) {
  co_await aWhile();
  std::lock_guard lock(mutex);
  co_return input;
}
awaitable<int> hasState(int input) {
  co_await aWhile();
  static int calls = 0;
  co_return input + calls++;
}
awaitable<int> logs(int input) {
  co_await aWhile();
  log("input");
  co_return input;
}
awaitable<int> prints(int input) {
  co_await aWhile();
  std::cout << input;
  co_return input;
}
awaitable<int> asksPlugin(int input) { co_await aWhile(); co_return plugin(input); }
awaitable<int> fills(int input, std::vector<int> &into) {
  co_await aWhile();
  into.push_back(input);
  co_return input;
}
awaitable<int> reads(tcp::socket &socket, int length) {
  std::string text;
  co_await asio::async_read(socket, asio::dynamic_buffer(text, size_t(length)), use_awaitable);
  co_return int(text.size());
}

struct Strategy {
  virtual ~Strategy() = default;
  virtual int choose(int input) = 0;
};
awaitable<int> chooses(int input, Strategy &strategy) { co_await aWhile(); co_return strategy.choose(input); }

awaitable<int> all(std::vector<int> inputs, tcp::socket &socket, Strategy &strategy) {
  int total = 0;
  std::vector<int> filled;
  for (int input : inputs)
    total += co_await counts(input);
  for (int input : inputs)
    total += co_await countsBehind(input);
  for (int input : inputs)
    total += co_await remembers(std::to_string(input));
  for (int input : inputs)
    total += co_await locks(input);
  for (int input : inputs)
    total += co_await hasState(input);
  for (int input : inputs)
    total += co_await logs(input);
  for (int input : inputs)
    total += co_await prints(input);
  for (int input : inputs)
    total += co_await asksPlugin(input);
  for (int input : inputs)
    total += co_await fills(input, filled);
  for (int input : inputs)
    total += co_await chooses(input, strategy);
  // One socket is serial.
  for (int input : inputs)
    total += co_await reads(socket, input);
  char byte[4];
  for (int i = 0; i < 4; ++i)
    total += int(co_await socket.async_read_some(asio::buffer(byte + i, 1), use_awaitable));
  co_return total;
}

awaitable<int> fine(int input) { co_await aWhile(); co_return input; }

struct Session {
  tcp::socket socket;
  int seen = 0;
  std::vector<int> results;

  awaitable<int> query(int id) {
    std::string text = std::to_string(id);
    co_await asio::async_write(socket, asio::buffer(text), use_awaitable);
    co_return int(text.size());
  }
  awaitable<int> counted(int id) {
    co_await aWhile();
    ++seen;
    co_return id;
  }
  awaitable<void> run(std::vector<int> ids) {
    int total = 0;
    for (int id : ids)
      total += co_await query(id);
    for (int id : ids)
      total += co_await counted(id);
    for (int id : ids)
      results.push_back(co_await fine(id)); // others may look at it
    for (int id : ids) {
      total += co_await fine(id);
      seen = id;
    }
  }
};

// What stands around it.
awaitable<int> around(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs) {
    std::cout << "asking for " << input << '\n';
    total += co_await fine(input);
  }
  for (int input : inputs) {
    total += co_await fine(input);
    log("done");
  }
  for (int input : inputs) {
    auto before = std::chrono::steady_clock::now(); // it is measured
    total += co_await fine(input);
    total += int((std::chrono::steady_clock::now() - before).count());
  }
  co_return total;
}
