// async_simple: what blocks the thread, and what only suspends a Lazy.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <functional>
#include <iterator>
#include <mutex>
#include <unistd.h>
#include <utility>

// ---- as async_simple declares it ---------------------------------------------------------------

namespace async_simple {

namespace util {
template <typename Signature> class move_only_function;
template <typename RetType, typename... ArgTypes> class move_only_function<RetType(ArgTypes...)> {
public:
  template <typename Functor> move_only_function(Functor) {}
};
} // namespace util

class Executor {
public:
  using Func = std::function<void()>;
  virtual ~Executor();
  virtual bool schedule(Func) = 0;
  bool schedule_move_only(util::move_only_function<void()>);
};
namespace executors {
class SimpleExecutor : public Executor {
public:
  bool schedule(Func) override;
};
} // namespace executors

template <typename T> class Future {
public:
  bool hasResult() const;
  T get() &&;
  void wait();
  template <typename F> void thenTry(F &&) && {}
};
template <typename T> Future<T> makeReadyFuture(T &&);

namespace coro {
template <typename T> class Lazy;

namespace detail {
template <typename T> struct ValueAwaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};
class LazyPromiseBase {
public:
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
};
template <typename T> class LazyPromise : public LazyPromiseBase {
public:
  Lazy<T> get_return_object() noexcept;
  void return_value(T);
};
template <> class LazyPromise<void> : public LazyPromiseBase {
public:
  Lazy<void> get_return_object() noexcept;
  void return_void() noexcept;
};
template <typename T> class LazyBase {
public:
  using promise_type = LazyPromise<T>;
  auto operator co_await() { return ValueAwaiter<T>(); }
  template <typename F> void start(F &&) {}
};
} // namespace detail

template <typename T> class [[nodiscard]] RescheduleLazy : public detail::LazyBase<T> {};
template <typename T = void> class [[nodiscard]] Lazy : public detail::LazyBase<T> {
public:
  RescheduleLazy<T> via(Executor *) &&;
};

template <class Ref, class V = void, class Allocator = void> class Generator {
  class iterator;

public:
  class promise_type {
  public:
    Generator get_return_object() noexcept;
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(Ref &&) noexcept;
    void return_void() noexcept;
    void unhandled_exception();
  };
  iterator begin();
  std::default_sentinel_t end() const noexcept { return {}; }
};
template <class Ref, class V, class Allocator> class Generator<Ref, V, Allocator>::iterator {
public:
  iterator &operator++();
  Ref &operator*() const noexcept;
  bool operator==(std::default_sentinel_t) const noexcept { return true; }
};

template <typename LazyType> inline auto syncAwait(LazyType &&) { return 0; }
template <typename LazyType> inline auto syncAwait(LazyType &&, Executor *) { return 0; }
template <typename Rep, typename Period> Lazy<void> sleep(std::chrono::duration<Rep, Period>);

class Mutex {
  class ScopedLockAwaiter;
  class LockAwaiter;

public:
  bool tryLock() noexcept;
  ScopedLockAwaiter coScopedLock() noexcept;
  LockAwaiter coLock() noexcept;
  void unlock() noexcept;
};
class Mutex::LockAwaiter : public detail::ValueAwaiter<void> {};
class Mutex::ScopedLockAwaiter : public detail::ValueAwaiter<std::unique_lock<Mutex>> {};
class SpinLock {
public:
  bool tryLock() noexcept;
  Lazy<> coLock();
  void lock() noexcept;
  void unlock() noexcept;
  Lazy<std::unique_lock<SpinLock>> coScopedLock();
};
class ScopedSpinLock {
public:
  explicit ScopedSpinLock(SpinLock &);
  ~ScopedSpinLock();
};
template <typename Lock> class SharedMutexBase {
public:
  Lazy<> coLock() noexcept;
  Lazy<void> coLockShared();
  bool tryLock() noexcept;
};
struct SharedMutex : public SharedMutexBase<SpinLock> {};
template <class Lock> class ConditionVariable {
public:
  template <class Pred> Lazy<> wait(Lock &, Pred &&) noexcept { return {}; }
  void notify() noexcept;
};
class Latch {
public:
  Lazy<void> count_down(std::size_t update = 1);
  Lazy<bool> try_wait() const noexcept;
  Lazy<void> wait() const noexcept;
  Lazy<void> arrive_and_wait(std::size_t update = 1) noexcept;
};
template <std::size_t LeastMaxValue = 8> class CountingSemaphore {
public:
  Lazy<void> acquire() noexcept;
  Lazy<bool> try_acquire() noexcept;
};
using BinarySemaphore = CountingSemaphore<1>;
} // namespace coro

namespace uthread {
template <class T> T await(Future<T> &&) { return {}; }
class Latch {
public:
  void downCount(std::size_t n = 1);
  void await(Executor *);
};
class Uthread {
public:
  template <class Callback> bool join(Callback &&) { return true; }
  void detach();
};
enum class Launch { Prompt, Schedule, Current };
template <Launch policy, class F> inline void async(F &&, Executor *) {}
} // namespace uthread

} // namespace async_simple

// ---- awaited -----------------------------------------------------------------------------------

