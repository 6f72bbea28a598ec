// NOLINT at the await.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <mutex>

std::mutex mutex;

Task<> silenced() {
  std::lock_guard lock(mutex);
  co_await request(); // NOLINT(async-lock-across-await): nobody else takes it on this thread
}

Task<> ofAnother() {
  std::lock_guard lock(mutex);
  // WARN@+1: lock of 'mutex' is held
  co_await request(); // NOLINT(async-blocking-call)
}
