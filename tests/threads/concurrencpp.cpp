// concurrencpp: where coroutines go on after what they await.
//
// The loop is the main thread, which drains a manual_executor; the workers are a
// thread_pool_executor. Each mark() says in its comment where it runs; compare.py checks that this
// is so.
#include "marks.h"
#include <chrono>
#include <concurrencpp/concurrencpp.h>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

using concurrencpp::lazy_result;
using concurrencpp::result;
using concurrencpp::result_status;
using concurrencpp::resume_on;
using Loop = concurrencpp::manual_executor;
using Pool = concurrencpp::thread_pool_executor;
using namespace std::chrono_literals;

// The ways to go and to come back.

lazy_result<void> hops(concurrencpp::runtime &runtime, Loop &loop, Pool &pool) {
  mark(); // loop
  co_await resume_on(pool);
  mark(); // worker
  co_await resume_on(pool);
  mark(); // worker
  co_await resume_on(loop);
  mark(); // loop
  co_await resume_on(loop);
  mark(); // loop
  co_await resume_on(*runtime.background_executor());
  mark(); // worker
  co_await resume_on(loop);
  mark(); // loop
  co_await resume_on(*runtime.inline_executor());
  mark(); // loop
  co_await resume_on(*runtime.thread_executor());
  mark(); // worker
  co_await resume_on(loop);
  mark(); // loop
  concurrencpp::executor &anyone = pool;
  co_await resume_on(anyone);
  mark(); // worker
  co_await resume_on(loop);
  mark(); // loop
}

// A lazy one that is awaited runs where its awaiter does, and one that was run() begins there too.
lazy_result<int> either() {
  mark(); // loop worker
  co_return 2;
}

lazy_result<void> inPlace(Loop &loop, Pool &pool) {
  co_await either();
  mark(); // loop
  co_await resume_on(pool);
  co_await either();
  mark(); // worker
  co_await resume_on(loop);
  mark(); // loop
}

// Children, which are left on the thread where they end.

lazy_result<int> stay([[maybe_unused]] Loop &loop, Pool &pool, int value = 1) {
  co_await resume_on(pool);
  mark(); // worker
  co_return value;
}

lazy_result<int> comeBack([[maybe_unused]] Loop &loop, Pool &pool, int value = 1) {
  mark(); // loop
  co_await resume_on(pool);
  mark(); // worker
  co_await resume_on(loop);
  mark(); // loop
  co_return value;
}

lazy_result<int> maybe([[maybe_unused]] Loop &loop, Pool &pool, bool leave) {
  if (!leave) {
    mark(); // loop
    co_return 0;
  }
  co_await resume_on(pool);
  mark(); // worker
  co_return 1;
}

lazy_result<int> maybeBack([[maybe_unused]] Loop &loop, Pool &pool, bool back) {
  co_await resume_on(pool);
  if (!back)
    co_return 0;
  co_await resume_on(loop);
  mark(); // loop
  co_return 1;
}

// Fails before it leaves, or after.
lazy_result<int> fails([[maybe_unused]] Loop &loop, Pool &pool, bool leave) {
  if (!leave)
    throw std::runtime_error("nothing to do");
  co_await resume_on(pool);
  mark(); // worker
  throw std::runtime_error("no data");
}

lazy_result<void> children([[maybe_unused]] Loop &loop, Pool &pool) {
  co_await stay(loop, pool);
  mark(); // worker
  co_await resume_on(loop);
  co_await comeBack(loop, pool);
  mark(); // loop
  auto later = stay(loop, pool);
  mark(); // loop
  co_await std::move(later);
  mark(); // worker
  co_await stay(loop, pool);
  mark(); // worker
  co_await resume_on(loop);
  for (const bool choice : {false, true}) {
    co_await maybe(loop, pool, choice);
    mark(); // loop worker
    co_await resume_on(loop);
    mark(); // loop
    co_await maybeBack(loop, pool, choice);
    mark(); // loop worker
    co_await resume_on(loop);
    mark(); // loop
  }
}

