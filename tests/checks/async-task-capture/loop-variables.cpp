// The variable of the loop that hands the lambda off: it is another, or another's, each time round.
// RUN: %check %s async-task-capture -- -pthread
#include <boost/asio.hpp>
#include <future>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;

void use(int);
void use(const std::string &);

void steps(asio::thread_pool &pool) {
  for (int i = 0; i != 4; ++i) // NOTE: 'i' is another each time round this loop
    asio::post(pool, [&i] { // WARN: 'i' is captured by reference in a lambda that may run after it has changed // NOTE: 'boost::asio::post' takes it here on 'pool', to run later // NOTE: instead: capture it by value, [i], or move it in, or wait before it changes
      use(i);
    });
  pool.join(); // too late
}

void byDefault() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; i += 2)
    threads.emplace_back([&] {
      use(i); // WARN: 'i' is captured by reference in a lambda that may run after it has changed
    });
  for (std::thread &thread : threads)
    thread.join();
}

void iterators(asio::io_context &io, std::vector<int> &items) {
  for (auto at = items.begin(), end = items.end(); at != end; ++at)
    asio::post(io, [&] { use(*at); }); // WARN: 'at' is captured by reference
  io.run();
}

void copies(asio::io_context &io, const std::vector<std::string> &items) {
  for (std::string item : items)
    asio::post(io, [&item] { use(item); }); // WARN: 'item' is captured by reference
  io.run();
}

void parts(asio::io_context &io, const std::map<int, std::string> &items) {
  for (auto [key, value] : items)
    asio::post(io, [&] { use(value); }); // WARN: is captured by reference
  io.run();
}

void extended(asio::io_context &io, const std::vector<bool> &flags) {
  for (const auto &flag : flags)
    asio::post(io, [&] { use(flag); }); // WARN: 'flag' is captured by reference
  io.run();
}

void inTheBody(asio::io_context &io, const std::vector<std::string> &items) {
  for (const std::string &item : items) {
    std::string upper = item + "!";
    asio::post(io, [&] { use(upper); }); // WARN: 'upper' is captured by reference in a lambda that may run after it is gone
  } // NOTE: 'upper' dies here, and nothing in 'inTheBody' waits for it before that
  io.run();
}

void whileLoops(asio::io_context &io) {
  int n = 4;
  while (int left = n--)
    asio::post(io, [&left] { use(left); }); // WARN: 'left' is captured by reference
  io.run();
}

void futures() {
  std::vector<std::future<void>> all;
  for (int i = 0; i != 4; ++i)
    all.push_back(std::async(std::launch::async, [&] { use(i); })); // WARN: 'i' is captured by reference
  for (auto &one : all)
    one.get();
}

// ---- right

void byValue(asio::thread_pool &pool) {
  for (int i = 0; i != 4; ++i)
    asio::post(pool, [i] { use(i); });
}

void elements(asio::io_context &io, std::vector<std::string> items) {
  for (std::string &item : items)
    asio::post(io, [&] { use(item); });
  io.run();
}

void elementParts(asio::io_context &io, std::map<int, std::string> items) {
  for (auto &[key, value] : items)
    asio::post(io, [&value = value] { use(value); });
  io.run();
}

void waitsEachTime() {
  for (int i = 0; i != 4; ++i) {
    std::thread worker([&] { use(i); });
    worker.join();
  }
}

void asksEachTime() {
  for (int i = 0; i != 4; ++i)
    std::async([&] { use(i); }).get();
}

void endsEachTime() {
  for (int i = 0; i != 4; ++i)
    std::jthread worker([&] { use(i); });
}

void runsEachTime(asio::io_context &io) {
  for (int i = 0; i != 4; ++i) {
    asio::post(io, [&] { use(i); });
    io.run();
    io.restart();
  }
}

void neverChanges(asio::io_context &io, std::vector<int> &items) {
  int sum = 0;
  for (int item : items)
    asio::post(io, [&sum, item] { sum += item; });
  io.run();
}

void calledHere(const std::vector<int> &items) {
  for (int i : items)
    [&] { use(i); }();
}
