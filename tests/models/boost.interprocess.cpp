// Boost.Interprocess: what waits for another process, and what does not.
// REQUIRES: common-tests, pack-boost.interprocess
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/date_time/posix_time/posix_time.hpp>
#include <boost/interprocess/ipc/message_queue.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <boost/interprocess/sync/file_lock.hpp>
#include <boost/interprocess/sync/interprocess_condition.hpp>
#include <boost/interprocess/sync/interprocess_condition_any.hpp>
#include <boost/interprocess/sync/interprocess_mutex.hpp>
#include <boost/interprocess/sync/interprocess_recursive_mutex.hpp>
#include <boost/interprocess/sync/interprocess_semaphore.hpp>
#include <boost/interprocess/sync/interprocess_sharable_mutex.hpp>
#include <boost/interprocess/sync/interprocess_upgradable_mutex.hpp>
#include <boost/interprocess/sync/named_condition.hpp>
#include <boost/interprocess/sync/named_condition_any.hpp>
#include <boost/interprocess/sync/named_mutex.hpp>
#include <boost/interprocess/sync/named_recursive_mutex.hpp>
#include <boost/interprocess/sync/named_semaphore.hpp>
#include <boost/interprocess/sync/named_sharable_mutex.hpp>
#include <boost/interprocess/sync/named_upgradable_mutex.hpp>
#include <boost/interprocess/sync/null_mutex.hpp>
#include <boost/interprocess/sync/scoped_lock.hpp>
#include <boost/interprocess/sync/sharable_lock.hpp>
#include <boost/interprocess/sync/upgradable_lock.hpp>
#include <chrono>
#include <unistd.h>

namespace ip = boost::interprocess;
const boost::posix_time::ptime moment;

ASYNC_TIDY_RUNS_ON_LOOP void locks(ip::interprocess_mutex &mutex, ip::interprocess_recursive_mutex &recursive,
                                   ip::interprocess_sharable_mutex &sharable,
                                   ip::interprocess_upgradable_mutex &upgradable, ip::named_mutex &named,
                                   ip::named_recursive_mutex &namedRecursive, ip::named_sharable_mutex &namedSharable,
                                   ip::named_upgradable_mutex &namedUpgradable, ip::file_lock &file) {
  mutex.lock();                          // WARN: 'boost::interprocess::interprocess_mutex::lock' blocks the event loop in 'locks' (lock)
  mutex.timed_lock(moment);                // WARN: 'boost::interprocess::interprocess_mutex::timed_lock' blocks
  mutex.try_lock_for(std::chrono::seconds(1)); // WARN: 'boost::interprocess::interprocess_mutex::try_lock_for' blocks
  mutex.try_lock_for(std::chrono::seconds(0));
  mutex.try_lock_until(moment);            // WARN: 'boost::interprocess::interprocess_mutex::try_lock_until' blocks
  recursive.lock();                      // WARN: 'boost::interprocess::interprocess_recursive_mutex::lock' blocks
  recursive.timed_lock(moment);            // WARN: 'boost::interprocess::interprocess_recursive_mutex::timed_lock' blocks
  sharable.lock();                       // WARN: 'boost::interprocess::interprocess_sharable_mutex::lock' blocks
  sharable.lock_sharable();              // WARN: 'boost::interprocess::interprocess_sharable_mutex::lock_sharable' blocks
  sharable.timed_lock(moment);             // WARN: 'boost::interprocess::interprocess_sharable_mutex::timed_lock' blocks
  upgradable.lock();                     // WARN: 'boost::interprocess::interprocess_upgradable_mutex::lock' blocks
  upgradable.lock_sharable();            // WARN: 'boost::interprocess::interprocess_upgradable_mutex::lock_sharable' blocks
  upgradable.lock_upgradable();          // WARN: 'boost::interprocess::interprocess_upgradable_mutex::lock_upgradable' blocks
  upgradable.timed_lock(moment);           // WARN: 'boost::interprocess::interprocess_upgradable_mutex::timed_lock' blocks
  named.lock();                          // WARN: 'boost::interprocess::named_mutex::lock' blocks
  named.timed_lock(moment);                // WARN: 'boost::interprocess::named_mutex::timed_lock' blocks
  named.try_lock();
  namedRecursive.lock();                 // WARN: 'boost::interprocess::named_recursive_mutex::lock' blocks
  namedRecursive.timed_lock(moment);       // WARN: 'boost::interprocess::named_recursive_mutex::timed_lock' blocks
  namedSharable.lock();                  // WARN: 'boost::interprocess::named_sharable_mutex::lock' blocks
  namedSharable.lock_sharable();         // WARN: 'boost::interprocess::named_sharable_mutex::lock_sharable' blocks
  namedUpgradable.lock();                // WARN: 'boost::interprocess::named_upgradable_mutex::lock' blocks
  namedUpgradable.lock_sharable();       // WARN: 'boost::interprocess::named_upgradable_mutex::lock_sharable' blocks
  file.lock();                           // WARN: 'boost::interprocess::file_lock::lock' blocks
  file.timed_lock(moment);                 // WARN: 'boost::interprocess::file_lock::timed_lock' blocks
  file.lock_sharable();                  // WARN: 'boost::interprocess::file_lock::lock_sharable' blocks
  file.timed_lock_sharable(moment);        // WARN: 'boost::interprocess::file_lock::timed_lock_sharable' blocks
  file.try_lock();
}

struct Own {
  void lock();
  void unlock();
  bool try_lock();
};

