// The program's own wrappers: what matters is whether one of them waits.
// RUN: %check %s async-task-capture -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <future>
#include <thread>

namespace asio = boost::asio;

void use(int);

asio::thread_pool workers;

template <class F> void inPool(F f) { asio::post(workers, std::move(f)); }
void inThread(std::function<void()> f) { std::thread(std::move(f)).detach(); }
template <class F> void twice(asio::io_context &io, F f) { inPool([f] { f(); }); }

template <class F> void inPoolAndWait(F f) {
  std::promise<void> done;
  asio::post(workers, [&] {
    f();
    done.set_value();
  });
  done.get_future().wait();
}

void inThreadAndJoin(std::function<void()> f) {
  std::thread worker(std::move(f));
  worker.join();
}

template <class F> void here(F f) { f(); }

struct Loop {
  asio::io_context io;
  template <class F> void call(F f) { asio::post(io, std::move(f)); }
  void run() { io.run(); }
};

void handsOff(asio::io_context &io, Loop &loop) {
  int number = 1;
  inPool([&] { use(number); }); // WARN: 'number' is captured by reference in a lambda that may run after it is gone // NOTE: 'inPool' takes it here, and 'boost::asio::post' at tests/checks/async-task-capture/wrappers.cpp:14 hands it over on 'workers', to run later
  inThread([&] { use(number); }); // WARN: 'number' is captured by reference
  twice(io, [&] { use(number); }); // WARN: 'number' is captured by reference
  loop.call([&] { use(number); }); // WARN: 'number' is captured by reference
}

void waits(Loop &loop) {
  int number = 1;
  inPoolAndWait([&] { use(number); });
  inThreadAndJoin([&] { use(number); });
  here([&] { use(number); });
}

void runsTheLoop(Loop &loop) {
  int number = 1;
  loop.call([&] { use(number); });
  loop.run();
}
