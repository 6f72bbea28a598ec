// Tasks that begin when they are called: made first, they run together already.
// RUN: %check %s async-sequential-await
#include <coroutine>
#include <exception>
#include <utility>
#include <vector>

namespace QCoro {
template <class T> class Task {
public:
  struct promise_type {
    T value{};
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(T v) { value = v; }
    void unhandled_exception() { std::terminate(); }
  };
  bool await_ready() const { return true; }
  void await_suspend(std::coroutine_handle<>) const {}
  T await_resume() const { return {}; }
};
inline Task<int> sleepFor(int duration) { co_return duration; }
} // namespace QCoro

QCoro::Task<int> load(int id) { co_return id + co_await QCoro::sleepFor(id); }

QCoro::Task<int> together(std::vector<int> ids) {
  auto one = load(1);
  auto two = load(2);
  int a = co_await one;
  int b = co_await two;
  std::vector<QCoro::Task<int>> tasks;
  for (int id : ids)
    tasks.push_back(load(id));
  int total = a + b;
  for (auto &task : tasks)
    total += co_await task;
  co_return total;
}

QCoro::Task<int> apart(std::vector<int> ids) {
  int a = co_await load(1); // WARN: 2 calls of 'load' are awaited one after the other // NOTE: instead: call all of them first
  int b = co_await load(2);
  int total = a + b;
  for (int id : ids)
    total += co_await load(id); // WARN: one 'load' after the other
  co_return total;
}
