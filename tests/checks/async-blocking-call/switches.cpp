// A coroutine that leaves its loop may block until it comes back.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <thread>
#include <unistd.h>

namespace asio = boost::asio;
using asio::use_awaitable;

void load(int number) noexcept { ::fsync(number); }

asio::awaitable<void> leave(asio::thread_pool &pool) {
  co_await asio::post(asio::bind_executor(pool, use_awaitable));
}

auto toPool(asio::thread_pool &pool) {
  return asio::post(asio::bind_executor(pool, use_awaitable));
}

asio::awaitable<int> ask(asio::thread_pool &pool) {
  co_await leave(pool);
  co_return 1;
}

asio::awaitable<void> straight(asio::thread_pool &pool) {
  load(1); // WARN: 'load' blocks the event loop in coroutine 'straight'
  co_await asio::post(asio::bind_executor(pool, use_awaitable));
  load(2);
  co_await asio::post(use_awaitable); // NOTE: coroutine 'straight' goes on on the executor that it was spawned on after this co_await
  load(3); // WARN: 'load' blocks
  co_await asio::post(pool, use_awaitable);
  load(4); // WARN: 'load' blocks
  co_await leave(pool);
  load(5);
  asio::steady_timer timer(co_await asio::this_coro::executor);
  load(6);
  co_await timer.async_wait(use_awaitable);
  load(7); // WARN: 'load' blocks
  co_await toPool(pool);
  load(8);
  co_await asio::co_spawn(pool, leave(pool), use_awaitable);
  load(9); // WARN: 'load' blocks
  auto token = asio::bind_executor(pool, use_awaitable);
  co_await timer.async_wait(token);
  load(10);
  co_await asio::post(co_await asio::this_coro::executor, use_awaitable);
  boost::system::error_code error;
  co_await timer.async_wait(asio::redirect_error(asio::bind_executor(pool, use_awaitable), error));
  load(11);
}

// Where ways meet, each counts.
asio::awaitable<void> branches(asio::thread_pool &pool, bool some, int kind) {
  if (some)
    co_await leave(pool); // NOTE: coroutine 'branches' goes on where the task ended that it awaits here; on that way this call runs on a worker thread
  load(1); // WARN: 'load' blocks
  co_await asio::post(use_awaitable);
  for (int i = 0; i != kind; ++i) {
    load(2); // WARN: 'load' blocks
    co_await leave(pool);
    load(3);
  }
  co_await leave(pool);
  load(4);
  switch (kind) {
  case 1:
    co_await asio::post(use_awaitable);
    [[fallthrough]];
  case 2:
    load(5); // WARN: 'load' blocks
    break;
  default:
    load(6);
  }
  co_await leave(pool);
  some ? load(7) : co_await asio::post(use_awaitable);
  load(8); // WARN: 'load' blocks
  co_await asio::post(use_awaitable);
  if (some && co_await ask(pool))
    load(9);
  if (co_await ask(pool) == kind)
    co_return;
  load(10);
}

struct Slow {
  ~Slow() { ::fsync(9); }
};

asio::awaitable<void> fails(asio::thread_pool &pool, bool early) {
  if (early)
    throw 1;
  co_await leave(pool);
  throw 'c';
}

asio::awaitable<void> handlers(asio::thread_pool &pool) {
  try {
    co_await fails(pool, true);
  } catch (const std::exception &) {
    load(1); // WARN: 'load' blocks
  } catch (char) {
    load(2); // WARN: 'load' blocks
  }
  co_await asio::post(use_awaitable);
  try {
    co_await leave(pool);
    throw 1;
  } catch (int) {
    load(3);
  }
  co_await asio::post(use_awaitable);
  {
    Slow slow;
    co_await leave(pool);
  } // on the pool
  {
    co_await asio::post(use_awaitable);
    Slow slow; // WARN: 'Slow::~Slow' blocks
  }
}

// A child that is awaited from a loop and from a pool; and what goes on where its caller wants it.
template <class F> asio::awaitable<void> onPool(asio::thread_pool &pool, F work) {
  co_await asio::post(asio::bind_executor(pool, use_awaitable));
  work();
}

asio::awaitable<void> shared() {
  load(1); // WARN: 'load' blocks
  co_return;
}

asio::awaitable<void> parent(asio::thread_pool &pool) {
  co_await shared();
  co_await onPool(pool, [] { load(2); });
  co_await shared();
  co_await asio::post(use_awaitable);
}

int main() {
  asio::io_context io;
  asio::thread_pool pool(2);
  asio::co_spawn(io, straight(pool), asio::detached);
  asio::co_spawn(io, branches(pool, true, 2), asio::detached);
  asio::co_spawn(io, handlers(pool), asio::detached);
  asio::co_spawn(io, parent(pool), asio::detached);
  io.run();
}
