// A coroutine type of one's own, with the note about its laziness.
#pragma once
#include <coroutine>
#include <exception>
#include <utility>

namespace app {

template <class T> struct Result {
  T value{};
  void return_value(T v) { value = std::move(v); }
};

template <> struct Result<void> {
  void return_void() {}
};

template <class T = void> class Task {
public:
  struct promise_type : Result<T> {
    std::coroutine_handle<> waiting = std::noop_coroutine();

    Task get_return_object() {
      return Task(std::coroutine_handle<promise_type>::from_promise(*this));
    }

    std::suspend_always initial_suspend() noexcept { return {}; } // NOTE: a coroutine that gives 'app::Task' is suspended here, before it begins

    auto final_suspend() noexcept {
      struct Resume {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> done) noexcept {
          return done.promise().waiting;
        }
        void await_resume() noexcept {}
      };
      return Resume{};
    }

    void unhandled_exception() { std::terminate(); }
  };

  explicit Task(std::coroutine_handle<promise_type> handle) : handle(handle) {}
  Task(Task &&other) noexcept : handle(std::exchange(other.handle, {})) {}
  ~Task() {
    if (handle)
      handle.destroy();
  }

  bool await_ready() const { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) {
    handle.promise().waiting = waiting;
    return handle;
  }
  T await_resume() {
    if constexpr (!__is_same(T, void))
      return std::move(handle.promise().value);
  }

private:
  std::coroutine_handle<promise_type> handle;
};

} // namespace app
