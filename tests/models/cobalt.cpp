// Boost.Cobalt: what sounds like waiting is awaited, and its generator is no std::generator.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

// ---- as Boost.Cobalt declares it ---------------------------------------------------------------

namespace boost::cobalt {

namespace detail {
template <typename Return> struct receiver {
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>);
  Return await_resume();
};
template <typename Coroutine, typename Initial> struct promise_base {
  Coroutine get_return_object();
  Initial initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception();
};
template <typename Coroutine, typename Initial, typename Return>
struct returning_promise : promise_base<Coroutine, Initial> {
  void return_value(Return);
};
template <typename Coroutine, typename Initial>
struct returning_promise<Coroutine, Initial, void> : promise_base<Coroutine, Initial> {
  void return_void();
};
template <typename Coroutine, typename Yield>
struct generator_promise : promise_base<Coroutine, std::suspend_never> {
  std::suspend_always yield_value(Yield);
  Yield return_value(Yield);
};
} // namespace detail

template <typename Return = void> struct [[nodiscard]] task {
  using promise_type = detail::returning_promise<task, std::suspend_always, Return>;
  detail::receiver<Return> operator co_await();
};
template <typename Return = void> struct [[nodiscard]] promise {
  using promise_type = detail::returning_promise<promise, std::suspend_never, Return>;
  detail::receiver<Return> operator co_await();
  bool ready() const;
};
template <typename Yield, typename Push = void> struct [[nodiscard]] generator {
  using promise_type = detail::generator_promise<generator, Yield>;
  detail::receiver<Yield> operator co_await();
  explicit operator bool() const;
};
struct detached {
  using promise_type = detail::returning_promise<detached, std::suspend_never, void>;
};
struct thread {
  using promise_type = detail::returning_promise<thread, std::suspend_never, void>;
  detail::receiver<void> operator co_await() &;
  bool joinable() const;
  void join();
  void detach();
  thread(thread &&) noexcept;
  ~thread();
};
struct main {
  using promise_type = detail::returning_promise<main, std::suspend_always, int>;
};

int run(task<int>);
struct use_op_t {};
constexpr use_op_t use_op;
template <typename Executor>
detail::receiver<void> spawn(Executor &, task<void> &&, use_op_t) { return {}; }

template <typename T> struct channel {
  struct read_op : detail::receiver<T> {};
  struct write_op : detail::receiver<void> {};
  read_op read();
  write_op write(T &&);
};
struct wait_group {
  detail::receiver<void> wait();
  detail::receiver<void> wait_one();
};

namespace io {
template <typename... Args> struct op : detail::receiver<std::size_t> {};
struct stream {};
op<> read(stream &, char *);
op<> read_at(stream &, std::size_t, char *);
op<> write(stream &, const char *);
op<> write_at(stream &, std::size_t, const char *);
op<> sleep(const std::chrono::steady_clock::duration &);
struct socket : stream {
  int open(int protocol = 0);
  int close();
  int cancel();
};
struct stream_socket : socket {
  op<> read_some(char *);
  op<> write_some(const char *);
};
op<> connect_pair(socket &, socket &);
struct acceptor {
  op<> accept(stream_socket &);
  op<> wait(int type = 0);
};
struct resolver {
  op<> resolve();
};
struct steady_timer {
  op<> wait();
};
struct file {
  int open(const char *path, int flags);
  std::size_t size() const;
  int sync_all();
};
struct stream_file : file {
  op<> read_some(char *);
  op<> write_some(const char *);
};
struct random_access_file : file {
  op<> read_some_at(std::size_t, char *);
  op<> write_some_at(std::size_t, const char *);
};
} // namespace io

} // namespace boost::cobalt

namespace boost::asio {
class thread_pool {};
} // namespace boost::asio

// ---- awaited -----------------------------------------------------------------------------------

namespace cobalt = boost::cobalt;
using namespace std::chrono_literals;

cobalt::task<int> child() { co_return 1; }
cobalt::promise<int> begun() { co_return 1; }