using async_simple::coro::Lazy;
using namespace std::chrono_literals;

Lazy<int> child() { co_return 1; }

Lazy<> locks(async_simple::coro::Mutex &mutex, async_simple::coro::SpinLock &spin,
             async_simple::coro::SharedMutex &shared) {
  co_await mutex.coLock();
  mutex.unlock();
  std::unique_lock<async_simple::coro::Mutex> held = co_await mutex.coScopedLock();
  mutex.tryLock();
  co_await spin.coLock();
  auto spinning = co_await spin.coScopedLock();
  spin.tryLock();
  co_await shared.coLock();
  co_await shared.coLockShared();
  shared.tryLock();
}

Lazy<> waits(async_simple::coro::ConditionVariable<async_simple::coro::Mutex> &condition,
             async_simple::coro::Mutex &mutex, async_simple::coro::Latch &latch,
             async_simple::coro::CountingSemaphore<> &semaphore,
             async_simple::coro::BinarySemaphore &binary) {
  co_await condition.wait(mutex, [] { return true; });
  condition.notify();
  co_await latch.wait();
  co_await latch.arrive_and_wait();
  bool isDown = co_await latch.try_wait();
  co_await semaphore.acquire();
  co_await binary.acquire();
  bool isAcquired = co_await semaphore.try_acquire();
  co_await async_simple::coro::sleep(1s);
  co_await child();
}

Lazy<> isReady(async_simple::Future<int> future) {
  if (future.hasResult())
    std::move(future).get();
  async_simple::makeReadyFuture(1).get();
  std::move(future).thenTry([](auto) {});
  co_return;
}

// ---- blocks ------------------------------------------------------------------------------------

Lazy<> waitsForThread(async_simple::Future<int> future, async_simple::Executor *executor,
                      async_simple::coro::Latch &latch, async_simple::coro::SpinLock &spin,
                      std::mutex &own) {
  async_simple::coro::syncAwait(child());           // WARN: 'async_simple::coro::syncAwait' blocks the event loop in coroutine 'waitsForThread' (wait)
  async_simple::coro::syncAwait(child(), executor); // WARN: 'async_simple::coro::syncAwait' blocks
  async_simple::coro::syncAwait(latch.wait());      // WARN: 'async_simple::coro::syncAwait' blocks
  std::move(future).get();                          // WARN: 'async_simple::Future::get' blocks
  future.wait();                                    // WARN: 'async_simple::Future::wait' blocks
  spin.lock();                                      // WARN: 'async_simple::coro::SpinLock::lock' blocks the event loop in coroutine 'waitsForThread' (lock)
  async_simple::coro::ScopedSpinLock held(spin);    // WARN: 'async_simple::coro::ScopedSpinLock::ScopedSpinLock' blocks
  own.lock();                                       // WARN: 'std::mutex::lock' blocks
  co_return;
}

// In a uthread these suspend only that.
Lazy<> uthreads(async_simple::Future<int> future, async_simple::uthread::Latch &latch,
                async_simple::uthread::Uthread &uthread, async_simple::Executor *executor) {
  async_simple::uthread::await(std::move(future));  // WARN: 'async_simple::uthread::await' may block the event loop in coroutine 'uthreads' (wait)
  latch.await(executor);                            // WARN: 'async_simple::uthread::Latch::await' may block
  latch.downCount();
  uthread.join([] { ::fsync(1); });
  uthread.detach();
  using async_simple::uthread::Launch;
  async_simple::uthread::async<Launch::Schedule>([&] { latch.await(executor); }, executor);
  co_return;
}

// ---- generators --------------------------------------------------------------------------------

async_simple::coro::Generator<int> readings() {
  ::fsync(1);
  co_yield 1;
}
async_simple::coro::Generator<int> numbers() { co_yield 1; }

Lazy<> advances() {
  for (int number : numbers())
    (void)number;
  for (int reading : readings())                    // WARN: 'readings' blocks the event loop in coroutine 'advances': it reaches 'fsync' (disk)
    (void)reading;
  auto unused = readings();
  co_return;
}

// ---- elsewhere ---------------------------------------------------------------------------------

Lazy<int> sums() {
  ::fsync(1);
  co_return 1;
}

Lazy<int> differences() {
  ::fsync(2); // WARN: 'fsync' blocks the event loop in coroutine 'differences' (disk)
  co_return 1;
}

Lazy<> handsOver(async_simple::executors::SimpleExecutor &pool) {
  pool.schedule([] { async_simple::coro::syncAwait(child()); });
  pool.schedule_move_only([] { ::fsync(1); });
  co_await sums().via(&pool);
  sums().via(&pool).start([](int) {});
  co_await differences();
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct Latch {
  void wait();
  void arrive_and_wait();
};
struct Future {
  int get();
  void wait();
};
struct SpinLock {
  void lock();
};
template <class T> void syncAwait(T &&) {}
} // namespace own

Lazy<> ownNames(own::Latch &latch, own::Future future, own::SpinLock &spin) {
  latch.wait();
  latch.arrive_and_wait();
  future.get();
  future.wait();
  spin.lock();
  own::syncAwait(1);
  co_return;
}
