// Seastar: what sounds like waiting returns a future. Only a future's own get() may wait.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <coroutine>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>

// ---- as Seastar declares it --------------------------------------------------------------------

namespace seastar {

using sstring = std::string;
template <typename T = void> class future;

namespace internal {
template <typename T> struct promise_base {
  future<T> get_return_object() noexcept;
  std::suspend_never initial_suspend() noexcept;
  std::suspend_never final_suspend() noexcept;
  void unhandled_exception() noexcept;
};
template <typename T = void> class coroutine_traits_base {
public:
  class promise_type final : public promise_base<T> {
  public:
    template <typename U> void return_value(U &&) {}
  };
};
template <> class coroutine_traits_base<void> {
public:
  class promise_type final : public promise_base<void> {
  public:
    void return_void() noexcept;
  };
};
template <bool CheckPreempt, typename T> struct awaiter {
  bool await_ready() const noexcept;
  template <typename U> void await_suspend(std::coroutine_handle<U>) noexcept {}
  T await_resume();
};
class future_base {};
} // namespace internal

template <typename T> class [[nodiscard]] future : private internal::future_base {
public:
  T get();
  void wait() noexcept;
  bool available() const noexcept;
  template <typename Func> future<T> then(Func &&) noexcept;
};
template <typename T> auto operator co_await(future<T>) noexcept {
  return internal::awaiter<true, T>();
}
template <typename T, typename... A> future<T> make_ready_future(A &&...) noexcept;
} // namespace seastar

template <typename T, typename... Args>
class std::coroutine_traits<seastar::future<T>, Args...>
    : public seastar::internal::coroutine_traits_base<T> {};

namespace seastar {

class semaphore_default_exception_factory {};
template <typename ExceptionFactory, typename Clock = std::chrono::steady_clock>
class basic_semaphore : private ExceptionFactory {
public:
  future<> wait(size_t nr = 1) noexcept;
  future<> wait(std::chrono::milliseconds timeout, size_t nr = 1) noexcept;
  bool try_wait(size_t nr = 1) noexcept;
  void signal(size_t nr = 1) noexcept;
};
using semaphore = basic_semaphore<semaphore_default_exception_factory>;

class shared_mutex {
public:
  future<> lock() noexcept;
  future<> lock_shared() noexcept;
  bool try_lock() noexcept;
  void unlock() noexcept;
};
template <typename Func> auto with_lock(shared_mutex &, Func &&func) noexcept {
  return func();
}

template <typename Clock = std::chrono::steady_clock> class basic_rwlock {
public:
  future<> read_lock();
  future<> write_lock();
  future<int> hold_read_lock();
  future<int> hold_write_lock();
};
using rwlock = basic_rwlock<>;

class condition_variable {
public:
  struct [[nodiscard]] awaiter {
    internal::awaiter<true, void> operator co_await();
  };
  future<> wait() noexcept;
  template <typename Pred> future<> wait(Pred &&) noexcept { return {}; }
  awaiter when() noexcept;
  void signal() noexcept;
  void broadcast() noexcept;
};
class gate {
public:
  class holder {};
  void enter();
  future<> close() noexcept;
  holder hold();
};
template <typename T> class queue {
public:
  future<T> pop_eventually() noexcept;
  future<> push_eventually(T &&) noexcept;
};
class file {
public:
  template <typename CharType> future<size_t> dma_read(uint64_t pos, CharType *, size_t) noexcept;
  template <typename CharType>
  future<size_t> dma_write(uint64_t pos, const CharType *, size_t) noexcept;
  future<> flush() noexcept;
  future<> close() noexcept;
  future<int> stat() noexcept;
  future<> truncate(uint64_t) noexcept;
};
template <typename CharType> class input_stream {
public:
  future<std::string> read() noexcept;
};
template <typename CharType> class output_stream {
public:
  future<> write(const sstring &) noexcept;
  future<> flush() noexcept;
};

template <typename Clock = std::chrono::steady_clock, typename Rep, typename Period>
future<> sleep(std::chrono::duration<Rep, Period>);
template <typename Clock = std::chrono::steady_clock>
future<> sleep_abortable(typename Clock::duration);

class thread {
public:
  template <typename Func> explicit thread(Func) {}
  future<> join();
  static void yield();
  static void maybe_yield();
};
template <typename Func> future<> async(Func &&) noexcept { return {}; }

class file_desc {
public:
  static file_desc open(sstring name, int flags, int mode = 0);
  size_t pread(void *, size_t, int64_t);
  int size();
  file_desc accept(int &address, int flags = 0);
  void close();
};

class smp {
public:
  void join_all();
  template <typename Func> static future<> submit_to(unsigned, Func &&) noexcept { return {}; }
};
class app_template {
public:
  int run(int, char **, std::function<future<>()> &&) noexcept;
};

namespace alien {
class instance;
template <typename Func> std::future<int> submit_to(instance &, unsigned, Func) { return {}; }
} // namespace alien

namespace coroutine::experimental {
namespace internal::unbuffered {
template <typename Ref, typename Value> class [[nodiscard]] generator {
public:
  class promise_type {
  public:
    generator get_return_object() noexcept;
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(Ref) noexcept;
    void return_void() noexcept;
    void unhandled_exception() noexcept;
  };
  seastar::internal::awaiter<true, int *> operator()() noexcept;
};
} // namespace internal::unbuffered
template <typename Ref, typename Value = void, typename...> struct generator_selector {
  using type = internal::unbuffered::generator<Ref, Value>;
};
template <typename Ref, typename... Rest>
using generator = typename generator_selector<Ref, void, Rest...>::type;
} // namespace coroutine::experimental

} // namespace seastar

