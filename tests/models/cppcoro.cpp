// cppcoro: what blocks the thread, and what is awaited.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <unistd.h>
#include <utility>

// ---- as cppcoro declares it --------------------------------------------------------------------

namespace cppcoro {

namespace detail {
template <typename T> struct awaitable {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};
template <typename RESULT> class promise_base {
public:
  RESULT get_return_object() noexcept;
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
};
template <typename T, typename RESULT> class task_promise final : public promise_base<RESULT> {
public:
  void return_value(T);
};
template <typename RESULT> class task_promise<void, RESULT> final : public promise_base<RESULT> {
public:
  void return_void() noexcept;
};
template <typename T, typename RESULT> class generator_promise : public promise_base<RESULT> {
public:
  std::suspend_always yield_value(T &&) noexcept;
  std::suspend_always yield_value(RESULT &&) noexcept;
  void return_void();
};
struct generator_sentinel {};
template <typename T> class generator_iterator {
public:
  bool operator==(generator_sentinel) const noexcept;
  generator_iterator &operator++();
  T &operator*() const noexcept;
};
template <typename T> class async_generator_iterator {
public:
  bool operator==(const async_generator_iterator &) const noexcept;
  awaitable<async_generator_iterator &> operator++() noexcept;
  T &operator*() const noexcept;
};
} // namespace detail

template <typename T = void> class [[nodiscard]] task {
public:
  using promise_type = detail::task_promise<T, task>;
  auto operator co_await() const & noexcept { return detail::awaitable<T>(); }
  auto operator co_await() const && noexcept { return detail::awaitable<T>(); }
};
template <typename T = void> class [[nodiscard]] shared_task {
public:
  using promise_type = detail::task_promise<T, shared_task>;
  auto operator co_await() const noexcept { return detail::awaitable<T>(); }
};
template <typename T> class [[nodiscard]] generator {
public:
  using promise_type = detail::generator_promise<T, generator>;
  using iterator = detail::generator_iterator<T>;
  iterator begin();
  detail::generator_sentinel end() noexcept;
};
template <typename T> class [[nodiscard]] recursive_generator {
public:
  class promise_type final : public detail::generator_promise<T, recursive_generator> {};
  class iterator {
  public:
    bool operator==(const iterator &) const noexcept;
    iterator &operator++();
    T &operator*() const noexcept;
  };
  iterator begin();
  iterator end() noexcept;
};
template <typename T> class [[nodiscard]] async_generator {
public:
  using promise_type = detail::generator_promise<T, async_generator>;
  using iterator = detail::async_generator_iterator<T>;
  detail::awaitable<iterator> begin() noexcept;
  iterator end() noexcept;
};

template <typename AWAITABLE> auto sync_wait(AWAITABLE &&) -> int { return 0; }
template <typename SCHEDULER, typename AWAITABLE>
auto schedule_on(SCHEDULER &, AWAITABLE awaitable) {
  return awaitable;
}

class async_mutex_lock {};
class async_mutex_lock_operation : public detail::awaitable<void> {};
class async_mutex_scoped_lock_operation : public detail::awaitable<async_mutex_lock> {};
class async_mutex {
public:
  bool try_lock() noexcept;
  async_mutex_lock_operation lock_async() noexcept;
  async_mutex_scoped_lock_operation scoped_lock_async() noexcept;
  void unlock();
};
class async_manual_reset_event {
public:
  detail::awaitable<void> operator co_await() const noexcept;
  void set() noexcept;
};

class io_service {
public:
  class schedule_operation : public detail::awaitable<void> {};
  class timed_schedule_operation : public detail::awaitable<void> {};
  schedule_operation schedule() noexcept;
  template <typename REP, typename PERIOD>
  timed_schedule_operation schedule_after(const std::chrono::duration<REP, PERIOD> &) noexcept;
  std::uint64_t process_events();
  std::uint64_t process_pending_events();
  std::uint64_t process_one_event();
  void stop() noexcept;
};
class static_thread_pool {
public:
  class schedule_operation : public detail::awaitable<void> {};
  schedule_operation schedule() noexcept { return {}; }
};

class file {
public:
  std::uint64_t size() const;
};
class readable_file : virtual public file {
public:
  detail::awaitable<std::size_t> read(std::uint64_t offset, void *, std::size_t) const noexcept;
};
class writable_file : virtual public file {
public:
  void set_size(std::uint64_t);
  detail::awaitable<std::size_t> write(std::uint64_t offset, const void *, std::size_t) noexcept;
};
class read_only_file : public readable_file {
public:
  static read_only_file open(io_service &, const std::string &path);
};
class read_write_file : public readable_file, public writable_file {
public:
  static read_write_file open(io_service &, const std::string &path);
};

namespace net {
class ip_endpoint {};
class socket {
public:
  detail::awaitable<void> connect(const ip_endpoint &) noexcept;
  detail::awaitable<void> accept(socket &) noexcept;
  detail::awaitable<void> disconnect() noexcept;
  detail::awaitable<std::size_t> send(const void *, std::size_t) noexcept;
  detail::awaitable<std::size_t> recv(void *, std::size_t) noexcept;
  detail::awaitable<std::size_t> send_to(const ip_endpoint &, const void *, std::size_t) noexcept;
  detail::awaitable<std::size_t> recv_from(void *, std::size_t) noexcept;
};
} // namespace net

} // namespace cppcoro

