// The C++ standard library: the conditions under which a call does not block, and what may block for all that the source
// shows.
// REQUIRES: common-tests, pack-std
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <algorithm>
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <execution>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <latch>
#include <locale>
#include <mutex>
#include <random>
#include <regex>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <stop_token>
#include <string>
#include <syncstream>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace fs = std::filesystem;
using std::chrono::seconds;
const std::chrono::steady_clock::time_point then;

ASYNC_TIDY_RUNS_ON_LOOP void threads(std::thread &thread, std::jthread &joined, std::stop_token token) {
  std::this_thread::sleep_for(seconds(1));   // WARN: 'std::this_thread::sleep_for' blocks the event loop in 'threads' (sleep)
  std::this_thread::sleep_for(seconds(0));
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::this_thread::sleep_for(std::chrono::microseconds(100));
  std::this_thread::sleep_for(std::chrono::milliseconds(2)); // WARN: 'std::this_thread::sleep_for' blocks
  std::this_thread::sleep_until(then);       // WARN: 'std::this_thread::sleep_until' blocks
  std::this_thread::yield();
  thread.join();                             // WARN: 'std::thread::join' blocks
  joined.request_stop();
  joined = std::jthread();                   // WARN: 'std::jthread::operator=' may block
  std::thread([] { ::fsync(1); }).detach();
  std::jthread detached([] { ::fsync(1); });
  detached.detach();
  std::stop_callback callback(token, [] { ::fsync(1); }); // WARN: 'std::stop_callback::~stop_callback' may block
}

struct Own {
  void lock();
  void unlock();
  bool try_lock();
};

