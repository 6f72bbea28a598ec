// folly: what blocks the thread, and what has such a name but is awaited.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <iterator>
#include <mutex>
#include <string>
#include <unistd.h>
#include <utility>

// ---- as folly declares it ----------------------------------------------------------------------

namespace folly {

struct Unit {};
template <class Signature> class Function {
public:
  template <class Callable> Function(Callable callable) {}
  void operator()();
};
using Func = Function<void()>;
template <class T> class Future;
using HighResDuration = std::chrono::microseconds;

class Executor;

namespace coro {
template <class T> struct Awaiter {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};

namespace detail {
template <class T, class Returned> struct Promise {
  Returned get_return_object();
  std::suspend_always initial_suspend();
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception();
};
template <class T, class Returned> struct ValuePromise : Promise<T, Returned> {
  void return_value(T);
};
template <class Returned> struct ValuePromise<void, Returned> : Promise<void, Returned> {
  void return_void();
};
template <class T, class Returned> struct YieldPromise : Promise<T, Returned> {
  std::suspend_always yield_value(T &&);
  void return_void();
};
} // namespace detail

template <class T> class TaskWithExecutor {
public:
  Awaiter<T> operator co_await() &&;
};
template <class T = void> class Task {
public:
  using promise_type = detail::ValuePromise<T, Task>;
  Awaiter<T> operator co_await() &&;
  TaskWithExecutor<T> scheduleOn(Executor *) &&;
};

template <class T> class Generator {
public:
  class promise_type final : public detail::YieldPromise<T, Generator> {};
  class iterator {
  public:
    bool operator==(const iterator &) const;
    iterator &operator++();
    T &operator*() const;
  };
  iterator begin();
  iterator end();
};

template <class Reference, class Value = Reference, bool RequiresCleanup = false>
class AsyncGenerator {
public:
  using promise_type = detail::YieldPromise<Reference, AsyncGenerator>;
  class NextResult {
  public:
    explicit operator bool() const;
    Value &operator*();
  };
  Awaiter<NextResult> next();
};
} // namespace coro

class Executor {
public:
  virtual void add(Func);
};
class DrivableExecutor : public Executor {
public:
  virtual void drive();
};

namespace futures {
namespace detail {
template <class T> class FutureBase {
public:
  bool isReady() const;
  bool hasValue() const;
  T value() &&;
};
} // namespace detail
Future<Unit> sleep(HighResDuration, void *timekeeper = nullptr);
class Barrier {
public:
  Future<bool> wait();
};
} // namespace futures

template <class T> class SemiFuture : private futures::detail::FutureBase<T> {
  using Base = futures::detail::FutureBase<T>;

public:
  using Base::hasValue;
  using Base::isReady;
  using Base::value;
  T get() &&;
  T get(HighResDuration) &&;
  SemiFuture &wait() &;
};
template <class T> class Future : private futures::detail::FutureBase<T> {
  using Base = futures::detail::FutureBase<T>;

public:
  using Base::hasValue;
  using Base::isReady;
  using Base::value;
  T get() &&;
  T getVia(DrivableExecutor *) &&;
  Future &wait() &;
  Future &&wait() &&;
  template <class F> Future<T> thenValue(F &&) &&;
  coro::Awaiter<T> operator co_await() &&;
};
template <class T> Future<T> makeFuture(T &&);

namespace coro {
struct blocking_wait_fn {
  template <class Awaitable> int operator()(Awaitable &&) const;
  template <class SemiAwaitable> int operator()(SemiAwaitable &&, DrivableExecutor *) const;
};
inline constexpr blocking_wait_fn blocking_wait{};
static constexpr blocking_wait_fn const &blockingWait = blocking_wait;

namespace adl {
struct WithExecutorFunction {
  template <class T> TaskWithExecutor<T> operator()(Executor *, Task<T>) const;
};
} // namespace adl
inline constexpr adl::WithExecutorFunction co_withExecutor{};

Task<void> sleep(HighResDuration, void *timekeeper = nullptr);
Task<void> sleepReturnEarlyOnCancel(HighResDuration, void *timekeeper = nullptr);

class Mutex {
  class LockAwaiter;
  class ScopedLockAwaiter;
  template <class Awaiter> class LockOperation {
  public:
    Awaiter operator co_await() const;
  };
  class LockAwaiter : public Awaiter<void> {};
  class ScopedLockAwaiter : public Awaiter<std::unique_lock<Mutex>> {};

public:
  bool try_lock() noexcept;
  LockOperation<LockAwaiter> co_lock() noexcept;
  LockOperation<ScopedLockAwaiter> co_scoped_lock() noexcept;
  void unlock() noexcept;
};
class SharedMutexFair {
public:
  bool try_lock() noexcept;
  Awaiter<void> co_lock() noexcept;
  Awaiter<void> co_lock_shared() noexcept;
  Awaiter<std::unique_lock<SharedMutexFair>> co_scoped_lock() noexcept;
  void unlock() noexcept;
};
using SharedMutex = SharedMutexFair;
class Baton {
public:
  bool ready() const noexcept;
  Awaiter<void> operator co_await() const noexcept;
  void post() noexcept;
  void reset() noexcept;
};
template <class T, bool SingleProducer = false, bool SingleConsumer = false> class BoundedQueue {
public:
  template <class U = T> Task<void> enqueue(U &&);
  Task<T> dequeue();
};
template <class T, bool SingleProducer = false, bool SingleConsumer = false> class UnboundedQueue {
public:
  template <class U = T> void enqueue(U &&);
  Task<T> dequeue();
};
} // namespace coro

template <bool MayBlock = true, template <class> class Atom = std::atomic> class Baton {
public:
  void post() noexcept;
  bool ready() const noexcept;
  bool try_wait() const noexcept;
  void wait() noexcept;
  template <class Rep, class Period> bool try_wait_for(std::chrono::duration<Rep, Period>);
};

namespace detail {
template <class Handoff, template <class> class Atom = std::atomic> struct LifoSemBase {
  void post();
  void wait();
  bool try_wait();
};
template <class Subclass, int level> class SynchronizedBase {
public:
  int *wlock();
  const int *rlock() const;
  int *tryWLock();
  template <class Function> auto withWLock(Function &&function) { return function(0); }
};
} // namespace detail
template <template <class> class Atom = std::atomic, class BatonType = Baton<true, Atom>>
struct LifoSemImpl : public detail::LifoSemBase<BatonType, Atom> {};
using LifoSem = LifoSemImpl<>;

template <bool ReaderPriority, class Tag = void> class SharedMutexImpl {
public:
  void lock();
  bool try_lock();
  void lock_shared();
  void unlock();
};
using SharedMutexReadPriority = SharedMutexImpl<true>;
using SharedMutexWritePriority = SharedMutexImpl<false>;
using SharedMutex = SharedMutexWritePriority;
template <class T, class Mutex = SharedMutex>
struct Synchronized : public detail::SynchronizedBase<Synchronized<T, Mutex>, 1> {
  T copy() const;
};
template <class T, template <class> class Atom = std::atomic> class MPMCQueue {
public:
  template <class... Args> void blockingWrite(Args &&...) noexcept;
  void blockingRead(T &) noexcept;
  bool read(T &) noexcept;
};

class EventBase : public DrivableExecutor {
public:
  bool loop();
  bool loopOnce(int flags = 0);
  void loopForever();
  void terminateLoopSoon();
  bool isInEventBaseThread() const;
  void runInEventBaseThread(Func) noexcept;
  void runInLoop(Func);
  void runInEventBaseThreadAndWait(Func) noexcept;
  class LoopCallback {
  public:
    virtual void runLoopCallback() noexcept = 0;
  };
};
class AsyncTimeout {
public:
  virtual void timeoutExpired() noexcept = 0;
};
class EventHandler {
public:
  virtual void handlerReady(uint16_t events) noexcept = 0;
};
class AsyncSignalHandler {
public:
  virtual void signalReceived(int) noexcept = 0;
};
constexpr int EVLOOP_NONBLOCK = 0x02;
class ThreadPoolExecutor : public Executor {
public:
  void join();
};
class CPUThreadPoolExecutor : public ThreadPoolExecutor {
public:
  void add(Func) override;
};
Executor *getGlobalCPUExecutor();

class Subprocess {
public:
  int wait();
  int poll();
};
bool readFile(const char *file, std::string &out);
class File {
public:
  explicit File(int fd, bool ownsFd = false);
  explicit File(const char *name, int flags = 0);
  explicit File(const std::string &name, int flags = 0);
  File(File &&) noexcept;
  void lock();
  bool try_lock();
};

namespace fibers {
class Baton {
public:
  void wait();
  void post();
  bool try_wait();
};
class Semaphore {
public:
  void wait();
  bool try_wait();
  coro::Task<void> co_wait();
};
class TimedMutex {
public:
  void lock();
  bool try_lock();
  void unlock();
  coro::Task<void> co_lock();
};
class FiberManager {
public:
  template <class F> void addTaskRemote(F &&) {}
};
} // namespace fibers

} // namespace folly

