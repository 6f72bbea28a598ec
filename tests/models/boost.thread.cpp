// Boost.Thread: sleeping, joining, locking, waiting, and what only looks like it.
// REQUIRES: common-tests, pack-boost.thread
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include -DBOOST_THREAD_VERSION=4 -DBOOST_THREAD_PROVIDES_EXECUTORS -fdelayed-template-parsing -DBOOST_THREAD_PROVIDES_NESTED_LOCKS -DBOOST_THREAD_USES_DATETIME
#include <async_tidy/annotations.h>
#include <boost/thread.hpp>
#include <boost/thread/barrier.hpp>
#include <boost/thread/executors/basic_thread_pool.hpp>
#include <boost/thread/executors/loop_executor.hpp>
#include <boost/thread/future.hpp>
#include <boost/thread/latch.hpp>
#include <boost/thread/lock_algorithms.hpp>
#include <boost/thread/scoped_thread.hpp>
#include <boost/thread/strict_lock.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <boost/thread/sync_queue.hpp>
#include <boost/thread/synchronized_value.hpp>
#include <unistd.h>
#include <utility>

const boost::chrono::seconds second(1);
const boost::posix_time::seconds aSecond(1);
const boost::chrono::steady_clock::time_point then;

ASYNC_TIDY_RUNS_ON_LOOP void sleeps() {
  boost::this_thread::sleep_for(second);         // WARN: 'boost::this_thread::sleep_for' blocks the event loop in 'sleeps' (sleep)
  boost::this_thread::sleep_for(boost::chrono::seconds(0));
  boost::this_thread::sleep_for(boost::chrono::milliseconds(1));
  boost::this_thread::sleep_for(boost::chrono::milliseconds(2)); // WARN: 'boost::this_thread::sleep_for' blocks
  boost::this_thread::sleep_until(then);         // WARN: 'boost::this_thread::sleep_until' blocks
  boost::this_thread::sleep(aSecond);            // WARN: 'boost::this_thread::sleep' blocks
  boost::thread::sleep(boost::get_system_time()); // WARN: 'boost::thread::sleep' blocks
  boost::this_thread::yield();
  boost::thread::yield();
}

ASYNC_TIDY_RUNS_ON_LOOP void joins(boost::thread &thread, boost::thread_group &group, boost::scoped_thread<> &scoped) {
  thread.join();                                 // WARN: 'boost::thread::join' blocks the event loop in 'joins' (wait)
  thread.try_join_for(second);                   // WARN: 'boost::thread::try_join_for' blocks
  thread.try_join_for(boost::chrono::seconds(0));
  thread.try_join_until(then);                   // WARN: 'boost::thread::try_join_until' blocks
  thread.timed_join(aSecond);                    // WARN: 'boost::thread::timed_join' blocks
  group.join_all();                              // WARN: 'boost::thread_group::join_all' blocks
  scoped.join();                                 // WARN: 'boost::scoped_thread::join' blocks
  thread.detach();
}

ASYNC_TIDY_RUNS_ON_LOOP void locks(boost::mutex &mutex, boost::timed_mutex &timed, boost::recursive_mutex &recursive,
                                   boost::recursive_timed_mutex &both, boost::shared_mutex &shared) {
  mutex.lock();                                  // WARN: 'boost::mutex::lock' blocks the event loop in 'locks' (lock)
  timed.lock();                                  // WARN: 'boost::timed_mutex::lock' blocks
  timed.timed_lock(aSecond);                     // WARN: 'boost::timed_mutex::timed_lock' blocks
  timed.try_lock_for(second);                    // WARN: 'boost::timed_mutex::try_lock_for' blocks
  timed.try_lock_for(boost::chrono::seconds(0));
  timed.try_lock_until(then);                    // WARN: 'boost::timed_mutex::try_lock_until' blocks
  recursive.lock();                              // WARN: 'boost::recursive_mutex::lock' blocks
  both.lock();                                   // WARN: 'boost::recursive_timed_mutex::lock' blocks
  both.timed_lock(aSecond);                      // WARN: 'boost::recursive_timed_mutex::timed_lock' blocks
  both.try_lock_for(second);                     // WARN: 'boost::recursive_timed_mutex::try_lock_for' blocks
  both.try_lock_until(then);                     // WARN: 'boost::recursive_timed_mutex::try_lock_until' blocks
  shared.lock();                                 // WARN: 'boost::shared_mutex::lock' blocks
  shared.lock_shared();                          // WARN: 'boost::shared_mutex::lock_shared' blocks
  shared.lock_upgrade();                         // WARN: 'boost::shared_mutex::lock_upgrade' blocks
  shared.timed_lock(aSecond);                    // WARN: 'boost::shared_mutex::timed_lock' blocks
  shared.timed_lock_shared(aSecond);             // WARN: 'boost::shared_mutex::timed_lock_shared' blocks
  shared.try_lock_for(second);                   // WARN: 'boost::shared_mutex::try_lock_for' blocks
  shared.try_lock_until(then);                   // WARN: 'boost::shared_mutex::try_lock_until' blocks
  shared.try_lock_shared_for(second);            // WARN: 'boost::shared_mutex::try_lock_shared_for' blocks
  shared.try_lock_shared_until(then);            // WARN: 'boost::shared_mutex::try_lock_shared_until' blocks
  shared.unlock_upgrade_and_lock();              // WARN: 'boost::shared_mutex::unlock_upgrade_and_lock' blocks
  mutex.try_lock();
  shared.try_lock_shared();
  mutex.unlock();
}

