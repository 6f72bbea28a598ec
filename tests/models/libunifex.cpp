// libunifex: only sync_wait, a loop that is run, and the end of a context block.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <coroutine>
#include <mutex>
#include <optional>
#include <unistd.h>
#include <utility>

// ---- as libunifex declares it ------------------------------------------------------------------

namespace unifex {

template <typename Value> struct sender {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  Value await_resume();
};
template <typename Fn> struct bind_back_result {
  template <typename Sender>
  friend auto operator|(Sender &&sender, bind_back_result bound) {
    return 0;
  }
};

namespace _sync_wait_cpo {
struct _fn {
  template <typename Sender> auto operator()(Sender &&) const { return std::optional<int>(); }
  auto operator()() const noexcept { return bind_back_result<_fn>(); }
};
} // namespace _sync_wait_cpo
inline constexpr _sync_wait_cpo::_fn sync_wait{};
namespace _sync_wait_r_cpo {
template <typename Result> struct _fn {
  template <typename Sender> auto operator()(Sender &&) const { return std::optional<Result>(); }
};
} // namespace _sync_wait_r_cpo
template <typename Result> inline constexpr _sync_wait_r_cpo::_fn<Result> sync_wait_r{};

namespace _task {
template <typename T, bool nothrow> struct _promise {
  struct type;
};
template <typename T, bool nothrow> struct _task {
  struct [[nodiscard]] type {
    using promise_type = typename _promise<T, nothrow>::type;
    sender<T> operator co_await() &&;
  };
};
template <typename T, bool nothrow> struct _promise<T, nothrow>::type {
  typename _task<T, nothrow>::type get_return_object() noexcept;
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
  void return_void() noexcept;
};
} // namespace _task
template <typename T> using task = typename _task::_task<T, false>::type;
template <typename T> using nothrow_task = typename _task::_task<T, true>::type;

namespace _manual_event_loop {
class context {
public:
  class scheduler {};
  scheduler get_scheduler() noexcept;
  void run();
  void stop();
};
} // namespace _manual_event_loop
using manual_event_loop = _manual_event_loop::context;
namespace _single_thread {
class context {
public:
  context();
  ~context();
};
} // namespace _single_thread
using single_thread_context = _single_thread::context;
namespace _static_thread_pool {
class context {
public:
  context();
  ~context();
  class scheduler {};
  scheduler get_scheduler() noexcept;
};
} // namespace _static_thread_pool
using static_thread_pool = _static_thread_pool::context;
class thread_unsafe_event_loop {
public:
  template <typename Sender> std::optional<int> sync_wait(Sender &&) { return {}; }
};

inline namespace v1 {
class async_mutex {
public:
  bool try_lock() noexcept;
  sender<void> async_lock() noexcept;
  void unlock() noexcept;
};
} // namespace v1
namespace v2 {
class async_manual_reset_event {
public:
  void set() noexcept;
  auto async_wait() noexcept { return sender<void>(); }
};
} // namespace v2

namespace _on {
inline const struct _fn {
  template <typename Scheduler, typename Sender> auto operator()(Scheduler &&, Sender &&) const {
    return sender<int>();
  }
} on{};
} // namespace _on
using _on::on;
namespace _then {
struct _fn {
  template <typename Sender, typename Func> auto operator()(Sender &&, Func &&) const {
    return sender<int>();
  }
};
} // namespace _then
inline constexpr _then::_fn then{};
namespace _schedule {
struct _fn {
  template <typename Scheduler> auto operator()(Scheduler &&) const { return sender<void>(); }
};
} // namespace _schedule
inline constexpr _schedule::_fn schedule{};

} // namespace unifex

// ---- awaited -----------------------------------------------------------------------------------

unifex::task<int> child() { co_return; }

unifex::task<void> waits(unifex::async_mutex &mutex, unifex::v2::async_manual_reset_event &event,
                         unifex::manual_event_loop &loop) {
  co_await mutex.async_lock();
  if (mutex.try_lock())
    mutex.unlock();
  co_await event.async_wait();
  event.set();
  co_await child();
  co_await unifex::then(child(), [](int value) { return value; });
  loop.stop();
}

// ---- blocks ------------------------------------------------------------------------------------

unifex::task<void> waitsForThread(unifex::manual_event_loop &loop, std::mutex &own,
                                  unifex::thread_unsafe_event_loop &unsafe,
                                  unifex::async_mutex &mutex) {
  unifex::sync_wait(child());               // WARN: 'unifex::sync_wait' blocks the event loop in coroutine 'waitsForThread' (wait)
  unifex::sync_wait(mutex.async_lock());    // WARN: 'unifex::sync_wait' blocks
  unifex::sync_wait_r<int>(child());        // WARN: 'unifex::sync_wait_r' blocks
  child() | unifex::sync_wait();            // WARN: 'unifex::sync_wait' blocks
  unsafe.sync_wait(child());                // WARN: 'unifex::thread_unsafe_event_loop::sync_wait' blocks
  loop.run();                               // WARN: context::run' blocks
  own.lock();                               // WARN: 'std::mutex::lock' blocks the event loop in coroutine 'waitsForThread' (lock)
  co_return;
}

unifex::nothrow_task<void> alsoHere() {
  unifex::sync_wait(child());               // WARN: 'unifex::sync_wait' blocks the event loop in coroutine 'alsoHere'
  ::fsync(1);                               // WARN: 'fsync' blocks the event loop in coroutine 'alsoHere' (disk)
  co_return;
}

ASYNC_TIDY_RUNS_ON_LOOP void joins() {
  unifex::single_thread_context context;    // WARN: ~context' blocks the event loop in 'joins' (wait)
  unifex::static_thread_pool pool;          // WARN: ~context' blocks
}

// ---- elsewhere ---------------------------------------------------------------------------------

unifex::task<void> computes() {
  ::fsync(1);
  unifex::sync_wait(child());
  co_return;
}

unifex::task<void> handsOver(unifex::static_thread_pool &pool) {
  co_await unifex::on(pool.get_scheduler(), computes());
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
template <class T> void sync_wait(T &&) {}
struct manual_event_loop {
  void run();
  ~manual_event_loop();
};
} // namespace own

unifex::task<void> ownNames() {
  own::sync_wait(1);
  own::manual_event_loop loop;
  loop.run();
  co_return;
}
