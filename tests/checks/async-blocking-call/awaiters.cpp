// An awaiter's members run on the awaiting coroutine's thread; so does its promise.
// RUN: %check %s async-blocking-call
#include <chrono>
#include <coroutine>
#include <thread>
#include <unistd.h>

struct SlowReady {
  bool await_ready() {
    ::sleep(1);
    return true;
  }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};

struct SlowSuspend {
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<>) {
    ::sleep(1);
    return false;
  }
  void await_resume() {}
};

struct SlowResume {
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<>) { return false; }
  int await_resume() {
    ::sleep(1);
    return 1;
  }
};

struct OnAThread { // the right way: another thread waits, and resumes
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    std::thread([handle] {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      handle.resume();
    }).detach();
  }
  void await_resume() {}
};

struct Convertible {
  SlowReady operator co_await() const { return {}; }
};

struct Job {
  struct promise_type {
    Job get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(int) { ::sleep(1); }
    void unhandled_exception() {}
  };
};

Job session() {
  co_await SlowReady();   // WARN: 'SlowReady::await_ready' blocks the event loop
  co_await SlowSuspend(); // WARN: 'SlowSuspend::await_suspend' blocks the event loop
  co_await SlowResume();  // WARN: 'SlowResume::await_resume' blocks the event loop
  co_await Convertible(); // WARN: 'SlowReady::await_ready' blocks the event loop
  co_return 1;            // WARN: 'Job::promise_type::return_value' blocks the event loop
}

Job leaves() {
  co_await OnAThread();
  co_await SlowResume();
  co_return 1;
}
