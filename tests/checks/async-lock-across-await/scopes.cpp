// What ends before the await is not held there.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <mutex>
#include <optional>
#include <stdexcept>

std::mutex mutex;
int counter;
bool enough();

Task<> block() {
  {
    std::lock_guard guard(mutex);
    ++counter;
  }
  co_await request();
}

Task<> ifInitialiser() {
  if (std::lock_guard guard(mutex); counter != 0)
    ++counter;
  co_await request();
  if (std::lock_guard guard(mutex); counter != 0)
    co_await request(); // WARN: lock of 'mutex' is held
}

Task<> loop() {
  for (;;) {
    {
      std::lock_guard guard(mutex);
      if (enough())
        break;
      if (counter == 3)
        continue;
      ++counter;
    }
    co_await request();
  }
  co_await request();
}

Task<> innerScope() {
  std::unique_lock guard(mutex, std::defer_lock);
  {
    std::lock_guard other(mutex);
    co_await request(); // WARN: lock of 'mutex' is held
  }
  co_await request();
}

Task<> temporary() {
  std::lock_guard<std::mutex>{mutex};
  co_await request();
}

Task<> thrown() {
  try {
    std::lock_guard guard(mutex);
    if (enough())
      throw std::runtime_error("enough");
  } catch (const std::exception &) {
    ++counter;
  }
  co_await request();
}

Task<> thrownAround() {
  std::lock_guard guard(mutex);
  try {
    work();
    co_return;
  } catch (const std::exception &) {
    ++counter;
  }
  co_await request(); // WARN: lock of 'mutex' is held
}

Task<> switched(int what) {
  switch (what) {
  case 0: {
    std::lock_guard guard(mutex);
    ++counter;
    break;
  }
  case 1:
    co_await request();
    break;
  }
}

Task<> returnsEarlier() {
  std::lock_guard guard(mutex);
  co_return;
}

Task<> before() {
  co_await request();
  std::lock_guard guard(mutex);
  ++counter;
}

Task<int> copied() {
  int copy = [] {
    std::lock_guard guard(mutex);
    return counter;
  }();
  co_return copy + co_await request();
}

// A lambda that is made under the lock runs when it is called.
Task<> made() {
  std::lock_guard guard(mutex);
  auto later = []() -> Task<> { co_await request(); };
  static_cast<void>(later);
  co_return;
}
