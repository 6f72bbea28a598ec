// One event loop that several threads run: off by default.
// RUN: %check %s async-loop-bound-capture --tidy-option=SeveralThreads=true --command-option=--several-threads -- -pthread
#include <boost/asio.hpp>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;

// Two coroutines of one connection, with nothing between them.
class Connection {
public:
  void start() {
    asio::co_spawn(loop, read(), asio::detached); // NOTE: 'boost::asio::co_spawn' runs coroutine 'Connection::read' on 'Connection::loop' here
    asio::co_spawn(loop, write(), asio::detached);
    std::vector<std::jthread> crew;
    for (int i = 0; i < 4; ++i)
      crew.emplace_back([this] { loop.run(); }); // NOTE: 'Connection::loop' is run here
  }

private:
  asio::awaitable<void> read() {
    char data[64];
    co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable); // WARN: uses 'Connection::socket' on one of the threads that run event loop 'Connection::loop', while another of them may use it
  }

  asio::awaitable<void> write() {
    co_await asio::async_write(socket, asio::buffer("x", 1), asio::use_awaitable); // WARN: uses 'Connection::socket' on one of the threads that run event loop 'Connection::loop' // NOTE: on the event loop
  }

  asio::io_context loop;
  tcp::socket socket{loop};
};

// ---- right: both on one strand

class OnStrand {
public:
  void start() {
    asio::co_spawn(strand, read(), asio::detached);
    asio::co_spawn(strand, write(), asio::detached);
    std::vector<std::jthread> crew;
    for (int i = 0; i < 4; ++i)
      crew.emplace_back([this] { loop.run(); });
  }

private:
  asio::awaitable<void> read() {
    char data[64];
    co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  }

  asio::awaitable<void> write() {
    co_await asio::async_write(socket, asio::buffer("x", 1), asio::use_awaitable);
  }

  asio::io_context loop;
  asio::strand<asio::io_context::executor_type> strand = asio::make_strand(loop);
  tcp::socket socket{strand};
};

// ---- right: one thread

class OneThread {
public:
  void start() {
    asio::co_spawn(loop, read(), asio::detached);
    asio::co_spawn(loop, write(), asio::detached);
    std::jthread runner([this] { loop.run(); });
  }

private:
  asio::awaitable<void> read() {
    char data[64];
    co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  }

  asio::awaitable<void> write() {
    co_await asio::async_write(socket, asio::buffer("x", 1), asio::use_awaitable);
  }

  asio::io_context loop;
  tcp::socket socket{loop};
};

// ---- right: one activity

class OneCoroutine {
public:
  void start() {
    asio::co_spawn(loop, serve(), asio::detached);
    std::vector<std::jthread> crew;
    for (int i = 0; i < 4; ++i)
      crew.emplace_back([this] { loop.run(); });
  }

private:
  asio::awaitable<void> serve() {
    char data[64];
    for (;;) {
      co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
      co_await asio::async_write(socket, asio::buffer(data), asio::use_awaitable);
    }
  }

  asio::io_context loop;
  tcp::socket socket{loop};
};
