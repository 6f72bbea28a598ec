// A generator's body runs on whoever advances it.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <coroutine>
#include <exception>
#include <memory>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;

asio::thread_pool pool(2);

template <class T> class Generator {
public:
  struct promise_type {
    T current{};
    Generator get_return_object() { return Generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T value) {
      current = std::move(value);
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  struct Iterator {
    std::coroutine_handle<promise_type> handle;
    void operator++() { handle.resume(); }
    T &operator*() const { return handle.promise().current; }
    bool operator==(std::default_sentinel_t) const { return handle.done(); }
  };
  Generator(Generator &&other) noexcept : handle(std::exchange(other.handle, {})) {}
  ~Generator() {
    if (handle)
      handle.destroy();
  }
  Iterator begin() {
    handle.resume();
    return {handle};
  }
  std::default_sentinel_t end() const { return {}; }
  bool next() {
    handle.resume();
    return !handle.done();
  }
  T &value() { return handle.promise().current; }

private:
  explicit Generator(std::coroutine_handle<promise_type> handle) : handle(handle) {}
  std::coroutine_handle<promise_type> handle;
};

std::string readRow(int row) {
  ::fsync(row);
  return std::to_string(row);
}

Generator<std::string> rows(int count) {
  for (int row = 0; row < count; ++row)
    co_yield readRow(row);
}
Generator<int> numbers(int count) {
  for (int number = 0; number < count; ++number)
    co_yield number;
}
Generator<std::string> filtered(Generator<std::string> source) {
  for (auto &row : source)
    co_yield row;
}

std::size_t total(Generator<std::string> source) {
  std::size_t sum = 0;
  for (auto &row : source)
    sum += row.size();
  return sum;
}

void exportAll() {
  for (auto &row : rows(10))
    (void)row;
}

asio::awaitable<void> sendRows(tcp::socket client) {
  for (auto &row : rows(3)) // WARN: blocks the event loop in coroutine 'sendRows'
    co_await client.async_write_some(asio::buffer(row), asio::use_awaitable);
}

asio::awaitable<void> sendOne(tcp::socket client) {
  auto source = rows(3);
  if (source.next()) // WARN: blocks the event loop in coroutine 'sendOne'
    co_await client.async_write_some(asio::buffer(source.value()), asio::use_awaitable);
  total(rows(2)); // WARN: 'total' blocks the event loop in coroutine 'sendOne'
}

asio::awaitable<void> sendFiltered(tcp::socket client) {
  for (auto &row : filtered(rows(3))) // WARN: blocks the event loop in coroutine 'sendFiltered'
    co_await client.async_write_some(asio::buffer(row), asio::use_awaitable);
}

asio::awaitable<void> harmless(tcp::socket client) {
  for (int number : numbers(3))
    (void)number;
  auto unused = rows(3);
  asio::post(pool, [] { exportAll(); });
  asio::post(pool, [] { total(rows(5)); });
  std::thread(exportAll).detach();
  co_return;
}
