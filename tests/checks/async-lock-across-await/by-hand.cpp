// lock() and unlock() without a guard: reported if the lock is held on all ways to the await, and given back afterwards.
// RUN: %check %s async-lock-across-await -- -pthread
#include "Inputs/coroutines.h"
#include <mutex>
#include <pthread.h>
#include <shared_mutex>

std::mutex mutex;
std::shared_mutex shared;
pthread_mutex_t handle = PTHREAD_MUTEX_INITIALIZER;
int counter;
bool enough();

struct Cache {
  std::mutex mutex;
  int value = 0;
};

Task<> locked(Cache *cache) {
  cache->mutex.lock(); // NOTE: it is taken here
  cache->value = co_await request(); // WARN: lock of 'cache->mutex' is held
  cache->mutex.unlock();
  co_await request();
}

Task<> unlockedBefore(Cache &cache) {
  cache.mutex.lock();
  ++cache.value;
  cache.mutex.unlock();
  co_await request();
  cache.mutex.lock();
  ++cache.value;
  cache.mutex.unlock();
}

Task<> readers() {
  shared.lock_shared();
  co_await request(); // WARN: lock of 'shared' is held
  shared.unlock_shared();
}

Task<> oneCondition(bool isShared) {
  if (isShared)
    mutex.lock();
  co_await request();
  if (isShared)
    mutex.unlock();
}

Task<> unlockedOnBothWays() {
  mutex.lock();
  if (enough()) {
    mutex.unlock();
    co_await request();
    co_return;
  }
  mutex.unlock();
  co_await request();
}

Task<> unlockedEarlyOnOneWay() {
  mutex.lock();
  if (enough()) {
    mutex.unlock();
    co_return;
  }
  co_await request(); // WARN: lock of 'mutex' is held
  mutex.unlock();
}

Task<> tried() {
  while (!mutex.try_lock())
    co_await request();
  ++counter;
  co_await request(1); // WARN: lock of 'mutex' is held
  mutex.unlock();
}

Task<> triedAndKept() {
  const bool isMine = mutex.try_lock();
  if (!isMine)
    co_await request();
  if (isMine) {
    co_await request(1); // WARN: lock of 'mutex' is held
    mutex.unlock();
  }
  if (isMine)
    co_await request(2);
}

Task<> handles() {
  pthread_mutex_lock(&handle);
  co_await request(); // WARN: lock of 'handle' is held
  pthread_mutex_unlock(&handle);
  if (pthread_mutex_trylock(&handle) != 0) {
    co_await request();
    co_return;
  }
  co_await request(1); // WARN: lock of 'handle' is held
  pthread_mutex_unlock(&handle);
}

// Another object's mutex is another mutex.
Task<> two(Cache &one, Cache &other) {
  one.mutex.lock();
  one.mutex.unlock();
  other.mutex.lock();
  co_await request(); // WARN: lock of 'other.mutex' is held
  other.mutex.unlock();
}

// A function that is called meanwhile may give it back; only who does so afterwards shows that nobody did.
void finish();
Task<> givenBackElsewhere() {
  mutex.lock();
  finish();
  co_await request();
}

Task<> givenBackByLambda() {
  mutex.lock();
  auto unlock = [] { mutex.unlock(); };
  unlock();
  co_await request();
  mutex.lock();
  mutex.unlock();
}