cobalt::task<> waits(cobalt::channel<int> &channel, cobalt::wait_group &group,
                     cobalt::io::steady_timer &timer, cobalt::thread &thread) {
  co_await cobalt::io::sleep(1s);
  co_await channel.read();
  co_await channel.write(1);
  co_await group.wait();
  co_await group.wait_one();
  co_await timer.wait();
  co_await thread;
  co_await child();
  co_await begun();
}

cobalt::promise<> exchanges(cobalt::io::stream_socket &socket, cobalt::io::stream_socket &other,
                            cobalt::io::acceptor &acceptor, cobalt::io::resolver &resolver,
                            cobalt::io::stream &stream, char *buffer) {
  socket.open();
  co_await cobalt::io::connect_pair(socket, other);
  co_await cobalt::io::read(stream, buffer);
  co_await cobalt::io::read_at(stream, 0, buffer);
  co_await cobalt::io::write(stream, buffer);
  co_await cobalt::io::write_at(stream, 0, buffer);
  co_await socket.read_some(buffer);
  co_await socket.write_some(buffer);
  co_await acceptor.accept(socket);
  co_await acceptor.wait();
  co_await resolver.resolve();
  socket.cancel();
  socket.close();
}

cobalt::detached files(cobalt::io::stream_file &file, cobalt::io::random_access_file &random,
                       char *buffer) {
  co_await file.read_some(buffer);
  co_await file.write_some(buffer);
  co_await random.read_some_at(0, buffer);
  co_await random.write_some_at(0, buffer);
}

// ---- blocks ------------------------------------------------------------------------------------

cobalt::thread elsewhere() {
  ::fsync(1);                     // WARN: 'fsync' blocks the event loop in coroutine 'elsewhere' (disk)
  co_return;
}

cobalt::promise<> waitsForThread(cobalt::thread &thread, std::mutex &own) {
  cobalt::run(child());           // WARN: 'boost::cobalt::run' blocks the event loop in coroutine 'waitsForThread' (wait)
  thread.join();                  // WARN: 'boost::cobalt::thread::join' blocks
  own.lock();                     // WARN: 'std::mutex::lock' blocks the event loop in coroutine 'waitsForThread' (lock)
  auto other = elsewhere();       // WARN: 'boost::cobalt::thread::~thread' may block
  auto awaited = elsewhere();
  awaited.detach();
  co_return;
}

cobalt::main co_main(int, char **) {
  cobalt::io::stream_file file;
  file.open("name", 0);           // WARN: 'boost::cobalt::io::file::open' blocks the event loop in coroutine 'co_main' (disk)
  file.size();                    // WARN: 'boost::cobalt::io::file::size' blocks
  file.sync_all();                // WARN: 'boost::cobalt::io::file::sync_all' blocks
  co_return 0;
}

// ---- generators --------------------------------------------------------------------------------

// It begins when it is made, may await, and runs on the loop.
cobalt::generator<int> readings(cobalt::channel<int> &channel) {
  co_await channel.read();
  ::fsync(1);                     // WARN: 'fsync' blocks the event loop in coroutine 'readings' (disk)
  co_yield 1;
  co_return 2;
}

cobalt::task<> advances(cobalt::channel<int> &channel) {
  auto source = readings(channel);
  while (source)
    co_await source;
}

// ---- elsewhere ---------------------------------------------------------------------------------

cobalt::task<> computes() {
  ::fsync(1);
  co_return;
}

cobalt::promise<> handsOver(boost::asio::thread_pool &pool) {
  co_await cobalt::spawn(pool, computes(), cobalt::use_op);
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct channel {
  int read();
};
struct thread {
  void join();
};
int run(int);
namespace io {
void sleep(int);
int read(int);
struct file {
  void open(const char *);
};
} // namespace io
} // namespace own

cobalt::task<> ownNames(own::channel &channel, own::thread &thread, own::io::file &file) {
  channel.read();
  thread.join();
  file.open("name");
  own::run(1);
  own::io::sleep(1);
  own::io::read(1);
  co_return;
}