lazy_result<void> lambdas([[maybe_unused]] Loop &loop, Pool &pool) {
  const auto job = [&]() -> lazy_result<void> {
    mark(); // loop
    co_await resume_on(pool);
    mark(); // worker
  };
  co_await job();
  mark(); // worker
  co_await resume_on(loop);
  mark(); // loop
}

// Branches, loops and handlers.

lazy_result<void> branch([[maybe_unused]] Loop &loop, Pool &pool, bool leave) {
  if (leave) {
    co_await resume_on(pool);
    mark(); // worker
  } else {
    mark(); // loop
  }
  mark(); // loop worker
  co_await resume_on(loop);
  mark(); // loop
}

lazy_result<void> early([[maybe_unused]] Loop &loop, Pool &pool, int choice) {
  if (choice == 0) {
    mark(); // loop
    co_return;
  }
  co_await resume_on(pool);
  mark(); // worker
  if (choice == 1)
    co_return;
  co_await resume_on(loop);
  mark(); // loop
}

// With none, one and two rounds: where it goes on after the loop depends on it.
lazy_result<void> rounds([[maybe_unused]] Loop &loop, Pool &pool, int count) {
  for (int i = 0; i < count; ++i) {
    mark(); // loop worker
    co_await resume_on(pool);
    mark(); // worker
  }
  mark(); // loop worker
  co_await resume_on(loop);
  for (int i = 0; i < count; ++i) {
    mark(); // loop
    co_await stay(loop, pool);
    mark(); // worker
    co_await resume_on(loop);
  }
  mark(); // loop
  do {
    co_await resume_on(pool);
    mark(); // worker
  } while (--count > 0);
  mark(); // worker
  co_await resume_on(loop);
  for (;;) {
    mark(); // loop
    co_await stay(loop, pool);
    mark(); // worker
    if (--count < -2)
      break;
    co_await resume_on(loop);
  }
  mark(); // worker
  co_await resume_on(loop);
}

// Fails at no place, on the worker, or when it is back.
lazy_result<void> guarded([[maybe_unused]] Loop &loop, Pool &pool, int failure) {
  try {
    mark(); // loop
    co_await resume_on(pool);
    mark(); // worker
    if (failure == 1)
      throw std::runtime_error("failed there");
    co_await resume_on(loop);
    mark(); // loop
    if (failure == 2)
      throw std::runtime_error("failed here");
  } catch (const std::runtime_error &) {
    mark(); // loop worker
  }
  mark(); // loop worker
  co_await resume_on(loop);
  for (const bool leave : {false, true}) {
    try {
      mark(); // loop
      co_await fails(loop, pool, leave);
    } catch (const std::runtime_error &) {
      mark(); // loop worker
    }
    co_await resume_on(loop);
    mark(); // loop
  }
}

void consume(int, int) {
  mark(); // loop worker
}

lazy_result<void> conditions([[maybe_unused]] Loop &loop, Pool &pool, bool flag) {
  if (co_await stay(loop, pool, flag)) {
    mark(); // worker
  } else {
    mark(); // worker
  }
  co_await resume_on(loop);
  if (flag && co_await stay(loop, pool)) {
    mark(); // worker
  }
  mark(); // loop worker
  co_await resume_on(loop);
  const int sum = flag ? co_await stay(loop, pool) : 0;
  mark(); // loop worker
  co_await resume_on(loop);
  const int first = co_await stay(loop, pool);
  mark(); // worker
  co_await resume_on(loop);
  consume(co_await stay(loop, pool), sum + first);
  mark(); // worker
  co_await resume_on(loop);
  consume(co_await comeBack(loop, pool), co_await comeBack(loop, pool, sum));
  mark(); // loop
  int left = 2;
  while (co_await stay(loop, pool, left--) > 0) {
    mark(); // worker
    co_await resume_on(loop);
    mark(); // loop
  }
  mark(); // worker
  co_await resume_on(loop);
  switch (co_await comeBack(loop, pool, flag)) {
  case 0:
    mark(); // loop
    break;
  default:
    mark(); // loop
    break;
  }
}

// Results begin to run when they are made. Whoever awaits one is left where it ends, or stays
// where it is, if that one has ended already.

using Gate = std::binary_semaphore;

