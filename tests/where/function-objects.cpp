// Objects with operator(): by value, by reference, moved, forwarded, generic.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;

asio::thread_pool pool(2);

struct FlushOnPool {
  int file;
  void operator()() const { ::fsync(file); }
};

struct FlushOnLoop {
  int file;
  void operator()() const {
    ::fsync(file); // WARN: 'fsync' blocks the event loop in 'FlushOnLoop::operator()'
  }
};

struct FlushInline {
  int file = 0;
  void operator()() { ::fsync(file++); }
};

struct FlushNever {
  void operator()() const { ::fsync(3); }
};

template <class Storage> struct Checkpoint {
  Storage *storage;
  void operator()() { storage->sync(); }
};

struct Disk {
  void sync() { ::fsync(4); }
};
struct Memory {
  void sync() {}
};

struct OnTimer {
  template <class Error> void operator()(const Error &) const {
    ::fsync(5); // WARN: 'fsync' blocks the event loop
  }
};

class MoveOnly {
public:
  MoveOnly() = default;
  MoveOnly(MoveOnly &&) = default;
  void operator()() {
    ::fsync(*file); // WARN: 'fsync' blocks the event loop in 'MoveOnly::operator()'
  }

private:
  std::unique_ptr<int> file = std::make_unique<int>(7);
};

template <class F> void callValue(F f) { f(); }
template <class F> void callConst(const F &f) { f(); }
template <class F> void callLvalue(F &f) { f(); }
template <class F> void callForward(F &&f) { std::forward<F>(f)(); }
template <class F> void callInvoke(F &&f) { std::invoke(std::forward<F>(f)); }
template <class F> void postForward(F &&f) { asio::post(pool, std::forward<F>(f)); }
template <class F> void postLoop(tcp::socket &client, F &&f) { asio::post(client.get_executor(), std::forward<F>(f)); }

asio::awaitable<void> keep(tcp::socket client, asio::steady_timer timer, Disk &disk, Memory &memory) {
  asio::post(pool, FlushOnPool{1});
  FlushOnPool onPool{2};
  asio::post(pool, onPool);
  asio::post(pool, std::move(onPool));
  postForward(onPool);
  postForward(FlushOnPool{3});
  std::thread(std::ref(onPool)).detach();
  asio::post(pool, Checkpoint<Disk>{&disk});

  asio::post(client.get_executor(), FlushOnLoop{1}); // NOTE: is presumed to run on an event loop: 'boost::asio::post' hands it over here
  postLoop(client, MoveOnly());
  timer.async_wait(OnTimer());

  FlushInline flush;
  flush();                  // WARN: 'FlushInline::operator()' blocks the event loop in coroutine 'keep'
  callValue(flush);         // WARN: 'callValue' blocks the event loop
  callConst(FlushNever());  // WARN: 'callConst' blocks the event loop
  callLvalue(flush);        // WARN: 'callLvalue' blocks the event loop
  callForward(flush);       // WARN: 'callForward' blocks the event loop
  callForward(std::move(flush)); // WARN: 'callForward' blocks the event loop
  callInvoke(FlushInline());     // WARN: 'callInvoke' blocks the event loop
  callValue(std::ref(flush));    // WARN: 'callValue' blocks the event loop
  auto reference = std::ref(flush);
  reference(); // WARN: blocks the event loop
  callValue(Checkpoint<Disk>{&disk}); // WARN: 'callValue' blocks the event loop
  callValue(Checkpoint<Memory>{&memory});

  int attempts = 0;
  auto retry = [attempts]() mutable { ::sleep(++attempts); };
  callLvalue(retry);                 // WARN: 'callLvalue' blocks the event loop
  callForward(std::move(retry));     // WARN: 'callForward' blocks the event loop
  auto copy = retry;
  copy(); // WARN: 'lambda' blocks the event loop
  auto moved = std::move(copy);
  asio::post(pool, std::move(moved));
  FlushNever idle;
  const FlushNever &sameIdle = idle;
  (void)sameIdle;
  co_return;
}
