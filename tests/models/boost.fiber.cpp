// Boost.Fiber: what waits suspends a fiber, or stops the loop; the call does not show which.
// REQUIRES: common-tests, pack-boost.fiber
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/fiber/all.hpp>
#include <chrono>
#include <mutex>

namespace fibers = boost::fibers;
using std::chrono::seconds;
const std::chrono::steady_clock::time_point then;

ASYNC_TIDY_RUNS_ON_LOOP void sleeps() {
  boost::this_fiber::sleep_for(seconds(1)); // WARN: 'boost::this_fiber::sleep_for' may block the event loop in 'sleeps' (sleep)
  boost::this_fiber::sleep_for(seconds(0));
  boost::this_fiber::sleep_until(then);     // WARN: 'boost::this_fiber::sleep_until' may block
  boost::this_fiber::yield();
}

ASYNC_TIDY_RUNS_ON_LOOP void locks(fibers::mutex &mutex, fibers::timed_mutex &timed, fibers::recursive_mutex &recursive) {
  mutex.lock();                             // WARN: 'boost::fibers::mutex::lock' may block the event loop in 'locks' (lock)
  mutex.try_lock();
  timed.lock();                             // WARN: 'boost::fibers::timed_mutex::lock' may block
  timed.try_lock_for(seconds(1));           // WARN: 'boost::fibers::timed_mutex::try_lock_for' may block
  timed.try_lock_for(seconds(0));
  timed.try_lock_until(then);               // WARN: 'boost::fibers::timed_mutex::try_lock_until' may block
  recursive.lock();                         // WARN: 'boost::fibers::recursive_mutex::lock' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(fibers::fiber &fiber, fibers::barrier &barrier, fibers::future<int> &future,
                                   fibers::shared_future<int> &shared, fibers::condition_variable &condition,
                                   fibers::condition_variable_any &any, std::unique_lock<fibers::mutex> &lock) {
  fiber.join();                             // WARN: 'boost::fibers::fiber::join' may block the event loop in 'waits' (wait)
  barrier.wait();                           // WARN: 'boost::fibers::barrier::wait' may block
  future.get();                             // WARN: 'boost::fibers::future::get' may block
  shared.get();                             // WARN: 'boost::fibers::shared_future::get' may block
  condition.wait(lock);                     // WARN: 'boost::fibers::condition_variable::wait' may block
  condition.wait_for(lock, seconds(1));     // WARN: 'boost::fibers::condition_variable::wait_for' may block
  condition.wait_for(lock, seconds(0));
  condition.wait_until(lock, then);         // WARN: 'boost::fibers::condition_variable::wait_until' may block
  any.wait(lock);                           // WARN: 'boost::fibers::condition_variable_any::wait' may block
  any.wait_for(lock, seconds(1));           // WARN: 'boost::fibers::condition_variable_any::wait_for' may block
  any.wait_until(lock, then);               // WARN: 'boost::fibers::condition_variable_any::wait_until' may block
  condition.notify_all();
  fiber.detach();
}

ASYNC_TIDY_RUNS_ON_LOOP void channels(fibers::buffered_channel<int> &buffered, fibers::unbuffered_channel<int> &direct) {
  int value = 0;
  buffered.push(1);                         // WARN: 'boost::fibers::buffered_channel::push' may block
  buffered.pop(value);                      // WARN: 'boost::fibers::buffered_channel::pop' may block
  buffered.value_pop();                     // WARN: 'boost::fibers::buffered_channel::value_pop' may block
  buffered.pop_wait_for(value, seconds(1)); // WARN: 'boost::fibers::buffered_channel::pop_wait_for' may block
  buffered.pop_wait_for(value, seconds(0));
  buffered.push_wait_for(1, seconds(1));    // WARN: 'boost::fibers::buffered_channel::push_wait_for' may block
  buffered.try_push(1);
  buffered.try_pop(value);
  direct.push(1);                           // WARN: 'boost::fibers::unbuffered_channel::push' may block
  direct.pop(value);                        // WARN: 'boost::fibers::unbuffered_channel::pop' may block
  direct.value_pop();                       // WARN: 'boost::fibers::unbuffered_channel::value_pop' may block
  direct.pop_wait_for(value, seconds(1));   // WARN: 'boost::fibers::unbuffered_channel::pop_wait_for' may block
  direct.push_wait_for(1, seconds(1));      // WARN: 'boost::fibers::unbuffered_channel::push_wait_for' may block
}

// A fiber may wait.
ASYNC_TIDY_RUNS_ON_LOOP void starts(fibers::mutex &mutex) {
  fibers::fiber([&mutex] { mutex.lock(); }).detach();
  fibers::async([] { boost::this_fiber::sleep_for(seconds(1)); });
}