ASYNC_TIDY_RUNS_ON_LOOP void locks(std::mutex &mutex, std::timed_mutex &timed, std::shared_timed_mutex &shared, Own &own,
                                   std::once_flag &once) {
  mutex.lock();                              // WARN: 'std::mutex::lock' blocks the event loop in 'locks' (lock)
  mutex.try_lock();
  timed.try_lock_for(seconds(1));            // WARN: try_lock_for' blocks
  timed.try_lock_for(seconds(0));
  shared.lock_shared();                      // WARN: lock_shared' blocks
  shared.try_lock_shared_until(then);        // WARN: try_lock_shared_until' blocks
  std::lock_guard guard(mutex);              // WARN: lock_guard' blocks
  std::lock_guard adopted(mutex, std::adopt_lock);
  std::lock_guard mine(own);                 // WARN: lock_guard' may block
  std::scoped_lock both(mutex, timed);       // WARN: scoped_lock' blocks
  std::scoped_lock adopting(std::adopt_lock, mutex);
  std::unique_lock lock(mutex);              // WARN: unique_lock' blocks
  std::unique_lock deferred(mutex, std::defer_lock);
  std::unique_lock trying(mutex, std::try_to_lock);
  std::unique_lock bounded(timed, seconds(1)); // WARN: unique_lock' blocks
  std::unique_lock polled(timed, seconds(0));
  std::unique_lock any(own);                 // WARN: unique_lock' may block
  std::unique_lock<std::mutex> none;
  std::shared_lock reader(shared);           // WARN: shared_lock' blocks
  std::unique_lock moved(std::move(lock));
  deferred.lock();                           // WARN: 'std::unique_lock::lock' blocks
  reader.try_lock_for(seconds(0));
  std::lock(mutex, timed);                   // WARN: 'std::lock' blocks
  std::try_lock(mutex, timed);
  std::call_once(once, [] { ::fsync(1); });  // WARN: 'std::call_once' blocks // WARN: it reaches 'fsync' (disk)
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(std::condition_variable &condition, std::unique_lock<std::mutex> &lock, std::latch &latch,
                                   std::barrier<> &barrier, std::counting_semaphore<> &semaphore,
                                   std::atomic<int> &number, std::atomic_flag &flag) {
  condition.wait(lock);                      // WARN: wait' blocks the event loop in 'waits' (wait)
  condition.wait_for(lock, seconds(1));      // WARN: wait_for' blocks
  condition.wait_for(lock, seconds(0));
  condition.wait_until(lock, then);          // WARN: wait_until' blocks
  condition.notify_one();
  latch.arrive_and_wait();                   // WARN: arrive_and_wait' blocks
  latch.count_down();
  if (latch.try_wait())
    latch.wait();
  else
    latch.wait();                            // WARN: wait' blocks
  barrier.arrive_and_wait();                 // WARN: arrive_and_wait' blocks
  barrier.arrive_and_drop();
  semaphore.acquire();                       // WARN: acquire' blocks
  semaphore.try_acquire_for(seconds(1));     // WARN: try_acquire_for' blocks
  semaphore.try_acquire_for(seconds(0));
  semaphore.try_acquire();
  number.wait(0);                            // WARN: wait' blocks
  number.notify_one();
  flag.wait(false);                          // WARN: wait' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP int futures(std::future<int> one, std::shared_future<int> two) {
  two.wait();                                // WARN: wait' blocks the event loop in 'futures' (wait)
  two.wait_for(seconds(1));                  // WARN: wait_for' blocks
  two.wait_until(then);                      // WARN: wait_until' blocks
  std::async([] { ::fsync(1); });            // WARN: ~future' blocks
  if (one.wait_for(seconds(0)) == std::future_status::ready)
    return one.get();
  return two.get();                          // WARN: get' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void files(const fs::path &path, fs::file_status known, fs::directory_entry &entry,
                                   std::error_code &error) {
  fs::exists(path);                          // WARN: 'std::filesystem::exists' blocks the event loop in 'files' (disk)
  fs::exists(path, error);                   // WARN: 'std::filesystem::exists' blocks
  fs::exists(known);
  fs::remove_all(path);                      // WARN: 'std::filesystem::remove_all' blocks
  fs::absolute(path);                        // WARN: 'std::filesystem::absolute' may block
  fs::current_path();                        // WARN: 'std::filesystem::current_path' may block
  fs::directory_iterator i(path);            // WARN: directory_iterator' blocks
  fs::directory_iterator end;
  ++i;                                       // WARN: operator++' blocks
  entry.refresh();                           // WARN: refresh' blocks
  entry.is_directory();                      // WARN: is_directory' may block
  (void)path.lexically_normal();
}

ASYNC_TIDY_RUNS_ON_LOOP void streams(const fs::path &path, std::string &line, std::ostream &unknown) {
  std::ifstream in(path);                    // WARN: basic_ifstream' blocks the event loop in 'streams' (disk)
  std::ofstream none;
  none.open(path);                           // WARN: open' blocks
  std::getline(in, line);                    // WARN: 'std::getline' blocks
  in.peek();                                 // WARN: peek' may block
  none << line;                              // WARN: operator<<' blocks the event loop in 'streams' (disk)
  none.put(' ');                             // WARN: put' may block
  none.flush();                              // WARN: flush' blocks
  std::cout << line;                         // WARN: operator<<' blocks the event loop in 'streams' (console)
  std::cin >> line;                          // WARN: operator>>' blocks the event loop in 'streams' (console)
  std::istringstream text(line);
  std::getline(text, line);
  text.peek();
  std::ostringstream out;
  out << line << std::endl;
  unknown << line;
  std::osyncstream synchronised(out);
  synchronised.emit();                       // WARN: emit' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void others(std::string &text, std::vector<int> &values) {
  std::random_device device;                 // WARN: random_device' may block
  std::locale german("de_DE.UTF-8");         // WARN: locale' may block
  std::locale copy(german);
  std::regex_match(text, std::regex("a*"));  // WARN: 'std::regex_match' may block the event loop in 'others' (cpu)
  std::sort(std::execution::par, values.begin(), values.end()); // WARN: 'std::sort' may block the event loop in 'others' (cpu)
  std::sort(std::execution::seq, values.begin(), values.end());
  std::sort(values.begin(), values.end());
}
