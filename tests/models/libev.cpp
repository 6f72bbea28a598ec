// libev: what waits.
// REQUIRES: common-tests, pack-libev
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <ev.h>

ASYNC_TIDY_RUNS_ON_LOOP void waits(struct ev_loop *loop, ev_stat *watcher, ev_async *async) {
  ev_run(loop, 0);            // WARN: 'ev_run' blocks the event loop in 'waits' (wait)
  ev_run(loop, EVRUN_ONCE);   // WARN: 'ev_run'
  ev_run(loop, EVRUN_NOWAIT);
  ev_loop(loop, 0);           // WARN: 'ev_loop' blocks
  ev_loop(loop, EVLOOP_NONBLOCK);
  ev_break(loop, EVBREAK_ALL);
  ev_sleep(0.5);              // WARN: 'ev_sleep' blocks the event loop in 'waits' (sleep)
  ev_sleep(0);
  ev_stat_stat(loop, watcher); // WARN: 'ev_stat_stat' blocks the event loop in 'waits' (disk)
  ev_async_send(loop, async);
  ev_now(loop);
}
