// Templates are looked at as they are used, and reported once.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <mutex>

template <class Mutex> class Locked {
public:
  template <class T> Task<T> with(T value) {
    std::lock_guard<Mutex> lock(mutex);
    co_await request(); // WARN: lock of 'mutex' is held
    co_return value;
  }

private:
  Mutex mutex;
};

struct Nothing { // locks nothing
  void lock() {}
  void unlock() {}
};

template <class Mutex> Task<int> quiet(Mutex &mutex) {
  std::lock_guard<Mutex> lock(mutex);
  co_return co_await request();
}

Task<> uses(Locked<std::mutex> &a, Locked<std::recursive_mutex> &b, Nothing &nothing) {
  co_await a.with(1);
  co_await a.with(1.0);
  co_await b.with(1);
  co_await quiet(nothing);
}

template <bool isLocked> Task<int> chosen(std::mutex &mutex) {
  std::unique_lock lock(mutex);
  if constexpr (!isLocked)
    lock.unlock();
  co_return co_await request();
}

Task<> usesChosen(std::mutex &mutex) { co_await chosen<false>(mutex); }