result<int> eager(Pool &pool, Gate &gate) {
  mark(); // loop
  co_await resume_on(pool);
  mark(); // worker
  gate.acquire();
  mark(); // worker
  co_return 1;
}

result<int> neverLeaves() {
  mark(); // loop
  co_return 1;
}

result<int> backAgain(Loop &loop, Pool &pool) {
  mark(); // loop
  co_await resume_on(pool);
  mark(); // worker
  co_await resume_on(loop);
  mark(); // loop
  co_return 2;
}

// Lets the job end before the caller awaits it, or only after the caller has suspended.
void settle(bool ready, Loop &loop, const result<int> &job, Gate &gate) {
  if (!ready) {
    loop.post([&gate] { gate.release(); });
    return;
  }
  gate.release();
  while (job.status() == result_status::idle)
    std::this_thread::yield();
}

lazy_result<void> eagerResults(Loop &loop, Pool &pool) {
  for (const bool ready : {false, true}) {
    Gate gate(0);
    auto first = eager(pool, gate);
    mark(); // loop
    settle(ready, loop, first, gate);
    mark(); // loop
    co_await first;
    mark(); // loop worker
    co_await resume_on(loop);
    mark(); // loop
    auto second = pool.submit([&gate] {
      mark(); // worker
      gate.acquire();
      mark(); // worker
      return 1;
    });
    mark(); // loop
    settle(ready, loop, second, gate);
    co_await second;
    mark(); // loop worker
    co_await resume_on(loop);
    auto third = eager(pool, gate);
    Gate other(0);
    auto fourth = eager(pool, other);
    mark(); // loop
    settle(ready, loop, third, gate);
    co_await third;
    mark(); // loop worker
    co_await resume_on(loop);
    settle(ready, loop, fourth, other);
    co_await fourth;
    mark(); // loop worker
    co_await resume_on(loop);
  }
  co_await neverLeaves();
  mark(); // loop
  co_await backAgain(loop, pool);
  mark(); // loop
  auto running = comeBack(loop, pool).run();
  mark(); // loop
  co_await running;
  mark(); // loop
  co_await loop.submit([] {
    mark(); // loop
  });
  mark(); // loop
  Gate posted(0);
  pool.post([&posted] {
    mark(); // worker
    posted.release();
  });
  mark(); // loop
  posted.acquire();
}

class Service {
public:
  Service(Loop &loop, Pool &pool) : loop_(loop), pool_(pool) {}

  lazy_result<void> run() {
    mark(); // loop
    co_await load();
    mark(); // worker
    co_await resume_on(loop_);
    mark(); // loop
  }

private:
  lazy_result<void> load() {
    co_await resume_on(pool_);
    mark(); // worker
  }

  Loop &loop_;
  Pool &pool_;
};

lazy_result<void> everything(concurrencpp::runtime &runtime, Loop &loop, Pool &pool) {
  // It begins where main() runs it, before anyone drains the loop.
  co_await resume_on(loop);
  mark(); // loop
  co_await hops(runtime, loop, pool);
  mark(); // loop
  co_await inPlace(loop, pool);
  mark(); // loop
  co_await children(loop, pool);
  mark(); // loop
  co_await lambdas(loop, pool);
  co_await resume_on(loop);
  for (const bool choice : {false, true}) {
    co_await branch(loop, pool, choice);
    mark(); // loop
    co_await conditions(loop, pool, choice);
    mark(); // loop
  }
  for (const int choice : {0, 1, 2}) {
    co_await early(loop, pool, choice);
    mark(); // loop worker
    co_await resume_on(loop);
    co_await guarded(loop, pool, choice);
    mark(); // loop
    co_await rounds(loop, pool, choice);
    mark(); // loop
  }
  mark(); // loop
  co_await eagerResults(loop, pool);
  mark(); // loop
  Service service(loop, pool);
  co_await service.run();
  mark(); // loop
}

int main() {
  onLoop();
  concurrencpp::runtime runtime;
  const auto loop = runtime.make_manual_executor();
  const auto pool = runtime.thread_pool_executor();
  auto done = everything(runtime, *loop, *pool).run();
  while (done.status() == result_status::idle)
    loop->loop_once_for(10ms);
  done.get();
  printSeen();
}
