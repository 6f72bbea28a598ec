// Boost.Thread's version decides which class a future is; BOOST_THREAD_FUTURE is its name in both.
// REQUIRES: common-tests, pack-boost.thread
// RUN: %check %s async-blocking-call --only command -- -I%source_root/checker/include -DBOOST_THREAD_VERSION=2
// RUN: %check %s async-blocking-call --only command -- -I%source_root/checker/include -DBOOST_THREAD_VERSION=4
#include <async_tidy/annotations.h>
#include <boost/thread/future.hpp>

ASYNC_TIDY_RUNS_ON_LOOP int waits(boost::BOOST_THREAD_FUTURE<int> &future,
                                  boost::shared_future<int> &shared) {
  future.wait();       // WARN: future::wait' blocks the event loop in 'waits' (wait)
  shared.wait();       // WARN: 'boost::shared_future::wait' blocks
  if (future.is_ready())
    return future.get();
  return future.get(); // WARN: future::get' blocks
}
