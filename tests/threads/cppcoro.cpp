// cppcoro: where coroutines go on after what they await.
//
// The loop is the main thread, which processes the events of an io_service; the workers are a
// static_thread_pool. Each mark() says in its comment where it runs; compare.py checks that this
// is so.
#include "marks.h"
#include <chrono>
#include <cppcoro/async_scope.hpp>
#include <cppcoro/inline_scheduler.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/resume_on.hpp>
#include <cppcoro/schedule_on.hpp>
#include <cppcoro/shared_task.hpp>
#include <cppcoro/static_thread_pool.hpp>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <cppcoro/when_all_ready.hpp>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using Loop = cppcoro::io_service;
using Pool = cppcoro::static_thread_pool;

// The ways to go and to come back.

cppcoro::task<void> hops(Loop &loop, Pool &pool) {
  mark(); // loop
  co_await pool.schedule();
  mark(); // worker
  co_await pool.schedule();
  mark(); // worker
  co_await loop.schedule();
  mark(); // loop
  co_await loop.schedule();
  mark(); // loop
  co_await pool.schedule();
  co_await loop.schedule_after(1ms);
  mark(); // loop
  co_await loop.schedule_after(1ms);
  mark(); // loop
  cppcoro::inline_scheduler here;
  co_await here.schedule();
  mark(); // loop
  co_await pool.schedule();
  co_await here.schedule();
  mark(); // worker
  auto operation = loop.schedule();
  mark(); // worker
  co_await operation;
  mark(); // loop
}

cppcoro::task<int> onPoolOnly() {
  mark(); // worker
  co_return 5;
}

cppcoro::task<int> onLoopOnly() {
  mark(); // loop
  co_return 5;
}

cppcoro::task<void> either() {
  mark(); // loop worker
  co_return;
}

// schedule_on() moves the task, and resume_on() its awaiter.
cppcoro::task<void> withAdaptors(Loop &loop, Pool &pool) {
  co_await cppcoro::schedule_on(pool, onPoolOnly());
  mark(); // worker
  co_await cppcoro::schedule_on(loop, onLoopOnly());
  mark(); // loop
  co_await cppcoro::resume_on(pool, onLoopOnly());
  mark(); // worker
  co_await cppcoro::resume_on(loop, onPoolOnly());
  mark(); // loop
  co_await cppcoro::resume_on(loop, cppcoro::schedule_on(pool, onPoolOnly()));
  mark(); // loop
  const int value = co_await cppcoro::schedule_on(pool, onPoolOnly());
  mark(); // worker
  co_await cppcoro::resume_on(loop, either());
  mark(); // loop
  co_await cppcoro::schedule_on(pool, either());
  mark(); // worker
  co_await loop.schedule_after(std::chrono::milliseconds(value));
  co_await cppcoro::resume_on(pool, cppcoro::schedule_on(loop, either()));
  mark(); // worker
  co_await (either() | cppcoro::schedule_on(loop));
  mark(); // loop
  co_await (either() | cppcoro::schedule_on(pool));
  mark(); // worker
  co_await (either() | cppcoro::resume_on(loop));
  mark(); // loop
}

// Children, which are left on the thread where they end.

cppcoro::task<int> stay([[maybe_unused]] Loop &loop, Pool &pool, int value = 1) {
  co_await pool.schedule();
  mark(); // worker
  co_return value;
}

cppcoro::task<int> comeBack([[maybe_unused]] Loop &loop, Pool &pool, int value = 1) {
  mark(); // loop
  co_await pool.schedule();
  mark(); // worker
  co_await loop.schedule();
  mark(); // loop
  co_return value;
}

cppcoro::task<int> maybe([[maybe_unused]] Loop &loop, Pool &pool, bool leave) {
  if (!leave) {
    mark(); // loop
    co_return 0;
  }
  co_await pool.schedule();
  mark(); // worker
  co_return 1;
}

cppcoro::task<int> maybeBack([[maybe_unused]] Loop &loop, Pool &pool, bool back) {
  co_await pool.schedule();
  if (!back)
    co_return 0;
  co_await loop.schedule();
  mark(); // loop
  co_return 1;
}

// Fails before it leaves, or after.
cppcoro::task<int> fails([[maybe_unused]] Loop &loop, Pool &pool, bool leave) {
  if (!leave)
    throw std::runtime_error("nothing to do");
  co_await pool.schedule();
  mark(); // worker
  throw std::runtime_error("no data");
}

