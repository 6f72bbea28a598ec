// Each finding says why this is the loop's code, in one note with the evidence and its place.
// RUN: %check %s async-blocking-call -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <functional>
#include <unistd.h>

namespace asio = boost::asio;

void later(asio::any_io_executor where, std::function<void()> job) { asio::post(where, std::move(job)); }

asio::awaitable<void> neverSpawned() { // NOTE: coroutine 'neverSpawned' is presumed to run on an event loop: no spawn of it is seen
  ::fsync(1);                          // WARN: 'fsync' blocks
  co_return;
}

asio::awaitable<void> unclear() {
  ::fsync(2); // WARN: 'fsync' blocks
  co_return;
}

asio::awaitable<void> awaited() {
  ::fsync(3); // WARN: 'fsync' blocks
  co_return;
}

asio::awaitable<void> both() {
  ::fsync(4); // WARN: 'fsync' blocks
  co_return;
}

asio::awaitable<void> session() {
  co_await awaited();                                              // NOTE: coroutine 'awaited' runs on an event loop: coroutine 'session' awaits it here
  later(co_await asio::this_coro::executor, [] { ::fsync(5); }); // WARN: 'fsync' blocks // NOTE: a lambda runs on an event loop: 'later' hands it over here, and 'boost::asio::post' at
}

ASYNC_TIDY_RUNS_ON_LOOP void annotated() { // NOTE: 'annotated' runs on an event loop: it is annotated so here
  ::fsync(6);                              // WARN: 'fsync' blocks
}

class Poller {
public:
  explicit Poller(asio::io_context &loop) : timer(loop) {}

  void start(std::function<void()> job) {
    action = std::move(job); // NOTE: a lambda runs on an event loop: 'Poller::action' keeps it from here on, and 'boost::asio::basic_waitable_timer::async_wait' hands that over at
    timer.async_wait(
        [this](auto) { action(); });
  }

private:
  asio::steady_timer timer;
  std::function<void()> action;
};

void spawnSomewhere(asio::any_io_executor where) {
  asio::co_spawn(where, unclear(), asio::detached); // NOTE: coroutine 'unclear' is presumed to run on an event loop: 'boost::asio::co_spawn' spawns it here, and where 'where' runs it is not seen
}

int main() {
  asio::io_context loop;
  asio::thread_pool pool;
  asio::steady_timer timer(loop);
  asio::co_spawn(loop, session(), asio::detached);
  asio::co_spawn(loop, both(), asio::detached); // NOTE: coroutine 'both' runs on an event loop: 'boost::asio::co_spawn' spawns it here on 'loop'
  asio::co_spawn(pool, both(), asio::detached); // NOTE: coroutine 'both' also runs on a worker thread: 'boost::asio::co_spawn' spawns it here on 'pool'
  timer.async_wait([](auto) {                   // NOTE: a lambda runs on an event loop: 'boost::asio::basic_waitable_timer::async_wait' hands it over here on 'timer'
    ::fsync(8);                                 // WARN: 'fsync' blocks
  });
  later(loop.get_executor(), [] { ::fsync(9); }); // WARN: 'fsync' blocks // NOTE: a lambda runs on an event loop: 'later' hands it over here, and 'boost::asio::post' at
  Poller poller(loop);
  poller.start([] { ::fsync(10); }); // WARN: 'fsync' blocks
  loop.run();
}
