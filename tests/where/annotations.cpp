// What the code says of itself: blocking, non-blocking, and who runs what.
// RUN: %check %s async-blocking-call -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <functional>
#include <unistd.h>

namespace asio = boost::asio;

void inPool(ASYNC_TIDY_CALLED_ON_WORKER std::function<void()> job);
void onLoop(ASYNC_TIDY_CALLED_ON_LOOP std::function<void()> job);
void now(ASYNC_TIDY_CALLED_INLINE const std::function<void()> &job);

ASYNC_TIDY_BLOCKING void flushLog();
ASYNC_TIDY_BLOCKING_ON("cpu") int hash(int);
void slow() [[clang::blocking]];
void quick() noexcept [[clang::nonblocking]];

ASYNC_TIDY_NON_BLOCKING("the pipe is never full") void notify() { ::fsync(1); }

// Said of the declaration, and not of the definition.
ASYNC_TIDY_NON_BLOCKING("a file in memory") void remember();
void remember() { ::fsync(2); }

ASYNC_TIDY_RUNS_ON_LOOP void onTimer() {
  ::fsync(3); // WARN: 'fsync' blocks the event loop in 'onTimer' (disk) // NOTE@-1: 'onTimer' runs on an event loop: it is annotated so here
}

ASYNC_TIDY_RUNS_ON_WORKER asio::awaitable<void> crunch() {
  ::fsync(4);
  co_return;
}

asio::awaitable<void> serve() {
  flushLog(); // WARN: 'flushLog' blocks the event loop in coroutine 'serve' (wait)
  hash(1);    // WARN: 'hash' blocks the event loop in coroutine 'serve' (cpu)
  slow();     // WARN: 'slow' blocks the event loop in coroutine 'serve' (wait)
  quick();
  notify();
  remember();
  inPool([] { ::fsync(5); });
  onLoop([] { ::fsync(6); }); // WARN: 'fsync' blocks the event loop in a lambda (disk) // NOTE: a lambda runs on an event loop: 'onLoop' hands it over here
  now([] { ::fsync(7); });    // WARN: 'lambda' blocks the event loop in coroutine 'serve': it reaches 'fsync' (disk)
  co_return;
}

// What is said of a parameter replaces what the body does with it.
void inPoolLater(ASYNC_TIDY_CALLED_ON_WORKER std::function<void()> job) { job(); }

asio::awaitable<void> later() {
  inPoolLater([] { ::fsync(8); });
  co_return;
}
