// A class of the program's own that locks in its constructor and unlocks in its destructor is a guard.
// RUN: %check %s async-lock-across-await -- -pthread
#include "Inputs/coroutines.h"
#include <mutex>
#include <pthread.h>

class Guard {
public:
  explicit Guard(std::mutex &mutex) : mutex(mutex) { mutex.lock(); }
  ~Guard() { mutex.unlock(); }
  void early() { mutex.unlock(); }

private:
  std::mutex &mutex;
};

std::mutex mutex;

Task<> guarded() {
  Guard guard(mutex); // NOTE: it is taken here
  co_await request(); // WARN: lock of 'mutex' is held
}

Task<> scoped() {
  {
    Guard guard(mutex);
    work();
  }
  co_await request();
}

// What its other members do is not looked into.
Task<> early() {
  Guard guard(mutex);
  guard.early();
  co_await request();
}

struct Global {
  Global() { pthread_mutex_lock(&handle); }
  ~Global() { pthread_mutex_unlock(&handle); }
  static pthread_mutex_t handle;
};

Task<> global() {
  Global lock;
  co_await request(); // WARN: lock of 'handle' is held
}

// With more members.
class Store {
public:
  Task<> save() {
    const std::lock_guard lock(mutex); // NOTE: it is taken here
    ++version;
    co_await request(version); // WARN: lock of 'mutex' is held while coroutine 'Store::save' sleeps here
  }

private:
  std::mutex mutex;
  int version = 0;
};
