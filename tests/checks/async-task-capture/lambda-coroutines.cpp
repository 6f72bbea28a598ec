// What a lambda captured is in the lambda: who calls it has only its task, and the lambda dies.
// RUN: %check %s async-task-capture -- -pthread
#include <boost/asio.hpp>
#include <string>

namespace asio = boost::asio;

void use(int);

void called(asio::io_context &io, int number) {
  asio::co_spawn(io, [number]() -> asio::awaitable<void> { use(number); co_return; }(), asio::detached); // WARN: this lambda is a coroutine, which may run after the lambda, and so what that captured, is gone // NOTE: it dies at the end of this statement // NOTE: instead: pass what it captures as parameters, by value; or give 'boost::asio::co_spawn' the lambda itself, uncalled, if that takes one
  io.run();
}

void namedAndCalled(asio::io_context &io, int number) {
  auto task = [number]() -> asio::awaitable<void> { use(number); co_return; };
  asio::co_spawn(io, task(), asio::detached); // WARN: 'task' is a coroutine, which may run after the lambda, and so what that captured, is gone
}

struct Server {
  asio::io_context &io;
  int number;

  void start() {
    asio::co_spawn(io, [this]() -> asio::awaitable<void> { use(number); co_return; }(), asio::detached); // WARN: this lambda is a coroutine
  }

  void startRight() {
    asio::co_spawn(io, [this]() -> asio::awaitable<void> { use(number); co_return; }, asio::detached);
  }
};

void givenWithReferences(asio::io_context &io, int number) {
  asio::co_spawn(io, [&]() -> asio::awaitable<void> { use(number); co_return; }, asio::detached); // WARN: 'number' is captured by reference in a lambda coroutine that may run after it is gone
}

// ---- right

void given(asio::io_context &io, int number) {
  asio::co_spawn(io, [number]() -> asio::awaitable<void> { use(number); co_return; }, asio::detached);
}

void withParameters(asio::io_context &io, int number) {
  asio::co_spawn(io, [](int number) -> asio::awaitable<void> { use(number); co_return; }(number), asio::detached);
}

asio::awaitable<void> awaited(int number) {
  co_await [number]() -> asio::awaitable<void> { use(number); co_return; }();
  auto task = [&]() -> asio::awaitable<void> { use(number); co_return; };
  co_await task();
  co_await asio::co_spawn(co_await asio::this_coro::executor, task(), asio::use_awaitable);
}

void outlives(asio::io_context &io, int number) {
  auto task = [number]() -> asio::awaitable<void> { use(number); co_return; };
  asio::co_spawn(io, task(), asio::detached);
  io.run();
}
