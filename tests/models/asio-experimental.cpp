// Asio's experimental coro, which is its generator too: it may await, and runs on its own executor.
// REQUIRES: common-tests, pack-asio
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -pthread
#include <boost/asio.hpp>
#include <boost/asio/experimental/coro.hpp>
#include <boost/asio/experimental/deferred.hpp>
#include <string>
#include <unistd.h>

namespace asio = boost::asio;
using asio::experimental::coro;
using asio::experimental::deferred;
using asio::ip::tcp;

coro<void, int> child(asio::any_io_executor) { co_return 1; }

coro<std::string> lines(tcp::socket &socket) {
  char buffer[64];
  co_await socket.async_read_some(asio::buffer(buffer), deferred);
  ::fsync(1);                       // WARN: 'fsync' blocks the event loop in coroutine 'lines' (disk)
  co_yield buffer;
}

asio::experimental::generator<int> numbers(asio::any_io_executor) {
  ::fsync(1);                       // WARN: 'fsync' blocks the event loop in coroutine 'numbers' (disk)
  co_yield 1;
}

asio::experimental::task<void> serve(tcp::socket &socket, asio::steady_timer &timer) {
  co_await timer.async_wait(deferred);
  auto counted = numbers(socket.get_executor());
  co_await counted;
  auto source = lines(socket);
  while (auto line = co_await source)
    (void)*line;
  co_await child(socket.get_executor());
  timer.wait();                     // WARN: basic_waitable_timer::wait' blocks the event loop in coroutine 'serve' (sleep)
}

// Another name for the thread pool.
asio::awaitable<void> handsOver(asio::static_thread_pool &pool) {
  asio::post(pool, [] { ::fsync(1); });
  co_return;
}
