// A small runtime for coroutines, as a program may have one of its own: tasks, a loop and a pool of threads.
#pragma once
#include "sites.h"
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <exception>
#include <functional>

// ---- the loop ---------------------------------------------------------------------------------------------------------
class loop {
public:
  struct turn {
    loop &where;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) { where.push(handle); }
    void await_resume() const noexcept {}
  };
  turn schedule() { return {*this}; }

  void push(std::coroutine_handle<> handle) {
    std::lock_guard lock(mutex);
    ready.push_back(handle);
    changed.notify_one();
  }
  void post(std::function<void()> job) {
    std::lock_guard lock(mutex);
    jobs.push_back(std::move(job));
    changed.notify_one();
  }
  void begin() {
    std::lock_guard lock(mutex);
    ++alive;
  }
  void end() {
    std::lock_guard lock(mutex);
    --alive;
    changed.notify_one();
  }

  // Until no task is alive and nothing is left to do.
  void run() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return !ready.empty() || !jobs.empty() || alive == 0; });
      if (!ready.empty()) {
        std::coroutine_handle<> handle = ready.front();
        ready.pop_front();
        lock.unlock();
        handle.resume();
        lock.lock();
      } else if (!jobs.empty()) {
        std::function<void()> job = std::move(jobs.front());
        jobs.pop_front();
        lock.unlock();
        job();
        lock.lock();
      } else {
        return;
      }
    }
  }

private:
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::coroutine_handle<>> ready;
  std::deque<std::function<void()>> jobs;
  int alive = 0;
};

inline loop main_loop;

// ---- the pool ---------------------------------------------------------------------------------------------------------
class pool {
public:
  explicit pool(int count) {
    for (int i = 0; i < count; ++i)
      workers.emplace_back([this] { worker(); });
  }
  ~pool() {
    {
      std::lock_guard lock(mutex);
      stopped = true;
      changed.notify_all();
    }
    for (auto &thread : workers)
      thread.join();
  }

  struct turn {
    pool &where;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) { where.push(handle); }
    void await_resume() const noexcept {}
  };
  turn schedule() { return {*this}; }

  struct turn_if {
    pool &where;
    bool wanted;
    bool await_ready() const noexcept { return !wanted; }
    void await_suspend(std::coroutine_handle<> handle) { where.push(handle); }
    void await_resume() const noexcept {}
  };
  turn_if schedule_if(bool wanted) { return {*this, wanted}; }

  void push(std::coroutine_handle<> handle) {
    std::lock_guard lock(mutex);
    ready.push_back(handle);
    changed.notify_one();
  }
  void post(std::function<void()> job) {
    std::lock_guard lock(mutex);
    jobs.push_back(std::move(job));
    changed.notify_one();
  }
  void wait_until_idle() {
    std::unique_lock lock(mutex);
    idle.wait(lock, [this] { return ready.empty() && jobs.empty() && busy == 0; });
  }

private:
  void worker() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return stopped || !ready.empty() || !jobs.empty(); });
      if (stopped)
        return;
      ++busy;
      if (!ready.empty()) {
        std::coroutine_handle<> handle = ready.front();
        ready.pop_front();
        lock.unlock();
        handle.resume();
      } else {
        std::function<void()> job = std::move(jobs.front());
        jobs.pop_front();
        lock.unlock();
        job();
      }
      lock.lock();
      --busy;
      idle.notify_all();
    }
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::condition_variable idle;
  std::deque<std::coroutine_handle<>> ready;
  std::deque<std::function<void()>> jobs;
  std::vector<std::thread> workers;
  int busy = 0;
  bool stopped = false;
};

// Whoever awaits what it gives goes on on the pool.
inline pool::turn to_pool(pool &where) { return where.schedule(); }

// ---- tasks ------------------------------------------------------------------------------------------------------------
// How the parent of a task goes on: where the task ends itself, or on the loop, wherever that is.
template <class Promise> struct continue_parent {
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) const noexcept { return self.promise().parent; }
  void await_resume() const noexcept {}
};
template <class Promise> struct post_parent {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<Promise> self) const noexcept { main_loop.push(self.promise().parent); }
  void await_resume() const noexcept {}
};

// Starts when it is awaited.
template <class T, template <class> class End> class basic_task {
public:
  struct promise_type;
  using handle_type = std::coroutine_handle<promise_type>;

  struct promise_type {
    basic_task get_return_object() { return basic_task(handle_type::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    End<promise_type> final_suspend() noexcept { return {}; }
    void return_value(T result) { value = std::move(result); }
    void unhandled_exception() { failure = std::current_exception(); }
    std::coroutine_handle<> parent;
    std::exception_ptr failure;
    T value{};
  };

  basic_task(basic_task &&other) noexcept : self(std::exchange(other.self, nullptr)) {}
  basic_task &operator=(basic_task &&) = delete;
  ~basic_task() {
    if (self)
      self.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) noexcept {
    self.promise().parent = parent;
    return self;
  }
  T await_resume() {
    if (self.promise().failure)
      std::rethrow_exception(self.promise().failure);
    return std::move(self.promise().value);
  }

private:
  explicit basic_task(handle_type self) : self(self) {}
  handle_type self;
};

template <class T> using task = basic_task<T, continue_parent>;
template <class T> using loop_task = basic_task<T, post_parent>;

// ---- spawning ---------------------------------------------------------------------------------------------------------
// Runs by itself; nobody waits for it.
struct detached {
  struct promise_type {
    detached get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

inline detached drive(loop &where, task<int> job) {
  co_await where.schedule();
  try {
    co_await std::move(job);
  } catch (int) {
  }
  where.end();
}
inline void spawn(loop &where, task<int> job) {
  where.begin();
  drive(where, std::move(job));
}

inline detached drive(pool &where, task<int> job) {
  co_await where.schedule();
  try {
    co_await std::move(job);
  } catch (int) {
  }
  main_loop.end();
}
inline void spawn(pool &where, task<int> job) {
  main_loop.begin();
  drive(where, std::move(job));
}

// ---- other ways to another thread ------------------------------------------------------------------------------------
struct on_new_thread {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    keep(std::thread([handle] { handle.resume(); }));
  }
  void await_resume() const noexcept {}
};

// Runs a task on the pool; the parent goes on on the loop, unless the task throws.
inline task<int> offload(loop &back, pool &where, task<int> job) {
  co_await where.schedule();
  int result = co_await std::move(job);
  co_await back.schedule();
  co_return result;
}

// ---- awaiters that leave the coroutine where it is -----------------------------------------------------------------------
struct nothing {
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
struct go_on {
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<>) const noexcept { return false; }
  void await_resume() const noexcept {}
};

inline void in_pool(pool &where, std::function<void()> job) { where.post(std::move(job)); }
inline void in_loop(loop &where, std::function<void()> job) { where.post(std::move(job)); }

// One for all programs: its threads outlive them.
inline pool &workers() {
  static pool all(1);
  return all;
}
