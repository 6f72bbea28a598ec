// Held, but not seen; each line here should warn one day.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <memory>
#include <mutex>
#include <optional>

std::mutex mutex;
struct Spin {
  void lock();
  void unlock();
} spin;

Task<> inContainer() {
  auto lock = std::make_unique<std::lock_guard<std::mutex>>(mutex);
  std::optional<std::unique_lock<std::mutex>> other(std::in_place, mutex);
  co_await request();
}

Task<> parameter(std::unique_lock<std::mutex>) { co_await request(); }

Task<> moved() {
  std::unique_lock lock(mutex);
  auto other = std::move(lock);
  co_await request();
}

std::unique_lock<std::mutex> locked() { return std::unique_lock(mutex); }

Task<> givenByFunction() {
  auto lock = locked();
  co_await request();
}

// A mutex of the program's own says nothing of itself; `mutex: true` in a model does.
Task<> ownMutex() {
  std::lock_guard lock(spin);
  co_await request();
}

Task<> givenBackByScopeGuard() {
  struct Unlock {
    ~Unlock() { mutex.unlock(); }
  };
  mutex.lock();
  Unlock unlock;
  co_await request();
}

// The caller holds it.
Task<> child() { co_await request(); }
void begin(Task<>);
void caller() {
  std::lock_guard lock(mutex);
  begin(child());
}

// As long as the whole expression.
int add(const std::lock_guard<std::mutex> &, int);
Task<> temporary() { add(std::lock_guard(mutex), co_await request()); }