struct Own {
  void lock();
  void unlock();
  bool try_lock();
};

ASYNC_TIDY_RUNS_ON_LOOP void guards(boost::mutex &mutex, boost::timed_mutex &timed, boost::shared_mutex &shared, Own &own,
                                    boost::once_flag &once, boost::synchronized_value<int> &value) {
  boost::lock_guard<boost::mutex> guard(mutex);  // WARN: 'boost::lock_guard::lock_guard' blocks the event loop in 'guards' (lock)
  boost::lock_guard<boost::mutex> adopted(mutex, boost::adopt_lock);
  boost::lock_guard<Own> mine(own);              // WARN: 'boost::lock_guard::lock_guard' may block
  boost::strict_lock<boost::mutex> strict(mutex); // WARN: 'boost::strict_lock::strict_lock' blocks
  boost::mutex::scoped_lock scoped(mutex);       // WARN: 'boost::unique_lock::unique_lock' blocks
  boost::unique_lock<boost::mutex> none;
  boost::unique_lock<boost::mutex> trying(mutex, boost::try_to_lock);
  boost::unique_lock<boost::mutex> deferred(mutex, boost::defer_lock);
  boost::unique_lock<boost::timed_mutex> bounded(timed, second); // WARN: 'boost::unique_lock::unique_lock' blocks
  boost::unique_lock<boost::timed_mutex> polled(timed, boost::chrono::seconds(0));
  boost::unique_lock<Own> owns(own);             // WARN: 'boost::unique_lock::unique_lock' may block
  boost::unique_lock<boost::mutex> moved(std::move(scoped));
  boost::shared_lock<boost::shared_mutex> reader(shared); // WARN: 'boost::shared_lock::shared_lock' blocks
  boost::upgrade_lock<boost::shared_mutex> upgradable(shared); // WARN: 'boost::upgrade_lock::upgrade_lock' blocks
  boost::unique_lock<boost::shared_mutex> upgraded(std::move(upgradable)); // WARN: 'boost::unique_lock::unique_lock' blocks
  deferred.lock();                               // WARN: 'boost::unique_lock::lock' blocks
  bounded.timed_lock(aSecond);                   // WARN: 'boost::unique_lock::timed_lock' blocks
  bounded.try_lock_for(second);                  // WARN: 'boost::unique_lock::try_lock_for' blocks
  bounded.try_lock_for(boost::chrono::seconds(0));
  bounded.try_lock_until(then);                  // WARN: 'boost::unique_lock::try_lock_until' blocks
  reader.lock();                                 // WARN: 'boost::shared_lock::lock' blocks
  upgradable.lock();                             // WARN: 'boost::upgrade_lock::lock' blocks
  deferred.try_lock();
  boost::lock(mutex, timed);                     // WARN: 'boost::lock' blocks
  boost::try_lock(mutex, timed);
  boost::call_once(once, [] { ::fsync(1); });    // WARN: 'boost::call_once' blocks // WARN: it reaches 'fsync' (disk)
  value.synchronize();                           // WARN: 'boost::synchronized_value::synchronize' blocks
  int copy = value.get();
  int *address = value.operator->().operator->(); // WARN: 'boost::synchronized_value::operator->' blocks
  (void)copy;
  (void)address;
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(boost::condition_variable &condition, boost::unique_lock<boost::mutex> &lock,
                                   boost::condition_variable_any &any, boost::barrier &barrier, boost::latch &latch) {
  condition.wait(lock);                          // WARN: 'boost::condition_variable::wait' blocks the event loop in 'waits' (wait)
  condition.wait(lock, [] { ::fsync(1); return true; }); // WARN: 'boost::condition_variable::wait' blocks // WARN: it reaches 'fsync' (disk)
  condition.wait_for(lock, second);              // WARN: 'boost::condition_variable::wait_for' blocks
  condition.wait_for(lock, boost::chrono::seconds(0));
  condition.wait_until(lock, then);              // WARN: 'boost::condition_variable::wait_until' blocks
  condition.timed_wait(lock, aSecond);           // WARN: 'boost::condition_variable::timed_wait' blocks
  condition.notify_one();
  any.wait(lock);                                // WARN: 'boost::condition_variable_any::wait' blocks
  any.wait_for(lock, second);                    // WARN: 'boost::condition_variable_any::wait_for' blocks
  any.wait_until(lock, then);                    // WARN: 'boost::condition_variable_any::wait_until' blocks
  any.timed_wait(lock, aSecond);                 // WARN: 'boost::condition_variable_any::timed_wait' blocks
  barrier.wait();                                // WARN: 'boost::barrier::wait' blocks
  barrier.count_down_and_wait();                 // WARN: 'boost::barrier::count_down_and_wait' blocks
  latch.wait_for(second);                        // WARN: 'boost::latch::wait_for' blocks
  latch.wait_until(then);                        // WARN: 'boost::latch::wait_until' blocks
  latch.count_down_and_wait();                   // WARN: 'boost::latch::count_down_and_wait' blocks
  latch.sync();                                  // WARN: 'boost::latch::sync' blocks
  if (latch.try_wait())
    latch.wait();
  else
    latch.wait();                                // WARN: 'boost::latch::wait' blocks
  latch.count_down();
}

ASYNC_TIDY_RUNS_ON_LOOP int futures(boost::future<int> one, boost::future<int> two, boost::shared_future<int> three) {
  boost::wait_for_all(two, three);               // WARN: 'boost::wait_for_all' blocks
  boost::wait_for_any(two, three);               // WARN: 'boost::wait_for_any' blocks
  three.wait();                                  // WARN: 'boost::shared_future::wait' blocks the event loop in 'futures' (wait)
  three.wait_for(second);                        // WARN: 'boost::shared_future::wait_for' blocks
  three.wait_until(then);                        // WARN: 'boost::shared_future::wait_until' blocks
  two.wait_for(boost::chrono::seconds(0));
  two.then([](boost::future<int> ready) { return ready.get(); });
  if (one.is_ready())
    return one.get();
  return two.get();                              // WARN: 'boost::future::get' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void queues(boost::concurrent::sync_queue<int> &queue,
                                    boost::concurrent::sync_bounded_queue<int> &bounded) {
  int value = 0;
  queue.pull(value);                             // WARN: 'boost::concurrent::sync_queue::pull' may block the event loop in 'queues' (wait)
  queue.wait_pull(value);                        // WARN: 'boost::concurrent::sync_queue::wait_pull' may block
  bounded.push(1);                               // WARN: 'boost::concurrent::sync_bounded_queue::push' may block
  bounded.pull(value);                           // WARN: 'boost::concurrent::sync_bounded_queue::pull' may block
  bounded.push_back(1);                          // WARN: 'boost::concurrent::sync_bounded_queue::push_back' may block
  bounded.pull_front(value);                     // WARN: 'boost::concurrent::sync_bounded_queue::pull_front' may block
  bounded.wait_push_back(1);                     // WARN: 'boost::concurrent::sync_bounded_queue::wait_push_back' may block
  bounded.wait_pull_front(value);                // WARN: 'boost::concurrent::sync_bounded_queue::wait_pull_front' may block
  queue.push(1);
  queue.try_pull(value);
  bounded.try_push_back(1);
}

// What runs elsewhere may block there.
ASYNC_TIDY_RUNS_ON_LOOP void elsewhere(boost::thread_group &group, boost::basic_thread_pool &pool,
                                       boost::executors::loop_executor &loop) {
  boost::thread([] { ::fsync(1); }).detach();
  boost::scoped_thread<boost::detach> scoped([] { ::fsync(1); });
  group.create_thread([] { ::fsync(1); });
  boost::async([] { return ::fsync(1); });
  boost::async(boost::launch::async, [] { return ::fsync(1); });
  boost::async(boost::launch::deferred, [] { return ::fsync(1); });
  boost::async(pool, [] { return ::fsync(1); });
  boost::async(loop, [] { return ::fsync(1); });
  pool.submit([] { ::fsync(1); });
}
