// As programs do it right.
// RUN: %check %s async-lock-across-await -- -pthread
#include "Inputs/coroutines.h"
#include <boost/asio.hpp>
#include <memory>
#include <mutex>
#include <queue>
#include <set>
#include <shared_mutex>
#include <vector>

namespace asio = boost::asio;

template <class Function> struct AtEnd {
  Function function;
  ~AtEnd() { function(); }
};
template <class Function> AtEnd(Function) -> AtEnd<Function>;

class Pool {
public:
  Task<std::shared_ptr<int>> acquire() {
    std::unique_lock lock(mutex);
    if (!idle.empty()) {
      auto first = idle.front();
      idle.pop();
      co_return first;
    }
    if (count < 3) {
      ++count;
      lock.unlock();
      try {
        co_await request();
        co_return std::make_shared<int>(1);
      } catch (...) {
        lock.lock();
        --count;
        throw;
      }
    }
    lock.unlock();
    co_await released();
    lock.lock();
    auto first = idle.front();
    idle.pop();
    co_return first;
  }

  Task<> drain() {
    for (;;) {
      std::shared_ptr<int> next;
      {
        std::scoped_lock lock{mutex};
        if (idle.empty())
          break;
        next = idle.front();
        idle.pop();
      }
      co_await request(*next);
    }
  }

  Task<> swapped() {
    decltype(idle) mine;
    {
      std::lock_guard lock(mutex);
      mine.swap(idle);
    }
    while (!mine.empty()) {
      co_await request(*mine.front());
      mine.pop();
    }
  }

  // It lets go of the guard when it sleeps.
  Task<> handedToAwaiter() {
    std::unique_lock lock(mutex);
    co_await unlockedMeanwhile(request(), lock);
  }

  Task<> earlyEnd(bool isFull) {
    std::unique_lock lock(mutex);
    if (isFull) {
      lock.unlock();
      co_await request();
      co_return;
    }
    ++count;
  }

  Task<> byHand() {
    mutex.lock();
    int copy = count;
    mutex.unlock();
    co_await request(copy);
    mutex.lock();
    count = copy;
    mutex.unlock();
  }

  Task<> atEnd() {
    mutex.lock();
    {
      AtEnd unlock{[&] { mutex.unlock(); }};
      ++count;
    }
    co_await request();
  }

  Task<> ifOwned() {
    std::unique_lock<std::mutex> lock(mutex, std::defer_lock);
    do {
      if (lock.owns_lock())
        lock.unlock();
      co_await request();
      lock.lock();
    } while (count == 0);
  }

  Task<> chosen(bool isNeeded) {
    auto lock = isNeeded ? std::unique_lock(mutex) : std::unique_lock<std::mutex>();
    if (lock)
      lock.unlock();
    co_await request();
  }

private:
  Reply released();
  template <class Awaiter>
  Awaiter unlockedMeanwhile(Awaiter awaiter, std::unique_lock<std::mutex> &lock);

  std::mutex mutex;
  std::queue<std::shared_ptr<int>> idle;
  int count = 0;
};

class Room {
public:
  asio::awaitable<void> broadcast() {
    std::vector<std::weak_ptr<int>> copies;
    auto lock = std::shared_lock(mutex);
    for (auto &session : sessions)
      copies.emplace_back(session);
    lock.unlock();
    for (auto &copy : copies)
      if (auto session = copy.lock())
        co_await asio::post(asio::use_awaitable);
  }

  asio::awaitable<void> empty(asio::any_io_executor executor) {
    auto lock = std::unique_lock(mutex);
    while (!sessions.empty()) {
      sessions.erase(sessions.begin());
      lock.unlock();
      co_await asio::post(executor, asio::use_awaitable);
      lock.lock();
    }
  }

  asio::awaitable<void> posted(asio::any_io_executor executor) {
    std::unique_lock lock(mutex);
    asio::post(executor, [this] {
      std::lock_guard inner(mutex);
      sessions.clear();
    });
    lock.unlock();
    co_await asio::post(executor, asio::use_awaitable);
  }

  asio::awaitable<void> switched(int what) {
    std::unique_lock lock(mutex);
    switch (what) {
    case 0:
      lock.unlock();
      co_await asio::post(asio::use_awaitable);
      break;
    default:
      lock.unlock();
    }
    co_await asio::post(asio::use_awaitable);
  }

private:
  std::shared_mutex mutex;
  std::set<std::shared_ptr<int>> sessions;
};
