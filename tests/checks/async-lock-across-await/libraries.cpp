// Locks of other libraries: their mutexes, their guards, and the standard's guards of their mutexes.
// RUN: %check %s async-lock-across-await -- -pthread
#include "Inputs/coroutines.h"
#include <boost/thread/locks.hpp>
#include <boost/thread/mutex.hpp>
#include <boost/thread/shared_mutex.hpp>
#include <mutex>
#include <shared_mutex>

// ---- as Qt, folly and GLib declare them ----------------------------------------------------------

class QBasicMutex {
public:
  void lock();
  void unlock();
  bool tryLock();
};
class QMutex : public QBasicMutex {};
template <class Mutex> class QMutexLocker {
public:
  explicit QMutexLocker(Mutex *mutex);
  ~QMutexLocker();
  bool isLocked() const;
  void unlock();
  void relock();
  Mutex *mutex() const;
};
class QReadWriteLock {
public:
  void lockForRead();
  void unlock();
};
class QReadLocker {
public:
  explicit QReadLocker(QReadWriteLock *lock);
  ~QReadLocker();
};

namespace folly {
template <class T> class Synchronized {
public:
  class LockedPtr {
  public:
    ~LockedPtr();
    T *operator->() const;
    void unlock();
  };
  LockedPtr wlock();
  T copy() const;
  template <class F> auto withWLock(F function) { return function(value); }

private:
  T value;
};
} // namespace folly

extern "C" {
typedef struct _GMutex {
  int p;
} GMutex;
void g_mutex_lock(GMutex *mutex);
void g_mutex_unlock(GMutex *mutex);
}

// ---- Boost ---------------------------------------------------------------------------------------

boost::mutex mutex;
boost::shared_mutex shared;

Task<> boosts() {
  boost::unique_lock<boost::mutex> lock(mutex);
  co_await request(); // WARN: lock of 'mutex' is held
  lock.unlock();
  co_await request();
}

Task<> boostReader() {
  boost::shared_lock<boost::shared_mutex> lock(shared);
  co_await request(); // WARN: lock of 'shared' is held
}

Task<> mixed() {
  std::lock_guard<boost::mutex> lock(mutex);
  co_await request(); // WARN: lock of 'mutex' is held
}

Task<> boostTried() {
  boost::unique_lock<boost::mutex> lock(mutex, boost::try_to_lock);
  if (!lock.owns_lock())
    co_await request();
}

// ---- Qt ------------------------------------------------------------------------------------------

QMutex qMutex;
QReadWriteLock qLock;

Task<> locker() {
  QMutexLocker<QMutex> lock(&qMutex);
  co_await request(); // WARN: lock of 'qMutex' is held
  lock.unlock();
  co_await request();
  lock.relock();
  co_await request(); // WARN: lock of 'qMutex' is held
}

Task<> reader() {
  QReadLocker lock(&qLock);
  co_await request(); // WARN: lock of 'qLock' is held
}

Task<> noLocker() {
  QMutexLocker<QMutex> lock(nullptr);
  co_await request();
}

Task<> standardLocker() {
  std::scoped_lock lock(qMutex);
  co_await request(); // WARN: lock of 'qMutex' is held
}

// ---- folly and GLib ------------------------------------------------------------------------------

folly::Synchronized<int> number;
GMutex handle;

Task<> synchronized() {
  auto locked = number.wlock(); // NOTE: it is taken here
  co_await request(); // WARN: lock of 'number' is held
}

Task<> copied() {
  int copy = number.copy();
  number.withWLock([](int &value) { ++value; });
  co_await request(copy);
}

Task<> handles() {
  g_mutex_lock(&handle);
  co_await request(); // WARN: lock of 'handle' is held
  g_mutex_unlock(&handle);
}
