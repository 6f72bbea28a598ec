// Lambdas in lambdas: each runs where it is handed to, not where it is written.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <string>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

asio::thread_pool pool(2);

std::string readTemplate(const std::string &name) {
  ::fsync(1);
  return name;
}

// To the pool and back.
void render(tcp::socket &client, std::string name) {
  asio::post(pool, [&client, name] {
    std::string page = readTemplate(name);
    asio::post(client.get_executor(), [&client, page] {
      client.async_write_some(asio::buffer(page), [](error_code, std::size_t) {
        readTemplate("footer"); // WARN: 'readTemplate' blocks the event loop in a lambda
      });
    });
  });
}

void renderBadly(tcp::socket &client) {
  asio::post(pool, [executor = client.get_executor()] {
    readTemplate("first");
    asio::dispatch(executor, [] {
      readTemplate("second"); // WARN: 'readTemplate' blocks the event loop in a lambda
      asio::post(pool, [] { readTemplate("third"); });
    });
  });
}

void onTimer(asio::steady_timer &timer, asio::thread_pool &workers) {
  timer.async_wait([&timer, &workers](error_code) {
    asio::post(workers, [&timer] {
      readTemplate("off");
      asio::post(timer.get_executor(), [&timer] {
        ::usleep(10); // WARN: 'usleep' blocks the event loop in a lambda
        timer.cancel();
      });
    });
  });
}

// The executor is captured by the lambda that hands on.
void withExecutors(tcp::socket &client) {
  asio::any_io_executor back = client.get_executor();
  auto workers = pool.get_executor();
  asio::post(back, [workers] {
    asio::post(workers, [] { readTemplate("off"); });
  });
  asio::post(workers, [back, workers] {
    asio::post(back, [] {
      readTemplate("on"); // WARN: 'readTemplate' blocks the event loop in a lambda
    });
    asio::post(workers, [] { readTemplate("off"); });
  });
}

asio::awaitable<void> serve(tcp::socket client) {
  // Invoked at once.
  const std::string page = [] { return readTemplate("index"); }(); // WARN: 'lambda' blocks the event loop in coroutine 'serve'
  [] { asio::post(pool, [] { readTemplate("off"); }); }();

  // Returned and called, returned and handed on.
  auto make = [](int file) { return [file] { ::fsync(file); }; };
  make(1)(); // WARN: blocks the event loop in coroutine 'serve'
  auto made = make(2);
  made(); // WARN: blocks the event loop in coroutine 'serve'
  asio::post(pool, make(3));

  // Generic ones.
  auto twice = [](auto &&action) {
    action();
    action();
  };
  twice([] { readTemplate("twice"); }); // WARN: 'lambda' blocks the event loop in coroutine 'serve'
  twice([] {});
  auto offLoad = [](auto &&action) { asio::post(pool, std::forward<decltype(action)>(action)); };
  offLoad([] { readTemplate("off"); });
  auto onLoop = [&client](auto action) { asio::post(client.get_executor(), action); };
  onLoop([] {
    readTemplate("on"); // WARN: 'readTemplate' blocks the event loop in a lambda
  });

  // Recursive ones.
  auto walk = [](auto &self, int depth) -> void {
    if (depth > 0)
      self(self, depth - 1);
    else
      ::usleep(10);
  };
  walk(walk, 3); // WARN: 'lambda' blocks the event loop in coroutine 'serve'
  std::function<void(int)> descend = [&](int depth) { depth ? descend(depth - 1) : void(::fsync(depth)); };
  descend(3); // WARN: 'lambda' blocks the event loop in coroutine 'serve'
  asio::post(pool, [walk] { walk(walk, 3); });

  // Captured lambdas.
  auto load = [] { readTemplate("captured"); };
  auto deferred = [load] { return [load] { load(); }; };
  asio::post(pool, [load] { load(); });
  asio::post(pool, deferred());
  deferred()(); // WARN: blocks the event loop in coroutine 'serve'
  co_return;
}