ASYNC_TIDY_RUNS_ON_LOOP void guards(ip::interprocess_mutex &mutex, ip::interprocess_upgradable_mutex &upgradable,
                                    ip::null_mutex &null, Own &own) {
  ip::scoped_lock<ip::interprocess_mutex> guard(mutex); // WARN: 'boost::interprocess::scoped_lock::scoped_lock' blocks the event loop in 'guards' (lock)
  ip::scoped_lock<ip::interprocess_mutex> timed(mutex, moment); // WARN: 'boost::interprocess::scoped_lock::scoped_lock' blocks
  ip::scoped_lock<ip::interprocess_mutex> deferred(mutex, ip::defer_lock);
  ip::scoped_lock<ip::interprocess_mutex> trying(mutex, ip::try_to_lock);
  ip::scoped_lock<ip::interprocess_mutex> accepted(mutex, ip::accept_ownership);
  ip::scoped_lock<ip::interprocess_mutex> none;
  ip::scoped_lock<ip::interprocess_mutex> moved(boost::move(guard));
  ip::scoped_lock<ip::null_mutex> nothing(null);
  ip::scoped_lock<Own> mine(own);        // WARN: 'boost::interprocess::scoped_lock::scoped_lock' may block
  ip::sharable_lock<ip::interprocess_upgradable_mutex> sharing(upgradable); // WARN: 'boost::interprocess::sharable_lock::sharable_lock' blocks
  ip::upgradable_lock<ip::interprocess_upgradable_mutex> upgrading(upgradable); // WARN: 'boost::interprocess::upgradable_lock::upgradable_lock' blocks
  ip::scoped_lock<ip::interprocess_upgradable_mutex> upgraded(boost::move(upgrading)); // WARN: 'boost::interprocess::scoped_lock::scoped_lock' blocks
  deferred.lock();                       // WARN: 'boost::interprocess::scoped_lock::lock' blocks
  deferred.timed_lock(moment);             // WARN: 'boost::interprocess::scoped_lock::timed_lock' blocks
  deferred.try_lock();
  sharing.lock();                        // WARN: 'boost::interprocess::sharable_lock::lock' blocks
  upgrading.lock();                      // WARN: 'boost::interprocess::upgradable_lock::lock' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(ip::interprocess_condition &condition, ip::interprocess_condition_any &any,
                                   ip::named_condition &named, ip::named_condition_any &namedAny,
                                   ip::interprocess_semaphore &semaphore, ip::named_semaphore &namedSemaphore,
                                   ip::scoped_lock<ip::interprocess_mutex> &lock,
                                   ip::scoped_lock<ip::named_mutex> &namedLock) {
  condition.wait(lock);                  // WARN: 'boost::interprocess::interprocess_condition::wait' blocks the event loop in 'waits' (wait)
  condition.wait(lock, [] { ::fsync(1); return true; }); // WARN: 'boost::interprocess::interprocess_condition::wait' blocks // WARN: it reaches 'fsync' (disk)
  condition.timed_wait(lock, moment);      // WARN: 'boost::interprocess::interprocess_condition::timed_wait' blocks
  condition.wait_for(lock, std::chrono::seconds(1)); // WARN: 'boost::interprocess::interprocess_condition::wait_for' blocks
  condition.wait_for(lock, std::chrono::seconds(0));
  condition.wait_until(lock, moment);      // WARN: 'boost::interprocess::interprocess_condition::wait_until' blocks
  condition.notify_one();
  any.wait(lock);                        // WARN: 'boost::interprocess::interprocess_condition_any::wait' blocks
  any.timed_wait(lock, moment);            // WARN: 'boost::interprocess::interprocess_condition_any::timed_wait' blocks
  named.wait(namedLock);                 // WARN: 'boost::interprocess::named_condition::wait' blocks
  named.timed_wait(namedLock, moment);     // WARN: 'boost::interprocess::named_condition::timed_wait' blocks
  namedAny.wait(namedLock);              // WARN: 'boost::interprocess::named_condition_any::wait' blocks
  namedAny.timed_wait(namedLock, moment);  // WARN: 'boost::interprocess::named_condition_any::timed_wait' blocks
  semaphore.wait();                      // WARN: 'boost::interprocess::interprocess_semaphore::wait' blocks
  semaphore.timed_wait(moment);            // WARN: 'boost::interprocess::interprocess_semaphore::timed_wait' blocks
  semaphore.try_wait();
  semaphore.post();
  namedSemaphore.wait();                 // WARN: 'boost::interprocess::named_semaphore::wait' blocks
  namedSemaphore.timed_wait(moment);       // WARN: 'boost::interprocess::named_semaphore::timed_wait' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void queues(ip::message_queue &queue, ip::mapped_region &region) {
  char buffer[8];
  ip::message_queue::size_type size = 0;
  unsigned priority = 0;
  queue.send(buffer, 1, 0);              // WARN: 'boost::interprocess::message_queue_t::send' may block the event loop in 'queues' (wait)
  queue.timed_send(buffer, 1, 0, moment);  // WARN: 'boost::interprocess::message_queue_t::timed_send' may block
  queue.receive(buffer, 8, size, priority); // WARN: 'boost::interprocess::message_queue_t::receive' may block
  queue.timed_receive(buffer, 8, size, priority, moment); // WARN: 'boost::interprocess::message_queue_t::timed_receive' may block
  queue.try_send(buffer, 1, 0);
  queue.try_receive(buffer, 8, size, priority);
  region.flush();
  region.flush(0, 0, true);
  region.flush(0, 0, false);             // WARN: 'boost::interprocess::mapped_region::flush' blocks the event loop in 'queues' (disk)
}
