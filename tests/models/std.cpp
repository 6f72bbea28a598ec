// The C++ standard library: a call of each tier, and what looks like one.
// RUN: %check %s async-blocking-call --tidy-option Tiers=+lock,+console --command-option=--tiers=+lock,+console
// RUN: %check %s async-blocking-call --tidy-option Tiers=+lock,+console --command-option=--tiers=+lock,+console -- -stdlib=libc++ -fexperimental-library
#include "../checks/async-blocking-call/Inputs/task.h"
#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <thread>

using app::Task;
using namespace std::chrono_literals;

Task<> sleeps(std::chrono::steady_clock::time_point until) {
  std::this_thread::sleep_for(2ms);     // WARN: (sleep)
  std::this_thread::sleep_until(until); // WARN: 'std::this_thread::sleep_until'
  std::this_thread::yield();
  co_return;
}

Task<> waits(std::thread &thread, std::condition_variable &condition, std::unique_lock<std::mutex> &held,
             std::shared_future<int> &shared, std::latch &latch, std::barrier<> &barrier,
             std::binary_semaphore &semaphore, std::atomic<int> &atomic) {
  thread.join();                 // WARN: 'std::thread::join'
  condition.wait(held);          // WARN: 'std::condition_variable::wait'
  condition.wait_for(held, 1s);  // WARN: 'std::condition_variable::wait_for'
  condition.notify_one();
  (void)shared.get();            // WARN: 'std::shared_future::get'
  shared.wait();                 // WARN: 'std::shared_future::wait'
  latch.wait();                  // WARN: 'std::latch::wait'
  latch.count_down();
  (void)latch.try_wait();
  barrier.arrive_and_wait();     // WARN: 'std::barrier::arrive_and_wait'
  semaphore.acquire();           // WARN: 'std::counting_semaphore::acquire'
  (void)semaphore.try_acquire();
  atomic.wait(1);                // WARN: 'std::atomic::wait'
  atomic.notify_one();
  co_return;
}

Task<> locks(std::mutex &mutex, std::shared_mutex &shared) {
  mutex.lock();                                  // WARN: 'std::mutex::lock'
  if (mutex.try_lock())
    mutex.unlock();
  shared.lock_shared();                          // WARN: 'std::shared_mutex::lock_shared'
  std::lock_guard guard(mutex);                  // WARN: 'std::lock_guard::lock_guard'
  std::unique_lock later(mutex, std::defer_lock);
  std::unique_lock maybe(mutex, std::try_to_lock);
  std::lock_guard adopted(mutex, std::adopt_lock);
  std::unique_lock now(mutex);                   // WARN: 'std::unique_lock::unique_lock'
  later.lock();                                  // WARN: 'std::unique_lock::lock'
  co_return;
}

Task<> files(std::filesystem::path path, std::filesystem::file_status status) {
  std::ifstream in(path);            // WARN: (disk)
  std::ifstream closed;
  closed.open(path);                 // WARN: 'std::basic_ifstream::open'
  std::string line;
  std::getline(in, line);            // WARN: 'std::getline'
  std::ofstream out;
  out << line;                       // WARN: (disk)
  std::istringstream text(line);
  std::getline(text, line);
  std::ostringstream made;
  made << line;
  (void)std::filesystem::exists(path); // WARN: 'std::filesystem::exists'
  (void)std::filesystem::exists(status);
  std::error_code error;
  std::filesystem::remove(path, error); // WARN: 'std::filesystem::remove'
  (void)path.filename();
  (void)path.has_extension();
  co_return;
}

Task<> speaks(std::ostream &somewhere) {
  std::cout << 1;   // WARN: (console)
  somewhere << 1;
  co_return;
}
