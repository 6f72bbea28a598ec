// libev: loops and watchers belong to the thread that runs the loop; any thread may only wake it.
// REQUIRES: common-tests, pack-libev
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <ev.h>
#include <thread>

struct ev_loop *loop, *other;
ev_async async;
ev_timer timer;

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  ev_async_start(loop, &async);
  ev_timer_start(loop, &timer);
  ev_now_update(other);
  std::thread([] { ev_async_send(loop, &async); }).detach();
  std::thread([] { ev_timer_stop(loop, &timer); }).detach(); // WARN: 'ev_timer_stop' uses 'timer' on another thread // WARN: 'ev_timer_stop' uses 'loop' on another thread
  std::thread([] { ev_break(other, EVBREAK_ALL); }).detach(); // WARN: 'ev_break' uses 'other' on another thread
}
