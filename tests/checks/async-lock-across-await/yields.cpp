// A generator that yields with a lock has it for as long as nobody asks for more.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <mutex>
#include <vector>

std::mutex mutex;
std::vector<int> all;

Generator<int> values() {
  std::lock_guard lock(mutex); // NOTE: it is taken here
  for (int one : all)
    // NOTE@+2: until it is asked, whoever wants the lock waits, this thread too; and who asks may be another thread, which must not give it back
    // NOTE@+1: instead: give the lock back before the co_yield
    co_yield one; // WARN: lock of 'mutex' is held while coroutine 'values' waits to be asked for its next value
}

Generator<int> copies() {
  std::vector<int> copy;
  {
    std::lock_guard lock(mutex);
    copy = all;
  }
  for (int one : copy)
    co_yield one;
}