// ---- awaited -----------------------------------------------------------------------------------

using folly::coro::Task;
using namespace std::chrono_literals;

Task<int> child() { co_return 1; }

Task<void> sleeps() {
  co_await folly::futures::sleep(1ms);
  co_await folly::coro::sleep(1ms);
  co_await folly::coro::sleepReturnEarlyOnCancel(1ms);
}

Task<void> locks(folly::coro::Mutex &mutex, folly::coro::SharedMutex &shared) {
  co_await mutex.co_lock();
  mutex.unlock();
  if (mutex.try_lock())
    mutex.unlock();
  std::unique_lock<folly::coro::Mutex> held = co_await mutex.co_scoped_lock();
  co_await shared.co_lock();
  co_await shared.co_lock_shared();
  auto writing = co_await shared.co_scoped_lock();
  shared.try_lock();
}

Task<void> waits(folly::futures::Barrier &barrier, folly::coro::Baton &baton,
                 folly::coro::BoundedQueue<int> &bounded, folly::coro::UnboundedQueue<int> &queue,
                 folly::Future<int> future) {
  co_await barrier.wait();
  folly::Future<bool> later = barrier.wait();
  co_await baton;
  baton.post();
  baton.reset();
  baton.ready();
  co_await bounded.enqueue(1);
  co_await bounded.dequeue();
  queue.enqueue(1);
  co_await queue.dequeue();
  co_await std::move(future);
  co_await child();
}

