// Every way in which a lambda gets hold of the loop's socket. The loop uses each of them.
// RUN: %check %s async-loop-bound-capture
#include <boost/asio.hpp>
#include <memory>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

asio::awaitable<void> byReference(tcp::socket socket) { // NOTE: 'socket' is declared here // NOTE: coroutine 'byReference' is presumed to run on an event loop: no spawn of it is seen
  char data[64];
  std::thread worker([&] {                       // NOTE: 'std::thread::thread' runs a lambda on another thread here
    socket.write_some(asio::buffer("x", 1));     // WARN: 'boost::asio::basic_stream_socket::write_some' uses 'socket' on another thread, while the event loop uses it // NOTE: instead: post the use to the loop: asio::post(socket.get_executor(), [...] { ... }), and pass values both ways
  });
  co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable); // NOTE: on the event loop, coroutine 'byReference' uses it here, with 'boost::asio::basic_stream_socket::async_read_some'
  worker.join();
}

asio::awaitable<void> byName(tcp::socket socket) {
  char data[64];
  std::thread worker([&socket] {
    socket.shutdown(tcp::socket::shutdown_both); // WARN: 'boost::asio::basic_socket::shutdown' uses 'socket' on another thread
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable); // NOTE: coroutine 'byName' uses it here, with 'boost::asio::async_read'
  worker.join();
}

asio::awaitable<void> byPointer(tcp::socket socket) {
  char data[64];
  tcp::socket *pointer = &socket;
  std::thread worker([pointer] {
    asio::write(*pointer, asio::buffer("x", 1)); // WARN: 'boost::asio::write' uses 'socket' on another thread
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> byAddress(tcp::socket socket) {
  char data[64];
  std::thread worker([pointer = &socket] {
    pointer->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> bySharedPointer(tcp::socket accepted) {
  char data[64];
  auto socket = std::make_shared<tcp::socket>(std::move(accepted));
  std::thread worker([socket] {
    socket->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread // NOTE: instead: post the use to the loop: asio::post(socket->get_executor(),
  });
  co_await asio::async_read(*socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> byCopyOfAll(std::shared_ptr<tcp::socket> socket) {
  char data[64];
  std::thread worker([=] {
    socket->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  });
  co_await asio::async_read(*socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> renamed(std::shared_ptr<tcp::socket> socket) {
  char data[64];
  std::thread worker([other = socket] {
    other->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  });
  co_await asio::async_read(*socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> throughAReference(tcp::socket socket) {
  char data[64];
  tcp::socket &alias = socket;
  std::thread worker([&alias] {
    alias.close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> lambdaInAVariable(tcp::socket socket) {
  char data[64];
  auto job = [&socket] {
    socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  };
  std::thread worker(job);
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> lambdaInALambda(tcp::socket socket) {
  char data[64];
  std::thread worker([&] {
    auto inner = [&] {
      socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
    };
    inner(); // NOTE: 'lambda' calls 'lambda' here
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

class Session : public std::enable_shared_from_this<Session> {
public:
  explicit Session(tcp::socket socket) : socket(std::move(socket)) {}

  asio::awaitable<void> read() {
    char data[64];
    co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  }

  void byThis() {
    std::thread([this] {
      socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'Session::socket' on another thread
    }).detach();
  }

  void byThisUnsaid() {
    std::thread([&] {
      socket.cancel(); // WARN: 'boost::asio::basic_socket::cancel' uses 'Session::socket' on another thread
    }).detach();
  }

  void bySelf() {
    std::thread([self = shared_from_this()] {
      self->socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'Session::socket' on another thread
    }).detach();
  }

private:
  tcp::socket socket; // NOTE: 'Session::socket' is declared here
};
