// Awaiters of the program's own: what they do with the handle says where the coroutine goes on.
// RUN: %check %s async-blocking-call -- -pthread
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <mutex>
#include <thread>
#include <unistd.h>

void load(int number) noexcept { ::fsync(number); }

// Who resumes what is in it decides what it is.
class Queue {
public:
  void push(std::coroutine_handle<> handle) {
    std::lock_guard lock(mutex);
    handles.push_back(handle);
    changed.notify_one();
  }
  void work() {
    for (;;) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return !handles.empty(); });
      std::coroutine_handle<> handle = handles.front();
      handles.pop_front();
      lock.unlock();
      handle.resume();
    }
  }
  auto schedule() {
    struct Turn {
      Queue &queue;
      bool await_ready() { return false; }
      void await_suspend(std::coroutine_handle<> handle) { queue.push(handle); }
      void await_resume() {}
    };
    return Turn{*this};
  }

private:
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::coroutine_handle<>> handles;
};

Queue loopQueue, poolQueue, lostQueue;

struct NewThread {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    std::thread([handle] { handle.resume(); }).detach();
  }
  void await_resume() {}
};

struct Nothing {
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<> handle) { poolQueue.push(handle); }
  void await_resume() {}
};

// `co_await pool` through operator co_await.
struct Pool {
  auto operator co_await() { return poolQueue.schedule(); }
};

// Its parent goes on where it ends.
struct Task {
  struct promise_type {
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    auto final_suspend() noexcept {
      struct Back {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> own) noexcept {
          return own.promise().parent;
        }
        void await_resume() noexcept {}
      };
      return Back();
    }
    void return_void() {}
    void unhandled_exception() {}
    std::coroutine_handle<> parent = std::noop_coroutine();
  };
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) {
    handle.promise().parent = parent;
    return handle;
  }
  void await_resume() {}
  std::coroutine_handle<promise_type> handle;
};

// Its parent goes on on the loop, and numbers are sent to the pool.
struct HomeTask {
  struct promise_type {
    HomeTask get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    auto final_suspend() noexcept {
      struct Back {
        bool await_ready() noexcept { return false; }
        void await_suspend(std::coroutine_handle<promise_type> own) noexcept {
          loopQueue.push(own.promise().parent);
        }
        void await_resume() noexcept {}
      };
      return Back();
    }
    auto await_transform(int) { return poolQueue.schedule(); }
    void return_void() {}
    void unhandled_exception() {}
    std::coroutine_handle<> parent;
  };
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) {
    handle.promise().parent = parent;
    return handle;
  }
  void await_resume() {}
  std::coroutine_handle<promise_type> handle;
};

Task leaves() { co_await poolQueue.schedule(); }

HomeTask returns() {
  co_await 1;
  load(1);
}

Task session() {
  co_await loopQueue.schedule();
  load(1); // WARN: 'load' blocks
  co_await poolQueue.schedule();
  load(2);
  co_await loopQueue.schedule();
  load(3); // WARN: 'load' blocks
  co_await NewThread();
  load(4);
  co_await loopQueue.schedule();
  co_await Nothing();
  load(5); // WARN: 'load' blocks
  co_await Pool();
  load(6);
  co_await loopQueue.schedule();
  co_await leaves();
  load(7);
  co_await returns();
  load(8); // WARN: 'load' blocks
  co_await lostQueue.schedule();
  load(9); // nobody is seen to resume it
}

int main() {
  std::thread worker([] { poolQueue.work(); });
  session().handle.resume();
  loopQueue.work(); // NOTE: coroutine 'session' runs on an event loop: 'main' lets it go on
  worker.join();
}