cppcoro::task<void> children([[maybe_unused]] Loop &loop, Pool &pool) {
  co_await stay(loop, pool);
  mark(); // worker
  co_await loop.schedule();
  co_await comeBack(loop, pool);
  mark(); // loop
  auto later = stay(loop, pool);
  mark(); // loop
  co_await std::move(later);
  mark(); // worker
  co_await stay(loop, pool);
  mark(); // worker
  co_await loop.schedule();
  for (const bool choice : {false, true}) {
    co_await maybe(loop, pool, choice);
    mark(); // loop worker
    co_await loop.schedule();
    mark(); // loop
    co_await maybeBack(loop, pool, choice);
    mark(); // loop worker
    co_await loop.schedule();
    mark(); // loop
  }
}

cppcoro::task<void> lambdas([[maybe_unused]] Loop &loop, Pool &pool) {
  const auto job = [&]() -> cppcoro::task<void> {
    mark(); // loop
    co_await pool.schedule();
    mark(); // worker
  };
  co_await job();
  mark(); // worker
  co_await loop.schedule();
  mark(); // loop
}

// Branches, loops and handlers.

cppcoro::task<void> branch([[maybe_unused]] Loop &loop, Pool &pool, bool leave) {
  if (leave) {
    co_await pool.schedule();
    mark(); // worker
  } else {
    mark(); // loop
  }
  mark(); // loop worker
  co_await loop.schedule();
  mark(); // loop
}

cppcoro::task<void> early([[maybe_unused]] Loop &loop, Pool &pool, int choice) {
  if (choice == 0) {
    mark(); // loop
    co_return;
  }
  co_await pool.schedule();
  mark(); // worker
  if (choice == 1)
    co_return;
  co_await loop.schedule();
  mark(); // loop
}

// With none, one and two rounds: where it goes on after the loop depends on it.
cppcoro::task<void> rounds([[maybe_unused]] Loop &loop, Pool &pool, int count) {
  for (int i = 0; i < count; ++i) {
    mark(); // loop worker
    co_await pool.schedule();
    mark(); // worker
  }
  mark(); // loop worker
  co_await loop.schedule();
  for (int i = 0; i < count; ++i) {
    mark(); // loop
    co_await stay(loop, pool);
    mark(); // worker
    co_await loop.schedule();
  }
  mark(); // loop
  do {
    co_await pool.schedule();
    mark(); // worker
  } while (--count > 0);
  mark(); // worker
  co_await loop.schedule();
  for (;;) {
    mark(); // loop
    co_await stay(loop, pool);
    mark(); // worker
    if (--count < -2)
      break;
    co_await loop.schedule();
  }
  mark(); // worker
  co_await loop.schedule();
}

// Fails at no place, on the worker, or when it is back.
cppcoro::task<void> guarded([[maybe_unused]] Loop &loop, Pool &pool, int failure) {
  try {
    mark(); // loop
    co_await pool.schedule();
    mark(); // worker
    if (failure == 1)
      throw std::runtime_error("failed there");
    co_await loop.schedule();
    mark(); // loop
    if (failure == 2)
      throw std::runtime_error("failed here");
  } catch (const std::runtime_error &) {
    mark(); // loop worker
  }
  mark(); // loop worker
  co_await loop.schedule();
  for (const bool leave : {false, true}) {
    try {
      mark(); // loop
      co_await fails(loop, pool, leave);
    } catch (const std::runtime_error &) {
      mark(); // loop worker
    }
    co_await loop.schedule();
    mark(); // loop
  }
}

void consume(int, int) {
  mark(); // loop worker
}

cppcoro::task<void> conditions([[maybe_unused]] Loop &loop, Pool &pool, bool flag) {
  if (co_await stay(loop, pool, flag)) {
    mark(); // worker
  } else {
    mark(); // worker
  }
  co_await loop.schedule();
  if (flag && co_await stay(loop, pool)) {
    mark(); // worker
  }
  mark(); // loop worker
  co_await loop.schedule();
  const int sum = flag ? co_await stay(loop, pool) : 0;
  mark(); // loop worker
  co_await loop.schedule();
  const int first = co_await stay(loop, pool);
  mark(); // worker
  co_await loop.schedule();
  consume(co_await stay(loop, pool), sum + first);
  mark(); // worker
  co_await loop.schedule();
  consume(co_await comeBack(loop, pool), co_await comeBack(loop, pool, sum));
  mark(); // loop
  int left = 2;
  while (co_await stay(loop, pool, left--) > 0) {
    mark(); // worker
    co_await loop.schedule();
    mark(); // loop
  }
  mark(); // worker
  co_await loop.schedule();
  switch (co_await comeBack(loop, pool, flag)) {
  case 0:
    mark(); // loop
    break;
  default:
    mark(); // loop
    break;
  }
}