Task<void> looks(folly::Baton<> &baton, folly::EventBase &loop, folly::Future<int> future,
                 folly::LifoSem &semaphore, folly::SharedMutex &mutex,
                 folly::Synchronized<int> &number, folly::MPMCQueue<int> &queue,
                 folly::Subprocess &process, folly::File &file) {
  baton.post();
  baton.ready();
  baton.try_wait();
  baton.try_wait_for(0ms);
  semaphore.try_wait();
  mutex.try_lock();
  number.tryWLock();
  int value = 0;
  queue.read(value);
  process.poll();
  folly::File moved(std::move(file));
  file.try_lock();
  loop.terminateLoopSoon();
  loop.isInEventBaseThread();
  loop.runInEventBaseThread([] {});
  loop.runInLoop([] {});
  loop.loopOnce(folly::EVLOOP_NONBLOCK);
  if (future.isReady())
    std::move(future).get();
  folly::makeFuture(1).get();
  co_return;
}

// ---- blocks ------------------------------------------------------------------------------------

Task<void> waitsForThread(folly::Future<int> future, folly::SemiFuture<int> semi,
                          folly::Baton<> &baton, folly::LifoSem &semaphore,
                          folly::EventBase &loop, folly::CPUThreadPoolExecutor &pool,
                          folly::MPMCQueue<int> &queue) {
  folly::coro::blockingWait(child());           // WARN: 'folly::coro::blockingWait' blocks the event loop in coroutine 'waitsForThread' (wait)
  folly::coro::blocking_wait(child());          // WARN: 'folly::coro::blocking_wait' blocks
  folly::coro::blockingWait(child(), &loop);    // WARN: 'folly::coro::blockingWait' blocks
  std::move(future).get();                      // WARN: 'folly::Future::get' blocks
  std::move(future).getVia(&loop);              // WARN: 'folly::Future::getVia' blocks
  future.wait();                                // WARN: 'folly::Future::wait' blocks
  std::move(semi).get();                        // WARN: 'folly::SemiFuture::get' blocks
  std::move(semi).get(1ms);                     // WARN: 'folly::SemiFuture::get' blocks
  folly::futures::sleep(1ms).wait();            // WARN: 'folly::Future::wait' blocks
  baton.wait();                                 // WARN: 'folly::Baton::wait' blocks
  baton.try_wait_for(1ms);                      // WARN: 'folly::Baton::try_wait_for' blocks
  semaphore.wait();                             // WARN: 'folly::LifoSemImpl::wait' blocks
  loop.loopOnce();                              // WARN: 'folly::EventBase::loopOnce' blocks
  loop.loopForever();                           // WARN: 'folly::EventBase::loopForever' blocks
  loop.runInEventBaseThreadAndWait([] {});      // WARN: 'folly::EventBase::runInEventBaseThreadAndWait' blocks
  pool.join();                                  // WARN: blocks the event loop in coroutine 'waitsForThread' (wait)
  queue.blockingWrite(1);                       // WARN: 'folly::MPMCQueue::blockingWrite' may block
  co_return;
}

