// concurrencpp: a result's get() and wait() block; its locks and conditions are awaited.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unistd.h>
#include <utility>

// ---- as concurrencpp declares it ---------------------------------------------------------------

namespace concurrencpp {

enum class result_status { idle, value, exception };
struct executor_tag {};
template <class type> class result;
template <class type> class shared_result;
template <class type> class lazy_result;
struct null_result {};

namespace details {
template <class type> class awaitable {
public:
  bool await_ready() const noexcept;
  template <class promise_type> void await_suspend(std::coroutine_handle<promise_type>) {}
  type await_resume();
};
template <class result_type> struct promise_base {
  result_type get_return_object();
  void unhandled_exception() noexcept;
  std::suspend_always final_suspend() noexcept;
};
template <class type, class result_type> struct returns : promise_base<result_type> {
  template <class argument_type> void return_value(argument_type &&) {}
};
template <class result_type> struct returns<void, result_type> : promise_base<result_type> {
  void return_void() noexcept;
};
template <class type> struct initialy_resumed_promise : returns<type, result<type>> {
  std::suspend_never initial_suspend() noexcept;
};
template <class type> struct lazy_promise : returns<type, lazy_result<type>> {
  std::suspend_always initial_suspend() noexcept;
};
struct initialy_resumed_null_promise : returns<void, null_result> {
  std::suspend_never initial_suspend() noexcept;
};
template <class type> class generator_iterator;
struct generator_end_iterator {};
} // namespace details

} // namespace concurrencpp

template <class... arguments>
struct std::coroutine_traits<concurrencpp::null_result, arguments...> {
  using promise_type = concurrencpp::details::initialy_resumed_null_promise;
};
template <class type, class... arguments>
struct std::coroutine_traits<concurrencpp::result<type>, arguments...> {
  using promise_type = concurrencpp::details::initialy_resumed_promise<type>;
};
template <class type, class... arguments>
struct std::coroutine_traits<concurrencpp::lazy_result<type>, arguments...> {
  using promise_type = concurrencpp::details::lazy_promise<type>;
};

namespace concurrencpp {

template <class type> class result {
public:
  result_status status() const;
  void wait() const;
  result_status wait_for(std::chrono::milliseconds) const;
  type get();
  auto operator co_await() { return details::awaitable<type>(); }
  auto resolve() { return details::awaitable<result>(); }
};
template <class type> class shared_result {
public:
  result_status status() const;
  void wait();
  type &get();
  auto operator co_await() { return details::awaitable<type &>(); }
};
template <class type> class lazy_result {
public:
  auto operator co_await() { return details::awaitable<type>(); }
  result<type> run();
};

template <class type> class generator {
public:
  class promise_type : public details::promise_base<generator> {
  public:
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always yield_value(type &&) noexcept;
    void return_void() noexcept;
  };
  details::generator_iterator<type> begin();
  static details::generator_end_iterator end() noexcept { return {}; }
};
namespace details {
template <class type> class generator_iterator {
public:
  generator_iterator &operator++();
  type &operator*() const noexcept;
  friend bool operator==(const generator_iterator &, const generator_end_iterator &) {
    return true;
  }
};
} // namespace details

class task {
public:
  template <class callable_type> task(callable_type &&callable) {}
  void operator()();
};

class executor {
public:
  virtual ~executor() = default;
  virtual void enqueue(task) = 0;
  virtual void shutdown() = 0;
  template <class callable_type> void post(callable_type &&callable) {}
};
template <class concrete_executor_type> struct derivable_executor : public executor {
  template <class callable_type> void post(callable_type &&callable) {}
};
class thread_pool_executor final : public derivable_executor<thread_pool_executor> {
public:
  void enqueue(task) override;
  void shutdown() override;
};
class manual_executor final : public derivable_executor<manual_executor> {
public:
  void enqueue(task) override;
  void shutdown() override;
  bool loop_once();
  bool loop_once_for(std::chrono::milliseconds);
  std::size_t loop(std::size_t max_count);
  std::size_t loop_for(std::size_t max_count, std::chrono::milliseconds);
  void wait_for_task();
  void wait_for_tasks(std::size_t count);
  template <class clock_type, class duration_type>
  bool wait_for_task_until(std::chrono::time_point<clock_type, duration_type>) {
    return true;
  }
};

class scoped_async_lock;
class async_lock {
public:
  lazy_result<scoped_async_lock> lock(std::shared_ptr<executor>);
  lazy_result<bool> try_lock();
  void unlock();
};
class scoped_async_lock {
public:
  scoped_async_lock() noexcept = default;
  scoped_async_lock(scoped_async_lock &&) noexcept;
  scoped_async_lock(async_lock &, std::defer_lock_t) noexcept;
  ~scoped_async_lock() noexcept;
  lazy_result<void> lock(std::shared_ptr<executor>);
};
class async_condition_variable {
public:
  lazy_result<void> await(std::shared_ptr<executor>, scoped_async_lock &);
  template <class predicate_type>
  lazy_result<void> await(std::shared_ptr<executor>, scoped_async_lock &, predicate_type) {
    return {};
  }
  void notify_one();
};
class timer_queue {
public:
  lazy_result<void> make_delay_object(std::chrono::milliseconds, std::shared_ptr<executor>);
  void shutdown();
};
template <class executor_type> auto resume_on(std::shared_ptr<executor_type>) {
  return details::awaitable<void>();
}

} // namespace concurrencpp