// Several tasks begin one after the other where they are awaited. The last to end takes its
// awaiter along, if that has suspended by then.

using Gate = std::binary_semaphore;

// Runs only after whoever spawned it on the loop has suspended.
cppcoro::task<void> openGate(Loop &loop, Gate &gate) {
  co_await loop.schedule();
  mark(); // loop
  gate.release();
}

cppcoro::task<void> heldOnPool(Pool &pool, Gate &gate) {
  mark(); // loop
  co_await pool.schedule();
  mark(); // worker
  gate.acquire();
  mark(); // worker
}

cppcoro::task<int> staysOnLoop() {
  mark(); // loop
  co_return 1;
}

cppcoro::task<void> goesAndReturns(Loop &loop, Pool &pool) {
  mark(); // loop
  co_await pool.schedule();
  mark(); // worker
  co_await loop.schedule();
  mark(); // loop
}

cppcoro::task<void> lateOnLoop(Loop &loop, bool late) {
  if (late)
    co_await loop.schedule_after(250ms);
  mark(); // loop
}

cppcoro::task<void> groups(Loop &loop, Pool &pool, cppcoro::async_scope &scope) {
  Gate gate(0);
  co_await cppcoro::when_all(goesAndReturns(loop, pool), staysOnLoop());
  mark(); // loop
  co_await cppcoro::when_all_ready(goesAndReturns(loop, pool), goesAndReturns(loop, pool));
  mark(); // loop
  co_await cppcoro::when_all(cppcoro::schedule_on(loop, onLoopOnly()), staysOnLoop());
  mark(); // loop
  for (const bool late : {false, true}) {
    scope.spawn(openGate(loop, gate));
    co_await cppcoro::when_all_ready(heldOnPool(pool, gate), lateOnLoop(loop, late));
    mark(); // loop worker
    co_await loop.schedule();
    mark(); // loop
  }
}

cppcoro::shared_task<int> shared(Pool &pool) {
  mark(); // loop
  co_await pool.schedule();
  mark(); // worker
  co_return 4;
}

cppcoro::task<void> sharing(Loop &loop, Pool &pool) {
  auto once = shared(pool);
  mark(); // loop
  co_await once;
  mark(); // worker
  co_await loop.schedule();
  mark(); // loop
}

class Service {
public:
  explicit Service(Loop &loop) : loop_(loop) {}

  cppcoro::task<void> run() {
    mark(); // loop
    co_await load();
    mark(); // worker
    co_await loop_.schedule();
    mark(); // loop
  }

private:
  cppcoro::task<void> load() {
    co_await pool_.schedule();
    mark(); // worker
  }

  Loop &loop_;
  Pool pool_{1};
};

cppcoro::task<void> everything(Loop &loop, Pool &pool, Service &service) {
  cppcoro::async_scope scope;
  // sync_wait() begins it before anyone runs the loop.
  co_await loop.schedule();
  mark(); // loop
  co_await hops(loop, pool);
  mark(); // loop
  co_await withAdaptors(loop, pool);
  mark(); // loop
  co_await children(loop, pool);
  mark(); // loop
  co_await lambdas(loop, pool);
  co_await loop.schedule();
  for (const bool choice : {false, true}) {
    co_await branch(loop, pool, choice);
    mark(); // loop
    co_await conditions(loop, pool, choice);
    mark(); // loop
  }
  for (const int choice : {0, 1, 2}) {
    co_await early(loop, pool, choice);
    mark(); // loop worker
    co_await loop.schedule();
    co_await guarded(loop, pool, choice);
    mark(); // loop
    co_await rounds(loop, pool, choice);
    mark(); // loop
  }
  mark(); // loop
  co_await groups(loop, pool, scope);
  mark(); // loop
  co_await sharing(loop, pool);
  mark(); // loop
  co_await service.run();
  mark(); // loop
  co_await scope.join();
  loop.stop();
}

cppcoro::task<void> process(Loop &loop) {
  loop.process_events();
  co_return;
}

int main() {
  onLoop();
  Loop loop;
  Pool pool(2);
  Service service(loop);
  cppcoro::sync_wait(stay(loop, pool));
  cppcoro::sync_wait(cppcoro::when_all_ready(everything(loop, pool, service), process(loop)));
  printSeen();
}
