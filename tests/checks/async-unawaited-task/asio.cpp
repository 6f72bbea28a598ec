// Asio: what use_awaitable and deferred give is lazy too.
// REQUIRES: pack-asio
// RUN: %check %s async-unawaited-task -- -pthread
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;

asio::awaitable<void> save(int record) { co_return; }

struct Session {
  tcp::socket socket;
  asio::steady_timer timer;
  asio::awaitable<void> kept;

  asio::awaitable<void> run() {
    char data[64];
    save(1); // WARN: the task of 'save' is never awaited, so it never runs
             // NOTE@-1: 'boost::asio::awaitable' does nothing until it is awaited or started; see
             // NOTE@-2: instead: co_await save(1); or, not to wait for it, asio::co_spawn(executor, save(1), asio::detached)
    socket.async_read_some(asio::buffer(data), asio::use_awaitable); // WARN: the task of 'boost::asio::basic_stream_socket::async_read_some'
    asio::async_write(socket, asio::buffer(data), asio::use_awaitable); // WARN: the task of 'boost::asio::async_write'
    timer.async_wait(asio::deferred); // WARN: the task of 'boost::asio::basic_waitable_timer::async_wait' // NOTE: co_await timer.async_wait(asio::deferred)
    asio::co_spawn(socket.get_executor(), save(1), asio::use_awaitable); // WARN: 'boost::asio::co_spawn'
    asio::post(asio::use_awaitable); // WARN: 'boost::asio::post'
    auto wait = timer.async_wait(asio::use_awaitable); // WARN: 'boost::asio::basic_waitable_timer::async_wait'
    using namespace asio::experimental::awaitable_operators;
    save(1) && save(2); // WARN: the task of
    co_await (save(1) || save(2));
    co_await timer.async_wait(asio::deferred);
    timer.async_wait(asio::deferred)([](boost::system::error_code) {});
    auto operation = timer.async_wait(asio::deferred);
    std::move(operation)(asio::detached);
    std::exchange(kept, save(1));
    timer.async_wait([](boost::system::error_code) {});
    asio::async_write(socket, asio::buffer(data), asio::detached);
    co_await timer.async_wait(asio::use_awaitable);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  }

  asio::awaitable<void> wait() { return timer.async_wait(asio::use_awaitable); }
  void stop() {
    wait(); // WARN: the task of 'Session::wait' // NOTE: instead: asio::co_spawn(executor, wait(), asio::detached)
  }
};

int main() {
  asio::io_context io;
  co_spawn(io, save(1), asio::detached);
  co_spawn(io, [&]() -> asio::awaitable<void> { co_await save(2); }, asio::detached);
  auto done = co_spawn(io, save(3), asio::use_future);
  io.run();
}