// ---- awaited -----------------------------------------------------------------------------------

using concurrencpp::result;
using namespace std::chrono_literals;
using Executor = std::shared_ptr<concurrencpp::executor>;

result<int> child() { co_return 1; }
concurrencpp::lazy_result<int> lazy() { co_return 1; }

result<void> locks(concurrencpp::async_lock &lock, Executor executor) {
  concurrencpp::scoped_async_lock held = co_await lock.lock(executor);
  bool isLocked = co_await lock.try_lock();
  lock.unlock();
  concurrencpp::scoped_async_lock later(lock, std::defer_lock);
  co_await later.lock(executor);
}

result<void> waits(concurrencpp::async_condition_variable &condition, Executor executor,
                   concurrencpp::scoped_async_lock &held, concurrencpp::timer_queue &timers,
                   result<int> number, concurrencpp::shared_result<int> shared) {
  co_await condition.await(executor, held);
  co_await condition.await(executor, held, [] { return true; });
  condition.notify_one();
  co_await timers.make_delay_object(1ms, executor);
  auto ready = co_await number.resolve();
  co_await number;
  co_await shared;
  co_await lazy();
}

concurrencpp::null_result looks(concurrencpp::manual_executor &own, result<int> number,
                                concurrencpp::shared_result<int> shared) {
  own.loop_once();
  own.loop(10);
  own.loop_once_for(0ms);
  number.status();
  number.wait_for(0ms);
  if (number.status() == concurrencpp::result_status::value)
    number.get();
  if (shared.status() == concurrencpp::result_status::value)
    shared.get();
  co_return;
}

// ---- blocks ------------------------------------------------------------------------------------

result<void> waitsForThread(result<int> number, concurrencpp::shared_result<int> shared,
                            concurrencpp::manual_executor &own, std::mutex &mutex,
                            std::shared_ptr<concurrencpp::thread_pool_executor> pool,
                            concurrencpp::timer_queue &timers) {
  number.get();               // WARN: 'concurrencpp::result::get' blocks the event loop in coroutine 'waitsForThread' (wait)
  number.wait();              // WARN: 'concurrencpp::result::wait' blocks
  number.wait_for(1ms);       // WARN: 'concurrencpp::result::wait_for' blocks
  child().get();              // WARN: 'concurrencpp::result::get' blocks
  lazy().run().get();         // WARN: 'concurrencpp::result::get' blocks
  shared.get();               // WARN: 'concurrencpp::shared_result::get' blocks
  shared.wait();              // WARN: 'concurrencpp::shared_result::wait' blocks
  own.loop_for(1, 1ms);       // WARN: 'concurrencpp::manual_executor::loop_for' blocks
  own.loop_once_for(1ms);     // WARN: 'concurrencpp::manual_executor::loop_once_for' blocks
  own.wait_for_task();        // WARN: 'concurrencpp::manual_executor::wait_for_task' blocks
  own.wait_for_tasks(1);      // WARN: 'concurrencpp::manual_executor::wait_for_tasks' blocks
  own.wait_for_task_until(std::chrono::steady_clock::now()); // WARN: 'concurrencpp::manual_executor::wait_for_task_until' blocks
  pool->shutdown();           // WARN: 'concurrencpp::thread_pool_executor::shutdown' blocks
  timers.shutdown();          // WARN: 'concurrencpp::timer_queue::shutdown' blocks
  mutex.lock();               // WARN: 'std::mutex::lock' blocks the event loop in coroutine 'waitsForThread' (lock)
  own.shutdown();
  co_return;
}

concurrencpp::lazy_result<void> alsoLazy(result<int> number) {
  number.get();               // WARN: 'concurrencpp::result::get' blocks the event loop in coroutine 'alsoLazy'
  co_return;
}

// ---- generators --------------------------------------------------------------------------------

concurrencpp::generator<int> readings() {
  ::fsync(1);
  co_yield 1;
}
concurrencpp::generator<int> numbers() { co_yield 1; }

result<void> advances() {
  for (int number : numbers())
    (void)number;
  for (int reading : readings()) // WARN: 'readings' blocks the event loop in coroutine 'advances': it reaches 'fsync' (disk)
    (void)reading;
  auto unused = readings();
  co_return;
}

// ---- elsewhere ---------------------------------------------------------------------------------

result<void> handsOver(std::shared_ptr<concurrencpp::thread_pool_executor> pool) {
  pool->post([] { child().get(); });
  pool->enqueue([] { child().get(); });
  co_await concurrencpp::resume_on(pool);
  child().get();
}

// What is posted to the program's own loop runs there.
std::shared_ptr<concurrencpp::manual_executor> own;

result<void> comesBack() {
  co_await concurrencpp::resume_on(own);
  own->post([] { child().get(); });    // WARN: 'concurrencpp::result::get' blocks the event loop in a lambda
  own->enqueue([] { child().wait(); }); // WARN: 'concurrencpp::result::wait' blocks the event loop in a lambda
}

// ---- the user's own ----------------------------------------------------------------------------

namespace my {
struct result {
  int get();
  void wait();
};
struct async_lock {
  void lock();
};
struct executor {
  void shutdown();
  void wait_for_task();
};
} // namespace my

result<void> ownNames(my::result number, my::async_lock &lock, my::executor &executor) {
  number.get();
  number.wait();
  lock.lock();
  executor.wait_for_task();
  executor.shutdown();
  co_return;
}
