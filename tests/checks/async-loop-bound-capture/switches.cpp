// A coroutine that has left its loop still has the loop's things at hand.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>

namespace asio = boost::asio;
using asio::use_awaitable;
using asio::ip::tcp;

asio::awaitable<void> session(tcp::socket socket, asio::thread_pool &pool) {
  char data[64];
  std::size_t size = co_await socket.async_read_some(asio::buffer(data), use_awaitable); // NOTE: on the event loop, coroutine 'session' uses it here
  co_await asio::post(asio::bind_executor(pool, use_awaitable)); // NOTE: coroutine 'session' goes on on another thread, one of 'pool', after this co_await
  socket.write_some(asio::buffer(data, size)); // WARN: uses 'socket' on another thread
  co_await asio::post(use_awaitable);
  socket.close();
}

struct Client {
  tcp::socket socket;
  asio::thread_pool &pool;

  asio::awaitable<void> send(std::string text) {
    co_await asio::post(asio::bind_executor(pool, use_awaitable));
    text += text; // the work that it left for
    co_await asio::async_write(socket, asio::buffer(text), use_awaitable); // WARN: uses 'Client::socket' on another thread
  }
};

// To wait for a timer of its own is a way back.
asio::awaitable<void> waits(asio::thread_pool &pool) {
  co_await asio::post(asio::bind_executor(pool, use_awaitable));
  asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(1));
  co_await timer.async_wait(use_awaitable);
  timer.expires_after(std::chrono::seconds(1));
}

// Values go to the pool, and the socket stays.
asio::awaitable<void> careful(tcp::socket socket, asio::thread_pool &pool) {
  char data[64];
  std::size_t size = co_await socket.async_read_some(asio::buffer(data), use_awaitable);
  co_await asio::post(asio::bind_executor(pool, use_awaitable));
  data[0] = char(size);
  co_await asio::post(use_awaitable);
  co_await asio::async_write(socket, asio::buffer(data, size), use_awaitable);
}

int main() {
  asio::io_context io;
  asio::thread_pool pool(2);
  Client client{tcp::socket(io), pool};
  asio::co_spawn(io, session(tcp::socket(io), pool), asio::detached);
  asio::co_spawn(io, client.send("hello"), asio::detached);
  asio::co_spawn(io, waits(pool), asio::detached);
  asio::co_spawn(io, careful(tcp::socket(io), pool), asio::detached);
  io.run();
}
