// libcoro: most of what sounds like waiting is awaited there.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>

// ---- as libcoro declares it --------------------------------------------------------------------

namespace coro {

template <typename return_type = void> class task;
class mutex;
class scoped_lock;

namespace detail {
template <typename return_type> struct awaiter {
  auto await_ready() -> bool;
  auto await_suspend(std::coroutine_handle<>) -> void;
  auto await_resume() -> return_type;
};
template <typename returned> struct promise_base {
  auto get_return_object() noexcept -> returned;
  auto initial_suspend() -> std::suspend_always;
  auto final_suspend() noexcept -> std::suspend_always;
  auto unhandled_exception() -> void;
};
template <typename return_type> struct promise final : public promise_base<task<return_type>> {
  auto return_value(return_type) -> void;
};
template <> struct promise<void> final : public promise_base<task<void>> {
  auto return_void() -> void;
};
} // namespace detail

template <typename return_type> class task {
public:
  using promise_type = detail::promise<return_type>;
  auto operator co_await() -> detail::awaiter<return_type>;
};

template <typename T> class generator {
public:
  struct promise_type : public detail::promise_base<generator> {
    auto yield_value(T &&) -> std::suspend_always;
    auto return_void() -> void;
  };
  struct sentinel {};
  class iterator {
  public:
    auto operator==(sentinel) const -> bool;
    auto operator++() -> iterator &;
    auto operator*() const -> T &;
  };
  auto begin() -> iterator;
  auto end() -> sentinel;
};

template <typename awaitable_type> auto sync_wait(awaitable_type &&awaitable) -> int { return 0; }

class mutex {
public:
  auto scoped_lock() -> detail::awaiter<coro::scoped_lock>;
  auto lock() -> detail::awaiter<void>;
  auto try_lock() -> bool;
  auto unlock() -> void;
};
class scoped_lock {
public:
  explicit scoped_lock(class coro::mutex &);
  scoped_lock(scoped_lock &&) noexcept;
  ~scoped_lock();
};
template <typename executor_type> class shared_mutex {
public:
  auto scoped_lock(coro::task<void>) -> coro::task<void>;
  auto lock_shared() -> coro::task<void>;
  auto lock() -> coro::task<void>;
  auto try_lock() -> bool;
};
template <std::ptrdiff_t max_value> class semaphore {
public:
  auto acquire() -> coro::task<int>;
  auto try_acquire() -> bool;
};
class condition_variable {
public:
  auto notify_one() -> coro::task<void>;
  auto wait(coro::scoped_lock &) -> coro::task<void>;
  template <typename scheduler_type>
  auto wait_for(std::unique_ptr<scheduler_type> &, coro::scoped_lock &, std::chrono::milliseconds)
      -> coro::task<int>;
  template <typename scheduler_type>
  auto wait_until(std::unique_ptr<scheduler_type> &, coro::scoped_lock &,
                  std::chrono::steady_clock::time_point) -> coro::task<int>;
};
template <typename element_type> class queue {
public:
  auto push(element_type &&) -> coro::task<int>;
  auto pop() -> coro::task<std::optional<element_type>>;
  auto try_pop() -> std::optional<element_type>;
};
template <typename element, std::size_t num_elements> class ring_buffer {
public:
  auto produce(element) -> coro::task<int>;
  auto consume() -> coro::task<std::optional<element>>;
};
class event {
public:
  auto operator co_await() const noexcept -> detail::awaiter<void>;
};

class thread_pool {
public:
  ~thread_pool();
  class schedule_operation : public detail::awaiter<void> {};
  auto schedule() -> schedule_operation;
  template <typename return_type>
  auto schedule(coro::task<return_type>) -> coro::task<return_type>;
  auto spawn_detached(coro::task<void> &&) noexcept -> bool;
  auto shutdown() noexcept -> void;
};
class scheduler {
public:
  auto process_events(std::chrono::milliseconds timeout = std::chrono::milliseconds{0})
      -> std::size_t;
  auto yield_for(std::chrono::milliseconds) -> coro::task<void>;
  auto yield_until(std::chrono::steady_clock::time_point) -> coro::task<void>;
  auto schedule_after(std::chrono::milliseconds) -> coro::task<void>;
  auto poll(int fd, int op) -> coro::task<int>;
  auto shutdown() noexcept -> void;
};
class io_scheduler : public scheduler {};

namespace net {
namespace tcp {
class client {
public:
  auto connect(std::chrono::milliseconds timeout = std::chrono::milliseconds{0}) -> coro::task<int>;
  template <typename buffer_type> auto read_some(buffer_type &) -> coro::task<int> { return {}; }
  template <typename buffer_type> auto read_exact(buffer_type &) -> coro::task<int> { return {}; }
  template <typename buffer_type> auto write_some(const buffer_type &) -> coro::task<int> {
    return {};
  }
  template <typename buffer_type> auto write_all(const buffer_type &) -> coro::task<int> {
    return {};
  }
};
class server {
public:
  auto accept(std::chrono::milliseconds timeout = std::chrono::milliseconds{0})
      -> coro::task<std::optional<client>>;
};
} // namespace tcp
namespace udp {
class peer {
public:
  auto write_to(const std::string &, std::span<const char>) -> coro::task<int>;
  auto read_from(std::span<char>) -> coro::task<int>;
};
} // namespace udp
namespace dns {
template <typename executor_type> class resolver {
public:
  auto host_by_name(const std::string &) -> coro::task<std::shared_ptr<int>>;
};
} // namespace dns
} // namespace net

} // namespace coro

