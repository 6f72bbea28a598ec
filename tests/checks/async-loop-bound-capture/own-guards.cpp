// Locks that are taken in other ways than with the standard library's guards.
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -isystem /usr/include/postgresql
#include <boost/asio.hpp>
#include <libpq-fe.h>
#include <mutex>
#include <pthread.h>
#include <thread>

namespace asio = boost::asio;

// A guard of the program's own, of whatever it locks.
class Ledger {
public:
  class Lock {
  public:
    explicit Lock(Ledger &ledger) : ledger(ledger) { ledger.mutex.lock(); }

    ~Lock() { ledger.mutex.unlock(); }

  private:
    Ledger &ledger;
  };

  asio::awaitable<void> serve() {
    Lock lock(*this);
    PQsetnonblocking(connection, 1);
    co_return;
  }

  void start() {
    worker = std::jthread([this] {
      Lock lock(*this);
      PQexec(connection, "SELECT 1");
    });
  }

  void startHasty() {
    hasty = std::jthread([this] {
      {
        Lock lock(*this);
      }
      PQexec(connection, "SELECT 1"); // WARN: uses 'Ledger::connection' on another thread
    });
  }

private:
  std::mutex mutex;
  PGconn *connection;
  std::jthread worker, hasty;
};

class Holding {
public:
  explicit Holding(std::mutex &mutex) : held(mutex) { held.lock(); }

  ~Holding() { held.unlock(); }

private:
  std::mutex &held;
};

// It logs, and locks nothing.
class Tracing {
public:
  explicit Tracing(std::mutex &mutex) : traced(mutex) {}

  ~Tracing() {}

private:
  std::mutex &traced;
};

class Register {
public:
  asio::awaitable<void> serve() {
    Holding holding(mutex);
    Tracing tracing(other);
    PQsetnonblocking(connection, 1);
    PQsetnonblocking(open, 1);
    co_return;
  }

  void start() {
    worker = std::jthread([this] {
      Holding holding(mutex);
      PQexec(connection, "SELECT 1");
    });
  }

  void startOpen() {
    traced = std::jthread([this] {
      Tracing tracing(other);
      PQexec(open, "SELECT 1"); // WARN: uses 'Register::open' on another thread
    });
  }

private:
  std::mutex mutex, other;
  PGconn *connection, *open;
  std::jthread worker, traced;
};

// As C locks.
class Till {
public:
  asio::awaitable<void> serve() {
    pthread_mutex_lock(&mutex);
    PQsetnonblocking(connection, 1);
    pthread_mutex_unlock(&mutex);
    co_return;
  }

  void start() {
    worker = std::jthread([this] {
      pthread_mutex_lock(&mutex);
      PQexec(connection, "SELECT 1");
      pthread_mutex_unlock(&mutex);
    });
  }

private:
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  PGconn *connection;
  std::jthread worker;
};
