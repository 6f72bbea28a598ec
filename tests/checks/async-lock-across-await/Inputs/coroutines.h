// A task, a generator, and what may be awaited, as programs write them.
#pragma once
#include <coroutine>
#include <exception>
#include <utility>

template <class T> struct Returning {
  T value{};
  void return_value(T result) { value = std::move(result); }
};
template <> struct Returning<void> {
  void return_void() {}
};

template <class T = void> class Task {
public:
  struct promise_type : Returning<T> {
    std::coroutine_handle<> parent;
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct Back {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> handle) noexcept {
          return handle.promise().parent;
        }
        void await_resume() noexcept {}
      };
      return Back{};
    }
    void unhandled_exception() { std::terminate(); }
  };

  bool await_ready() const noexcept { return handle.done(); }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) {
    handle.promise().parent = parent;
    return handle;
  }
  T await_resume() {
    if constexpr (!std::is_void_v<T>)
      return std::move(handle.promise().value);
  }

private:
  explicit Task(std::coroutine_handle<promise_type> handle) : handle(handle) {}
  std::coroutine_handle<promise_type> handle;
};

template <class T> struct Generator {
  struct promise_type {
    T current;
    Generator get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T value) {
      current = value;
      return {};
    }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct Reply { // comes later
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle);
  int await_resume();
};

Reply request(int what = 0);
void work();