Task<void> otherTiers(folly::SharedMutex &mutex, folly::Synchronized<int> &number,
                      folly::Subprocess &process, std::string &text, folly::File &file) {
  mutex.lock();                                 // WARN: 'folly::SharedMutexImpl::lock' blocks the event loop in coroutine 'otherTiers' (lock)
  mutex.lock_shared();                          // WARN: 'folly::SharedMutexImpl::lock_shared' blocks
  number.wlock();                               // WARN: 'folly::Synchronized::wlock' blocks
  number.rlock();                               // WARN: 'folly::Synchronized::rlock' blocks
  number.copy();                                // WARN: 'folly::Synchronized::copy' blocks
  number.withWLock([](int) { ::fsync(1); });    // WARN: 'folly::Synchronized::withWLock' blocks // WARN: (disk)
  process.wait();                               // WARN: 'folly::Subprocess::wait' blocks the event loop in coroutine 'otherTiers' (process)
  folly::readFile("name", text);                // WARN: 'folly::readFile' blocks the event loop in coroutine 'otherTiers' (disk)
  folly::File opened(text);                     // WARN: 'folly::File::File' blocks
  folly::File literal("name");                  // WARN: 'folly::File::File' may block
  file.lock();                                  // WARN: 'folly::File::lock' blocks
  co_return;
}

// ---- generators --------------------------------------------------------------------------------

folly::coro::Generator<int> readings() {
  ::fsync(1);
  co_yield 1;
}
folly::coro::Generator<int> numbers() { co_yield 1; }
folly::coro::AsyncGenerator<int> messages(folly::coro::Baton &baton) {
  co_await baton;
  ::fsync(1);                                   // WARN: 'fsync' blocks the event loop in coroutine 'messages' (disk)
  co_yield 1;
}

Task<void> advances(folly::coro::Baton &baton) {
  for (int number : numbers())
    (void)number;
  for (int reading : readings())                // WARN: (disk)
    (void)reading;
  auto unused = readings();
  auto incoming = messages(baton);
  while (auto message = co_await incoming.next())
    (void)*message;
}

// ---- elsewhere ---------------------------------------------------------------------------------

Task<int> sums() {
  ::fsync(1);
  co_return 1;
}

Task<int> products() {
  ::fsync(2);
  co_return 1;
}

Task<int> quotients() {
  ::fsync(3); // WARN: 'fsync' blocks the event loop in coroutine 'quotients' (disk)
  co_return 1;
}

folly::EventBase base;

struct Timeout : folly::AsyncTimeout {
  void timeoutExpired() noexcept override {
    ::fsync(4); // WARN: 'fsync' blocks the event loop in 'Timeout::timeoutExpired' (disk)
  }
};

struct Readable : folly::EventHandler {
  void handlerReady(uint16_t) noexcept override {
    ::fsync(5); // WARN: 'fsync' blocks the event loop in 'Readable::handlerReady' (disk)
  }
  void other() { ::fsync(6); }
};

struct Signals : folly::AsyncSignalHandler {
  void signalReceived(int) noexcept override {
    ::fsync(7); // WARN: 'fsync' blocks the event loop in 'Signals::signalReceived' (disk)
  }
};

struct Again : folly::EventBase::LoopCallback {
  void runLoopCallback() noexcept override {
    ::fsync(8); // WARN: 'fsync' blocks the event loop in 'Again::runLoopCallback' (disk)
  }
};

Task<void> handsOver(folly::CPUThreadPoolExecutor &pool, folly::Baton<> &baton) {
  pool.add([&] {
    baton.wait();
    folly::coro::blockingWait(child());
  });
  co_await folly::coro::co_withExecutor(folly::getGlobalCPUExecutor(), sums());
  co_await folly::coro::co_withExecutor(&base, child());
  co_await products().scheduleOn(folly::getGlobalCPUExecutor());
  co_await quotients().scheduleOn(&base);
  base.runInEventBaseThread([&] { baton.wait(); }); // WARN: 'folly::Baton::wait'
}

// On a fiber, these suspend only that.
Task<void> fibers(folly::fibers::Baton &baton, folly::fibers::Semaphore &semaphore,
                  folly::fibers::TimedMutex &mutex, folly::fibers::FiberManager &manager) {
  baton.wait();                                 // WARN: 'folly::fibers::Baton::wait' may block the event loop in coroutine 'fibers' (wait)
  semaphore.wait();                             // WARN: 'folly::fibers::Semaphore::wait' may block
  mutex.lock();                                 // WARN: 'folly::fibers::TimedMutex::lock' may block
  co_await semaphore.co_wait();
  co_await mutex.co_lock();
  baton.post();
  baton.try_wait();
  semaphore.try_wait();
  mutex.try_lock();
  manager.addTaskRemote([&] { baton.wait(); }); // WARN: 'folly::fibers::Baton::wait' may block
}

// ---- the user's own ----------------------------------------------------------------------------

namespace my {
template <class T> struct future {
  T get();
  void wait();
};
struct Baton {
  void wait();
  void lock();
};
namespace coro {
template <class T> void blockingWait(T &&);
}
bool readFile(const char *);
} // namespace my

Task<void> ownNames(my::future<int> future, my::Baton &baton) {
  future.get();
  future.wait();
  baton.wait();
  baton.lock();
  my::coro::blockingWait(1);
  my::readFile("name");
  co_return;
}
