#include <coroutine>
#include <unistd.h>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};

void flush(int file) {
  ::fsync(file);
}

Task child(int file) {
  flush(file);
  co_return;
}

Task parent(int file) {
  co_await child(file);
  ::sleep(1);
}
