// Reported, though it cannot happen; each warning here should go one day.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <mutex>

std::mutex mutex;

// Ways are not told apart by values.
Task<> correlated(bool isLong) {
  std::unique_lock lock(mutex);
  work();
  if (isLong)
    lock.unlock();
  if (isLong)
    co_await request(); // WARN: lock of 'mutex' is held
}

// Ready, as its reader knows.
struct Perhaps {
  bool isReady = true;
  bool await_ready() const { return isReady; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume() {}
};

Task<> ready() {
  std::lock_guard lock(mutex);
  co_await Perhaps{}; // WARN: lock of 'mutex' is held
}