// ---- awaited -----------------------------------------------------------------------------------

using namespace std::chrono_literals;

coro::task<int> child() { co_return 1; }

coro::task<void> locks(coro::mutex &mutex, coro::shared_mutex<coro::thread_pool> &shared,
                       coro::semaphore<2> &semaphore) {
  co_await mutex.lock();
  mutex.unlock();
  auto held = co_await mutex.scoped_lock();
  if (mutex.try_lock())
    mutex.unlock();
  co_await shared.lock();
  co_await shared.lock_shared();
  co_await shared.scoped_lock(shared.lock());
  shared.try_lock();
  co_await semaphore.acquire();
  semaphore.try_acquire();
}

coro::task<void> waits(coro::condition_variable &condition, coro::scoped_lock &held,
                       std::unique_ptr<coro::scheduler> &scheduler, coro::event &event,
                       coro::queue<int> &queue, coro::ring_buffer<int, 4> &ring,
                       std::chrono::steady_clock::time_point until) {
  co_await condition.wait(held);
  co_await condition.notify_one();
  co_await event;
  co_await queue.push(1);
  co_await queue.pop();
  queue.try_pop();
  co_await ring.produce(1);
  co_await ring.consume();
  co_await scheduler->yield_for(1ms);
  co_await scheduler->yield_until(until);
  co_await scheduler->schedule_after(1ms);
  co_await scheduler->poll(1, 1);
  co_await child();
  scheduler->process_events();
  scheduler->process_events(0ms);
}

coro::task<void> exchanges(coro::net::tcp::client &client, coro::net::tcp::server &server,
                           coro::net::udp::peer &peer,
                           coro::net::dns::resolver<coro::scheduler> &resolver) {
  std::string text;
  co_await client.connect(1s);
  co_await client.read_some(text);
  co_await client.read_exact(text);
  co_await client.write_some(text);
  co_await client.write_all(text);
  auto accepted = co_await server.accept();
  co_await peer.write_to(text, text);
  co_await peer.read_from(text);
  co_await resolver.host_by_name("name");
}

// Also where nobody awaits the result, and in a plain function.
ASYNC_TIDY_RUNS_ON_LOOP void starts(coro::mutex &mutex, coro::semaphore<2> &semaphore) {
  auto operation = mutex.lock();
  auto acquiring = semaphore.acquire();
}

// ---- blocks ------------------------------------------------------------------------------------

coro::task<void> waitsForThread(coro::thread_pool &pool, coro::scheduler &scheduler,
                                coro::io_scheduler &old, coro::mutex &mutex) {
  coro::sync_wait(child());            // WARN: 'coro::sync_wait' blocks the event loop in coroutine 'waitsForThread' (wait)
  coro::sync_wait(mutex.lock());       // WARN: 'coro::sync_wait' blocks
  scheduler.process_events(1s);        // WARN: 'coro::scheduler::process_events' blocks
  old.process_events(1s);              // WARN: process_events' blocks
  pool.shutdown();                     // WARN: 'coro::thread_pool::shutdown' blocks
  scheduler.shutdown();                // WARN: 'coro::scheduler::shutdown' blocks
  co_return;
}

ASYNC_TIDY_RUNS_ON_LOOP void joins() {
  coro::thread_pool pool;              // WARN: 'coro::thread_pool::~thread_pool' blocks the event loop in 'joins' (wait)
}

// ---- generators --------------------------------------------------------------------------------

coro::generator<int> readings() {
  ::fsync(1);
  co_yield 1;
}
coro::generator<int> numbers() { co_yield 1; }

coro::task<void> advances() {
  for (int number : numbers())
    (void)number;
  for (int reading : readings())       // WARN: 'readings' blocks the event loop in coroutine 'advances': it reaches 'fsync' (disk)
    (void)reading;
  auto unused = readings();
  co_return;
}

// ---- elsewhere ---------------------------------------------------------------------------------

coro::task<void> onThePool(std::mutex &own) {
  coro::sync_wait(child());
  std::this_thread::sleep_for(1s);
  own.lock();
  co_return;
}

coro::task<void> handsOver(coro::thread_pool &pool, std::mutex &own) {
  pool.spawn_detached(onThePool(own));
  co_await pool.schedule();
  std::this_thread::sleep_for(1s);
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct mutex {
  void lock();
  void scoped_lock();
};
template <class T> void sync_wait(T &&);
namespace coro {
struct thread_pool {
  void shutdown();
  ~thread_pool();
};
template <class T> void sync_wait(T &&) {}
} // namespace coro
} // namespace own

coro::task<void> ownNames(own::mutex &mutex) {
  mutex.lock();
  mutex.scoped_lock();
  own::coro::sync_wait(1);
  own::coro::thread_pool pool;
  pool.shutdown();
  co_return;
}
