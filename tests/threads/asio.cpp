// Boost.Asio: where coroutines go on after what they await.
//
// The loop is the main thread, which runs an io_context; the workers are an asio::thread_pool.
// Each mark() says in its comment where it runs; compare.py checks that this is so.
#include "marks.h"
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::bind_executor;
using asio::use_awaitable;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

// Tokens: it is the token's executor that decides, and not the one that runs the operation.

awaitable<void> plainTokens(asio::thread_pool &pool, asio::io_context &other) {
  mark(); // loop
  co_await asio::post(pool, use_awaitable);
  mark(); // loop
  co_await asio::dispatch(pool, use_awaitable);
  mark(); // loop
  co_await asio::defer(pool.get_executor(), use_awaitable);
  mark(); // loop
  co_await asio::post(pool, asio::deferred);
  mark(); // loop
  co_await asio::post(other, use_awaitable);
  mark(); // loop
}

awaitable<void> boundTokens(asio::thread_pool &pool) {
  co_await asio::post(bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await asio::post(use_awaitable);
  mark(); // loop
  co_await asio::dispatch(bind_executor(pool.get_executor(), use_awaitable));
  mark(); // worker
  co_await asio::dispatch(use_awaitable);
  mark(); // loop
  co_await asio::defer(bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await asio::post(co_await asio::this_coro::executor, use_awaitable);
  mark(); // loop
  co_await asio::post(bind_executor(pool, asio::deferred));
  mark(); // worker
  const auto home = co_await asio::this_coro::executor;
  mark(); // worker
  co_await asio::dispatch(home, use_awaitable);
  mark(); // loop
  co_await asio::post(pool, bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await asio::post(pool, use_awaitable);
  mark(); // loop
  co_await asio::dispatch(home, bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await asio::post(pool, bind_executor(home, use_awaitable));
  mark(); // loop
  const asio::any_io_executor anywhere = pool.get_executor();
  co_await asio::post(bind_executor(anywhere, use_awaitable));
  mark(); // worker
  co_await asio::defer(use_awaitable);
  mark(); // loop
}

awaitable<void> timers(asio::thread_pool &pool, asio::io_context &other) {
  asio::steady_timer timer(co_await asio::this_coro::executor, 1ms);
  boost::system::error_code ec;
  co_await timer.async_wait(bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await timer.async_wait(use_awaitable);
  mark(); // loop
  co_await timer.async_wait(asio::redirect_error(bind_executor(pool, use_awaitable), ec));
  mark(); // worker
  co_await timer.async_wait(asio::redirect_error(use_awaitable, ec));
  mark(); // loop
  co_await timer.async_wait(asio::as_tuple(bind_executor(pool, use_awaitable)));
  mark(); // worker
  co_await timer.async_wait(asio::as_tuple(use_awaitable));
  mark(); // loop
  co_await timer.async_wait(bind_executor(pool, asio::as_tuple(use_awaitable)));
  mark(); // worker
  co_await timer.async_wait(asio::deferred);
  mark(); // loop
  auto onPool = bind_executor(pool, use_awaitable);
  co_await timer.async_wait(onPool);
  mark(); // worker
  asio::use_awaitable_t<>::as_default_on_t<asio::steady_timer> easy(
      co_await asio::this_coro::executor, 1ms);
  co_await easy.async_wait();
  mark(); // loop
  asio::steady_timer foreign(pool, 1ms);
  co_await foreign.async_wait(use_awaitable);
  mark(); // loop
  co_await foreign.async_wait(onPool);
  mark(); // worker
  asio::steady_timer second(other, 1ms);
  co_await second.async_wait(use_awaitable);
  mark(); // loop
}

awaitable<void> strands(asio::io_context &ioc, asio::thread_pool &pool) {
  auto poolStrand = asio::make_strand(pool);
  auto loopStrand = asio::make_strand(ioc);
  co_await asio::post(poolStrand, use_awaitable);
  mark(); // loop
  co_await asio::post(bind_executor(poolStrand, use_awaitable));
  mark(); // worker
  co_await asio::post(bind_executor(loopStrand, use_awaitable));
  mark(); // loop
  co_await asio::dispatch(bind_executor(asio::make_strand(pool.get_executor()), use_awaitable));
  mark(); // worker
  co_await asio::dispatch(loopStrand, use_awaitable);
  mark(); // loop
}

awaitable<void> callbacks(asio::io_context &ioc, asio::thread_pool &pool) {
  asio::steady_timer timer(ioc, 1ms);
  asio::post(pool, [] {
    mark(); // worker
  });
  timer.async_wait(bind_executor(pool, [](boost::system::error_code) {
    mark(); // worker
  }));
  timer.async_wait([](boost::system::error_code) {
    mark(); // loop
  });
  co_await timer.async_wait(bind_executor(pool, use_awaitable));
  asio::post(ioc, [] {
    mark(); // loop
  });
  mark(); // worker
  co_await asio::post(use_awaitable);
}

// Children, which are left on the thread where they end.

awaitable<int> stay(asio::thread_pool &pool, int value = 1) {
  co_await asio::post(bind_executor(pool, use_awaitable));
  mark(); // worker
  co_return value;
}

awaitable<int> comeBack(asio::thread_pool &pool, int value = 1) {
  mark(); // loop
  co_await asio::post(bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await asio::post(use_awaitable);
  mark(); // loop
  co_return value;
}

awaitable<int> maybe(asio::thread_pool &pool, bool leave) {
  if (!leave) {
    mark(); // loop
    co_return 0;
  }
  co_await asio::post(bind_executor(pool, use_awaitable));
  mark(); // worker
  co_return 1;
}

awaitable<int> maybeBack(asio::thread_pool &pool, bool back) {
  co_await asio::post(bind_executor(pool, use_awaitable));
  if (!back)
    co_return 0;
  co_await asio::post(use_awaitable);
  mark(); // loop
  co_return 1;
}

// Fails before it leaves, or after.
awaitable<int> fails(asio::thread_pool &pool, bool leave) {
  if (!leave)
    throw std::runtime_error("nothing to do");
  co_await asio::post(bind_executor(pool, use_awaitable));
  mark(); // worker
  throw std::runtime_error("no data");
}

awaitable<void> children(asio::thread_pool &pool) {
  co_await stay(pool);
  mark(); // worker
  co_await asio::post(use_awaitable);
  co_await comeBack(pool);
  mark(); // loop
  auto later = stay(pool);
  mark(); // loop
  co_await std::move(later);
  mark(); // worker
  co_await stay(pool);
  mark(); // worker
  co_await asio::post(use_awaitable);
  for (const bool choice : {false, true}) {
    co_await maybe(pool, choice);
    mark(); // loop worker
    co_await asio::post(use_awaitable);
    mark(); // loop
    co_await maybeBack(pool, choice);
    mark(); // loop worker
    co_await asio::post(use_awaitable);
    mark(); // loop
  }
}

awaitable<void> lambdas(asio::thread_pool &pool) {
  const auto job = [&]() -> awaitable<void> {
    mark(); // loop
    co_await asio::post(bind_executor(pool, use_awaitable));
    mark(); // worker
  };
  co_await job();
  mark(); // worker
  co_await asio::post(use_awaitable);
  mark(); // loop
}

// Branches, loops and handlers.

awaitable<void> branch(asio::thread_pool &pool, bool leave) {
  if (leave) {
    co_await asio::post(bind_executor(pool, use_awaitable));
    mark(); // worker
  } else {
    mark(); // loop
  }
  mark(); // loop worker
  co_await asio::post(use_awaitable);
  mark(); // loop
}

awaitable<void> early(asio::thread_pool &pool, int choice) {
  if (choice == 0) {
    mark(); // loop
    co_return;
  }
  co_await asio::post(bind_executor(pool, use_awaitable));
  mark(); // worker
  if (choice == 1)
    co_return;
  co_await asio::post(use_awaitable);
  mark(); // loop
}

// With none, one and two rounds: where it goes on after the loop depends on it.
awaitable<void> rounds(asio::thread_pool &pool, int count) {
  for (int i = 0; i < count; ++i) {
    mark(); // loop worker
    co_await asio::post(bind_executor(pool, use_awaitable));
    mark(); // worker
  }
  mark(); // loop worker
  co_await asio::post(use_awaitable);
  for (int i = 0; i < count; ++i) {
    mark(); // loop
    co_await stay(pool);
    mark(); // worker
    co_await asio::post(use_awaitable);
  }
  mark(); // loop
  do {
    co_await asio::post(bind_executor(pool, use_awaitable));
    mark(); // worker
  } while (--count > 0);
  mark(); // worker
  co_await asio::post(use_awaitable);
  for (;;) {
    mark(); // loop
    co_await stay(pool);
    mark(); // worker
    if (--count < -2)
      break;
    co_await asio::post(use_awaitable);
  }
  mark(); // worker
  co_await asio::post(use_awaitable);
}

// Fails at no place, on the worker, or when it is back.
awaitable<void> guarded(asio::thread_pool &pool, int failure) {
  try {
    mark(); // loop
    co_await asio::post(bind_executor(pool, use_awaitable));
    mark(); // worker
    if (failure == 1)
      throw std::runtime_error("failed there");
    co_await asio::post(use_awaitable);
    mark(); // loop
    if (failure == 2)
      throw std::runtime_error("failed here");
  } catch (const std::runtime_error &) {
    mark(); // loop worker
  }
  mark(); // loop worker
  co_await asio::post(use_awaitable);
  for (const bool leave : {false, true}) {
    try {
      mark(); // loop
      co_await fails(pool, leave);
    } catch (const std::runtime_error &) {
      mark(); // loop worker
    }
    co_await asio::post(use_awaitable);
    mark(); // loop
  }
}

void consume(int, int) {
  mark(); // loop worker
}

awaitable<void> conditions(asio::thread_pool &pool, bool flag) {
  if (co_await stay(pool, flag)) {
    mark(); // worker
  } else {
    mark(); // worker
  }
  co_await asio::post(use_awaitable);
  if (flag && co_await stay(pool)) {
    mark(); // worker
  }
  mark(); // loop worker
  co_await asio::post(use_awaitable);
  const int sum = flag ? co_await stay(pool) : 0;
  mark(); // loop worker
  co_await asio::post(use_awaitable);
  const int first = co_await stay(pool);
  mark(); // worker
  co_await asio::post(use_awaitable);
  consume(co_await stay(pool), sum + first);
  mark(); // worker
  co_await asio::post(use_awaitable);
  consume(co_await comeBack(pool), co_await comeBack(pool, sum));
  mark(); // loop
  int left = 2;
  while (co_await stay(pool, left--) > 0) {
    mark(); // worker
    co_await asio::post(use_awaitable);
    mark(); // loop
  }
  mark(); // worker
  co_await asio::post(use_awaitable);
  switch (co_await comeBack(pool, flag)) {
  case 0:
    mark(); // loop
    break;
  default:
    mark(); // loop
    break;
  }
}

// What co_spawn starts runs on the executor that it names; its awaiter comes back to its own.

awaitable<void> poolJob() {
  mark(); // worker
  asio::steady_timer timer(co_await asio::this_coro::executor, 1ms);
  co_await timer.async_wait(use_awaitable);
  mark(); // worker
  co_await asio::post(use_awaitable);
  mark(); // worker
}

awaitable<int> loopJob(asio::thread_pool &pool) {
  mark(); // loop
  co_await asio::post(bind_executor(pool, use_awaitable));
  mark(); // worker
  co_return 3;
}

awaitable<void> either() {
  mark(); // loop worker
  co_await asio::post(use_awaitable);
  mark(); // loop worker
}

awaitable<void> spawns(asio::io_context &ioc, asio::thread_pool &pool) {
  co_await asio::co_spawn(pool, poolJob(), use_awaitable);
  mark(); // loop
  co_await asio::co_spawn(pool, poolJob(), bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await asio::co_spawn(ioc, loopJob(pool), use_awaitable);
  mark(); // loop
  co_await asio::co_spawn(asio::make_strand(pool), poolJob(), asio::deferred);
  mark(); // loop
  const auto job = []() -> awaitable<void> {
    mark(); // worker
    co_return;
  };
  co_await asio::co_spawn(pool, job, use_awaitable);
  mark(); // loop
  co_await asio::co_spawn(pool, either(), use_awaitable);
  co_await asio::co_spawn(ioc, either(), use_awaitable);
  co_await asio::co_spawn(ioc, loopJob(pool), bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await asio::post(use_awaitable);
  try {
    co_await asio::co_spawn(pool, fails(pool, true), use_awaitable);
  } catch (const std::runtime_error &) {
    mark(); // loop
  }
}

awaitable<void> leftSide(asio::thread_pool &pool) {
  mark(); // loop
  co_await stay(pool);
  mark(); // worker
}

awaitable<void> rightSide() {
  mark(); // loop
  co_await asio::post(use_awaitable);
  mark(); // loop
}

// Whoever awaits several at once comes back to its own executor, wherever they end.
awaitable<void> groups(asio::thread_pool &pool) {
  co_await (leftSide(pool) && rightSide());
  mark(); // loop
  co_await (leftSide(pool) && leftSide(pool));
  mark(); // loop
  co_await (leftSide(pool) || rightSide());
  mark(); // loop
  asio::steady_timer one(co_await asio::this_coro::executor, 1ms);
  asio::steady_timer two(pool, 1ms);
  co_await asio::experimental::make_parallel_group(
      one.async_wait(bind_executor(pool, asio::deferred)), two.async_wait(asio::deferred))
      .async_wait(asio::experimental::wait_for_all(), use_awaitable);
  mark(); // loop
  co_await asio::experimental::make_parallel_group(one.async_wait(asio::deferred),
                                                   two.async_wait(asio::deferred))
      .async_wait(asio::experimental::wait_for_all(), bind_executor(pool, use_awaitable));
  mark(); // worker
  co_await asio::post(use_awaitable);
}

class Service {
public:
  void close() { pool_.join(); }

  awaitable<void> run() {
    mark(); // loop
    co_await load();
    mark(); // worker
    co_await asio::post(use_awaitable);
    mark(); // loop
  }

private:
  awaitable<void> load() {
    co_await asio::post(bind_executor(pool_, use_awaitable));
    mark(); // worker
  }

  asio::thread_pool pool_{1};
};

awaitable<void> everything(asio::io_context &ioc, asio::thread_pool &pool, asio::io_context &other,
                           Service &service) {
  co_await plainTokens(pool, other);
  mark(); // loop
  co_await boundTokens(pool);
  mark(); // loop
  co_await timers(pool, other);
  mark(); // loop
  co_await strands(ioc, pool);
  mark(); // loop
  co_await callbacks(ioc, pool);
  mark(); // loop
  co_await children(pool);
  mark(); // loop
  co_await lambdas(pool);
  co_await asio::post(use_awaitable);
  for (const bool choice : {false, true}) {
    co_await branch(pool, choice);
    mark(); // loop
    co_await conditions(pool, choice);
    mark(); // loop
  }
  for (const int choice : {0, 1, 2}) {
    co_await early(pool, choice);
    mark(); // loop worker
    co_await asio::post(use_awaitable);
    co_await guarded(pool, choice);
    mark(); // loop
    co_await rounds(pool, choice);
    mark(); // loop
  }
  mark(); // loop
  co_await spawns(ioc, pool);
  mark(); // loop
  co_await groups(pool);
  mark(); // loop
  co_await service.run();
  mark(); // loop
}

int main() {
  onLoop();
  asio::io_context ioc(1);
  asio::io_context other(1);
  asio::thread_pool pool(2);
  Service service;
  auto keep = asio::make_work_guard(other);
  std::thread otherLoop([&other] { other.run(); });
  asio::co_spawn(ioc, everything(ioc, pool, other, service), [](std::exception_ptr failure) {
    if (failure)
      std::rethrow_exception(failure);
  });
  ioc.run();
  keep.reset();
  otherLoop.join();
  pool.join();
  service.close();
  printSeen();
}