// ---- awaited -----------------------------------------------------------------------------------

using cppcoro::task;
using namespace std::chrono_literals;

task<int> child() { co_return 1; }
cppcoro::shared_task<int> shared() { co_return 1; }

task<> locks(cppcoro::async_mutex &mutex, cppcoro::async_manual_reset_event &event) {
  co_await mutex.lock_async();
  mutex.unlock();
  cppcoro::async_mutex_lock held = co_await mutex.scoped_lock_async();
  mutex.try_lock();
  co_await event;
  event.set();
}

task<> exchanges(cppcoro::net::socket &socket, cppcoro::net::socket &other, char *buffer) {
  cppcoro::net::ip_endpoint endpoint;
  co_await socket.connect(endpoint);
  co_await socket.accept(other);
  co_await socket.send(buffer, 1);
  co_await socket.recv(buffer, 1);
  co_await socket.send_to(endpoint, buffer, 1);
  co_await socket.recv_from(buffer, 1);
  co_await socket.disconnect();
}

task<> files(cppcoro::read_only_file &in, cppcoro::read_write_file &out, char *buffer) {
  co_await in.read(0, buffer, 1);
  co_await out.read(0, buffer, 1);
  co_await out.write(0, buffer, 1);
}

task<> schedules(cppcoro::io_service &service) {
  co_await service.schedule();
  co_await service.schedule_after(1ms);
  service.process_pending_events();
  service.stop();
  co_await child();
  co_await shared();
}

// ---- blocks ------------------------------------------------------------------------------------

task<> waitsForThread(cppcoro::io_service &service, cppcoro::async_mutex &mutex) {
  cppcoro::sync_wait(child());         // WARN: 'cppcoro::sync_wait' blocks the event loop in coroutine 'waitsForThread' (wait)
  cppcoro::sync_wait(mutex.lock_async()); // WARN: 'cppcoro::sync_wait' blocks
  service.process_events();            // WARN: 'cppcoro::io_service::process_events' blocks the event loop in coroutine 'waitsForThread' (deadlock)
  service.process_one_event();         // WARN: 'cppcoro::io_service::process_one_event' blocks
  co_return;
}

cppcoro::shared_task<> opens(cppcoro::io_service &service, std::mutex &own) {
  auto in = cppcoro::read_only_file::open(service, "name");   // WARN: 'cppcoro::read_only_file::open' blocks the event loop in coroutine 'opens' (disk)
  auto out = cppcoro::read_write_file::open(service, "name"); // WARN: 'cppcoro::read_write_file::open' blocks
  in.size();                           // WARN: 'cppcoro::file::size' may block
  out.set_size(1);                     // WARN: 'cppcoro::writable_file::set_size' blocks
  own.lock();                          // WARN: 'std::mutex::lock' blocks the event loop in coroutine 'opens' (lock)
  co_return;
}

// ---- generators --------------------------------------------------------------------------------

cppcoro::generator<int> readings() {
  ::fsync(1);
  co_yield 1;
}
cppcoro::generator<int> numbers() { co_yield 1; }
cppcoro::recursive_generator<int> tree(int depth) {
  ::fsync(1);
  co_yield 1;
  if (depth)
    co_yield tree(depth - 1);
}
cppcoro::async_generator<int> messages(cppcoro::net::socket &socket, char *buffer) {
  co_await socket.recv(buffer, 1);
  ::fsync(1);                          // WARN: 'fsync' blocks the event loop in coroutine 'messages' (disk)
  co_yield 1;
}

task<> advances(cppcoro::net::socket &socket, char *buffer) {
  for (int number : numbers())
    (void)number;
  for (int reading : readings())       // WARN: 'readings' blocks the event loop in coroutine 'advances': it reaches 'fsync' (disk)
    (void)reading;
  for (int node : tree(2))             // WARN: 'tree' blocks the event loop in coroutine 'advances': it reaches 'fsync' (disk)
    (void)node;
  auto unused = readings();
  auto incoming = messages(socket, buffer);
  for (auto it = co_await incoming.begin(); it != incoming.end(); co_await ++it)
    (void)*it;
}

// ---- elsewhere ---------------------------------------------------------------------------------

task<> computes() {
  ::fsync(1);
  co_return;
}

task<> handsOver(cppcoro::static_thread_pool &pool) {
  co_await cppcoro::schedule_on(pool, computes());
  co_await pool.schedule();
  ::fsync(1);
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
template <class T> void sync_wait(T &&) {}
struct io_service {
  void process_events();
};
struct read_only_file {
  static read_only_file open(const char *);
  void size();
};
} // namespace own

task<> ownNames(own::io_service &service) {
  own::sync_wait(1);
  service.process_events();
  own::read_only_file::open("name").size();
  co_return;
}