// ---- awaited -----------------------------------------------------------------------------------

using namespace std::chrono_literals;
using seastar::future;

future<int> child() { co_return 1; }

future<> locks(seastar::semaphore &semaphore, seastar::shared_mutex &mutex, seastar::rwlock &lock) {
  co_await semaphore.wait();
  co_await semaphore.wait(1ms);
  semaphore.try_wait();
  semaphore.signal();
  co_await mutex.lock();
  co_await mutex.lock_shared();
  mutex.try_lock();
  mutex.unlock();
  co_await lock.read_lock();
  co_await lock.write_lock();
  co_await lock.hold_read_lock();
  co_await lock.hold_write_lock();
  co_await seastar::with_lock(mutex, [] { return child(); });
}

future<> waits(seastar::condition_variable &condition, seastar::gate &gate,
               seastar::queue<int> &queue) {
  co_await condition.wait();
  co_await condition.wait([] { return true; });
  co_await condition.when();
  condition.signal();
  condition.broadcast();
  gate.enter();
  auto held = gate.hold();
  co_await gate.close();
  co_await queue.pop_eventually();
  co_await queue.push_eventually(1);
  co_await seastar::sleep(1ms);
  co_await seastar::sleep_abortable(1ms);
}

future<> files(seastar::file &file, seastar::input_stream<char> &input,
               seastar::output_stream<char> &output, char *buffer) {
  co_await file.dma_read(0, buffer, 1);
  co_await file.dma_write(0, buffer, 1);
  co_await file.flush();
  co_await file.stat();
  co_await file.truncate(1);
  co_await file.close();
  co_await input.read();
  co_await output.write("text");
  co_await output.flush();
}

// Nothing waits in a continuation either.
ASYNC_TIDY_RUNS_ON_LOOP future<> continues(seastar::semaphore &semaphore, seastar::thread &thread) {
  seastar::thread::yield();
  seastar::thread::maybe_yield();
  auto joined = thread.join();
  return semaphore.wait();
}

future<> isReady(future<int> first) {
  if (first.available())
    first.get();
  seastar::make_ready_future<int>(1).get();
  co_return;
}

// ---- blocks ------------------------------------------------------------------------------------

future<> waitsForThread(future<int> first, seastar::smp &smp, seastar::app_template &app,
                        seastar::alien::instance &alien) {
  first.get();                         // WARN: 'seastar::future::get' may block the event loop in coroutine 'waitsForThread' (wait)
  first.wait();                        // WARN: 'seastar::future::wait' may block
  child().get();                       // WARN: 'seastar::future::get' may block
  smp.join_all();                      // WARN: 'seastar::smp::join_all' blocks the event loop in coroutine 'waitsForThread' (wait)
  app.run(0, nullptr, [] { return seastar::sleep(1ms); }); // WARN: 'seastar::app_template::run' blocks
  seastar::alien::submit_to(alien, 0, [] { return 1; }).get(); // WARN: 'std::future::get' blocks
  co_return;
}

future<> descriptors(seastar::file_desc &descriptor, int address, std::mutex &own) {
  seastar::file_desc::open("name", 0); // WARN: 'seastar::file_desc::open' blocks the event loop in coroutine 'descriptors' (disk)
  descriptor.pread(nullptr, 0, 0);     // WARN: 'seastar::file_desc::pread' blocks
  descriptor.size();                   // WARN: 'seastar::file_desc::size' may block
  descriptor.accept(address);          // WARN: 'seastar::file_desc::accept' may block the event loop in coroutine 'descriptors' (network)
  std::this_thread::sleep_for(1s);     // WARN: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'descriptors' (sleep)
  own.lock();                          // WARN: 'std::mutex::lock' blocks the event loop in coroutine 'descriptors' (lock)
  co_return;
}

// ---- generators and threads --------------------------------------------------------------------

// It may await, and runs on the reactor.
seastar::coroutine::experimental::generator<int> readings(seastar::semaphore &semaphore) {
  co_await semaphore.wait();
  ::fsync(1);                          // WARN: 'fsync' blocks the event loop in coroutine 'readings' (disk)
  co_yield 1;
}

future<> advances(seastar::semaphore &semaphore) {
  auto source = readings(semaphore);
  while (co_await source())
    ;
}

// In one of Seastar's threads get() suspends only that; what blocks the core is as bad there.
future<> threads(seastar::semaphore &semaphore) {
  co_await seastar::async([&] {
    semaphore.wait().get();            // WARN: 'seastar::future::get' may block the event loop in a lambda (wait)
    seastar::thread::yield();
    std::this_thread::sleep_for(1s);   // WARN: 'std::this_thread::sleep_for' blocks
  });
  seastar::thread thread([] { ::fsync(1); }); // WARN: (disk)
  co_await thread.join();
  co_await seastar::smp::submit_to(1, [] { ::fsync(1); }); // WARN: (disk)
}

// ---- the user's own ----------------------------------------------------------------------------

namespace my {
struct future {
  int get();
  void wait();
};
struct semaphore {
  void wait();
};
namespace seastar {
struct file_desc {
  static void open(const char *);
};
} // namespace seastar
} // namespace my

future<> ownNames(my::future future, my::semaphore semaphore) {
  future.get();
  future.wait();
  semaphore.wait();
  my::seastar::file_desc::open("name");
  co_return;
}
