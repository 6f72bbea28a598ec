// stdexec: only sync_wait, a run_loop and the end of a context block; all else makes senders.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <coroutine>
#include <mutex>
#include <optional>
#include <tuple>
#include <unistd.h>
#include <utility>

// ---- as stdexec declares it --------------------------------------------------------------------

#define STDEXEC stdexec

namespace STDEXEC {

template <class _Value> struct __awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  _Value await_resume();
};
struct __sender {
  __awaiter<int> operator co_await() const;
};
template <class _Task> struct __promise_base {
  _Task get_return_object() noexcept;
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
};

struct sync_wait_t {
  template <class _CvSender> auto operator()(_CvSender &&) const {
    return std::optional<std::tuple<int>>();
  }
};
struct sync_wait_with_variant_t {
  template <class _CvSender> auto operator()(_CvSender &&) const { return std::optional<int>(); }
};
inline constexpr sync_wait_t sync_wait{};
inline constexpr sync_wait_with_variant_t sync_wait_with_variant{};

struct schedule_t {
  template <class _Scheduler> auto operator()(_Scheduler &&) const noexcept { return __sender(); }
};
inline constexpr schedule_t schedule{};
struct just_t {
  template <class... _Ts> auto operator()(_Ts &&...) const { return __sender(); }
};
inline constexpr just_t just{};
struct then_t {
  template <class _Sender, class _Fun> auto operator()(_Sender &&, _Fun) const {
    return __sender();
  }
};
inline constexpr then_t then{};
struct starts_on_t {
  template <class _Scheduler, class _Sender> auto operator()(_Scheduler &&, _Sender &&) const {
    return __sender();
  }
};
inline constexpr starts_on_t starts_on{};
struct continues_on_t {
  template <class _Sender, class _Scheduler> auto operator()(_Sender &&, _Scheduler &&) const {
    return __sender();
  }
};
inline constexpr continues_on_t continues_on{};

namespace __run_loop {
class __run_loop_base {
public:
  void run() noexcept;
  void finish() noexcept;
};
template <class _Derived, class _Env> struct __basic_run_loop : __run_loop_base {
  auto get_scheduler() noexcept { return 0; }
};
} // namespace __run_loop
struct run_loop : __run_loop::__basic_run_loop<run_loop, int> {};

template <class _Ty, class _TaskEnv = int> class [[nodiscard]] task {
  struct __promise : __promise_base<task> {
    void return_value(_Ty);
  };

public:
  using promise_type = __promise;
  __awaiter<_Ty> operator co_await() &&;
};

} // namespace STDEXEC

namespace experimental::execution {
namespace __task {
using namespace STDEXEC;
template <class _Ty, class _Context> class [[nodiscard]] basic_task {
  struct __promise : __promise_base<basic_task> {
    void return_void() noexcept;
  };

public:
  using promise_type = __promise;
  __awaiter<_Ty> operator co_await() &&;
};
} // namespace __task
template <class _Ty> class default_task_context;
template <class _Ty, class _Context> using basic_task = __task::basic_task<_Ty, _Context>;
template <class _Ty> using task = basic_task<_Ty, default_task_context<_Ty>>;

class single_thread_context {
public:
  single_thread_context();
  ~single_thread_context();
  auto get_scheduler() noexcept { return 0; }
};
namespace _pool_ {
class _static_thread_pool {
public:
  explicit _static_thread_pool(unsigned);
  ~_static_thread_pool();
  struct scheduler {};
  auto get_scheduler() noexcept -> scheduler;
};
} // namespace _pool_
struct static_thread_pool : private _pool_::_static_thread_pool {
  explicit static_thread_pool(unsigned count) : _pool_::_static_thread_pool(count) {}
  using _pool_::_static_thread_pool::get_scheduler;
  using _pool_::_static_thread_pool::scheduler;
};
struct __start_detached_t {
  template <class _Sender> void operator()(_Sender &&) const {}
};
inline constexpr __start_detached_t start_detached{};
} // namespace experimental::execution

namespace exec = experimental::execution;

// ---- awaited -----------------------------------------------------------------------------------

exec::task<void> child() { co_return; }
stdexec::task<int> number() { co_return 1; }

exec::task<void> composes(stdexec::run_loop &loop) {
  co_await stdexec::just(1);
  co_await stdexec::schedule(loop.get_scheduler());
  co_await stdexec::continues_on(stdexec::just(1), loop.get_scheduler());
  co_await stdexec::then(stdexec::just(1), [](int value) { return value; });
  co_await child();
  co_await number();
  exec::start_detached(child());
  loop.finish();
}

// ---- blocks ------------------------------------------------------------------------------------

exec::task<void> waitsForThread(stdexec::run_loop &loop, std::mutex &own) {
  stdexec::sync_wait(child());                  // WARN: 'stdexec::sync_wait' blocks the event loop in coroutine 'waitsForThread' (wait)
  auto [value] = *stdexec::sync_wait(stdexec::just(1)); // WARN: 'stdexec::sync_wait' blocks
  STDEXEC::sync_wait_with_variant(child());     // WARN: 'stdexec::sync_wait_with_variant' blocks
  loop.run();                                   // WARN: run_loop::run' blocks
  own.lock();                                   // WARN: 'std::mutex::lock' blocks the event loop in coroutine 'waitsForThread' (lock)
  co_return;
}

stdexec::task<int> alsoHere() {
  stdexec::sync_wait(child());                  // WARN: 'stdexec::sync_wait' blocks the event loop in coroutine 'alsoHere'
  ::fsync(1);                                   // WARN: 'fsync' blocks the event loop in coroutine 'alsoHere' (disk)
  co_return 1;
}

ASYNC_TIDY_RUNS_ON_LOOP void joins() {
  exec::single_thread_context context;          // WARN: ~single_thread_context' blocks the event loop in 'joins' (wait)
  exec::static_thread_pool pool(2);             // WARN: ~static_thread_pool' blocks
}

// ---- elsewhere ---------------------------------------------------------------------------------

exec::task<void> computes() {
  ::fsync(1);
  stdexec::sync_wait(child());
  co_return;
}

exec::task<void> handsOver(exec::static_thread_pool &pool) {
  co_await stdexec::starts_on(pool.get_scheduler(), computes());
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct sync_wait_t {
  template <class T> void operator()(T &&) const {}
};
inline constexpr sync_wait_t sync_wait{};
struct run_loop {
  void run();
};
namespace exec {
struct single_thread_context {
  ~single_thread_context();
};
} // namespace exec
} // namespace own

exec::task<void> ownNames(own::run_loop &loop) {
  own::sync_wait(1);
  loop.run();
  own::exec::single_thread_context context;
  co_return;
}
