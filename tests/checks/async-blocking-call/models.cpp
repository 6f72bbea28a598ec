// The forms that names and conditions have in a model.
// RUN: %check %s async-blocking-call --tidy-option=Models=%S/Inputs/lib.yaml --command-option=--models=%S/Inputs/lib.yaml
#include <boost/asio.hpp>

namespace lib {

struct sync_wait_t {
  template <class T> void operator()(T &&) const {}
};

inline constexpr sync_wait_t sync_wait{};
inline constexpr sync_wait_t other{};

struct Redis {
  Redis();
  void get();
  void close();
  bool operator==(int) const;

  struct Reply {
    void parse();
  };
};

struct Cluster : Redis {
  void slots();
};

struct Session {
  void setBlocking(bool);
  void read();
};

void set_mode(Session *, int);
void fetch(Session *);
void poll(Session *, int timeout);
void pause(std::chrono::nanoseconds);
template <class Rep, class Period> void pause(std::chrono::duration<Rep, Period>) {}
void queue_work(void (*work)(), void (*after)());

struct Job {
  virtual ~Job();
  virtual void run();
  virtual void undo() = 0;
  virtual void done();
  virtual void other();
};

struct Runner {
  struct promise_type {
    Runner get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
  Runner on_pool() &&;
};

} // namespace lib

boost::asio::awaitable<void> objects() {
  lib::sync_wait(1); // WARN: 'lib::sync_wait' blocks the event loop in coroutine 'objects' (wait)
  lib::other(1);
  co_return;
}

boost::asio::awaitable<void> members(lib::Redis::Reply &reply) {
  lib::Redis redis;
  redis.get(); // WARN: 'lib::Redis::get' blocks the event loop in coroutine 'members' (database)
  if (redis == 3)
    redis.close();
  reply.parse();
  lib::Cluster cluster;
  cluster.get();   // WARN: 'lib::Redis::get'
  cluster.slots(); // not one of the class that is described
  co_return;
}

boost::asio::awaitable<void> modes(lib::Session &set, lib::Session &unset, lib::Session *handle,
                                   lib::Session *plain) {
  set.setBlocking(false);
  set.read();
  unset.setBlocking(true);
  unset.read(); // WARN: 'lib::Session::read'
  lib::set_mode(handle, 0);
  lib::fetch(handle);
  lib::set_mode(plain, 1);
  lib::fetch(plain);  // WARN: 'lib::fetch'
  lib::fetch(&unset); // WARN: 'lib::fetch'
  co_return;
}

boost::asio::awaitable<void> ranges(lib::Session *session, int timeout) {
  lib::poll(session, 0);
  lib::poll(session, -1);
  lib::poll(session, 5);       // WARN: 'lib::poll'
  lib::poll(session, timeout); // WARN: 'lib::poll'
  co_return;
}

boost::asio::awaitable<void> durations(std::chrono::milliseconds time) {
  using namespace std::chrono_literals;
  constexpr auto Short = 2ms;
  lib::pause(10ms);
  lib::pause(9'999us);
  lib::pause(Short);
  lib::pause(std::chrono::duration<double>(0.005));
  lib::pause(0s);
  lib::pause(11ms);  // WARN: 'lib::pause' blocks the event loop in coroutine 'durations' (sleep)
  lib::pause(1s);    // WARN: 'lib::pause'
  lib::pause(0.5s);  // WARN: 'lib::pause'
  lib::pause(time);  // WARN: 'lib::pause'
  co_return;
}

void twoCallbacks() {
  lib::queue_work([] { lib::sync_wait(1); }, [] {
    lib::sync_wait(2); // WARN: 'lib::sync_wait' blocks the event loop in a lambda
  });
}

struct Import : lib::Job {
  void run() override { lib::sync_wait(1); }
  void undo() override { lib::sync_wait(2); }
  void done() override { lib::sync_wait(3); } // WARN: 'lib::sync_wait' blocks the event loop in 'Import::done' (wait) // NOTE: 'Import::done' runs on an event loop: it overrides 'lib::Job::done'
  void other() override { lib::sync_wait(4); }
};

struct Export : Import {
  void done() override { lib::sync_wait(5); } // WARN: 'lib::sync_wait' blocks the event loop in 'Export::done'
};

lib::Runner compute() {
  lib::sync_wait(1);
  co_return;
}

lib::Runner read() {
  lib::sync_wait(1); // WARN: 'lib::sync_wait' blocks the event loop in coroutine 'read'
  co_return;
}

lib::Runner parent() {
  co_await compute().on_pool();
  co_await read();
}
