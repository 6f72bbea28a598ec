// Guards that give the lock back and take it again, that take it later, or perhaps, or are given away.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

std::mutex mutex, second;
std::shared_mutex shared;
std::timed_mutex timed;
int counter;
bool enough();
using namespace std::chrono_literals;

Task<> unlocked() {
  std::unique_lock lock(mutex);
  lock.unlock();
  co_await request();
  lock.lock();        // NOTE: it is taken here
  co_await request(); // WARN: lock of 'mutex' is held
}

Task<> unlockedOnOneWay() {
  std::unique_lock lock(mutex);
  if (enough())
    lock.unlock();
  co_await request(); // WARN: lock of 'mutex' is held
}

Task<> around() {
  std::unique_lock lock(mutex);
  while (!enough()) {
    lock.unlock();
    co_await request();
    lock.lock();
  }
}

Task<> unlockedIfOwned() {
  std::unique_lock lock(mutex);
  if (enough())
    lock.unlock();
  if (lock.owns_lock())
    lock.unlock();
  co_await request();
}

Task<> deferred() {
  std::unique_lock lock(mutex, std::defer_lock);
  co_await request();
  lock.lock();
  co_await request(); // WARN: lock of 'mutex' is held
}

Task<> tried() {
  std::unique_lock lock(mutex, std::try_to_lock); // NOTE: it is taken here
  if (!lock) {
    co_await request();
    co_return;
  }
  co_await request(); // WARN: lock of 'mutex' is held
}

Task<> triedInCondition() {
  if (std::unique_lock lock(mutex, std::try_to_lock); lock.owns_lock())
    ++counter;
  else
    co_await request();
  if (std::unique_lock lock{mutex, std::try_to_lock})
    co_await request(); // WARN: lock of 'mutex' is held
}

Task<> triedFor() {
  std::unique_lock lock(timed, 10ms);
  while (!lock.owns_lock()) {
    co_await request();
    static_cast<void>(lock.try_lock());
  }
  co_await request(1); // WARN: lock of 'timed' is held
}

// Who never asks may have it; that alone is no reason to speak.
Task<> neverAsked() {
  std::unique_lock lock(mutex, std::try_to_lock);
  co_await request();
}

Task<> readers() {
  std::shared_lock lock(shared);
  co_await request(); // WARN: lock of 'shared' is held
  lock.unlock();
  co_await request();
}

Task<> adopted() {
  mutex.lock();
  std::lock_guard lock(mutex, std::adopt_lock); // NOTE: it is taken here
  co_await request(); // WARN: lock of 'mutex' is held
}

Task<> both() {
  std::scoped_lock lock(mutex, second); // NOTE: they are taken here
  co_await request(); // WARN: locks of 'mutex' and 'second' are held while coroutine 'both' sleeps here
}

Task<> bothAtOnce() {
  std::unique_lock one(mutex, std::defer_lock), other(second, std::defer_lock);
  std::lock(one, other);
  one.unlock();
  co_await request(); // WARN: lock of 'second' is held
}

Task<> assigned() {
  std::unique_lock<std::mutex> lock;
  co_await request();
  lock = std::unique_lock(mutex);
  co_await request(); // WARN: lock of 'mutex' is held
  lock = {};
  co_await request();
}

Task<> madeByAuto() {
  auto lock = std::unique_lock<std::mutex>(mutex);
  static_cast<void>(lock);
  co_await request(); // WARN: lock of 'mutex' is held
}

void drain(std::unique_lock<std::mutex> &lock);
void take(std::unique_lock<std::mutex> lock);

// Who is given it may give the lock back.
Task<> givenAway() {
  std::unique_lock lock(mutex);
  drain(lock);
  co_await request();
}

Task<> movedAway() {
  std::unique_lock lock(mutex);
  take(std::move(lock));
  co_await request();
}

Task<> released() {
  std::unique_lock lock(mutex);
  lock.release()->unlock();
  co_await request();
}

Task<> capturedByReference() {
  std::unique_lock lock(mutex);
  auto let = [&] { lock.unlock(); };
  let();
  co_await request();
}

std::condition_variable changed;

Task<> waited() {
  std::unique_lock lock(mutex);
  changed.wait(lock, enough);
  co_await request(); // WARN: lock of 'mutex' is held
}
