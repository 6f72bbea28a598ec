// The loop's resource reached through globals, members, getters and helper functions.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <memory>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

// ---- globals

asio::io_context loop;
tcp::socket global(loop); // NOTE: 'global' is declared here
static std::unique_ptr<tcp::socket> owned; // NOTE: 'owned' is declared here

namespace backend {
tcp::socket *connection;
}

asio::awaitable<void> readAll() {
  char data[64];
  co_await asio::async_read(global, asio::buffer(data), asio::use_awaitable); // NOTE: on the event loop, coroutine 'readAll' uses it here
  co_await asio::async_read(*owned, asio::buffer(data), asio::use_awaitable);
  co_await asio::async_read(*backend::connection, asio::buffer(data), asio::use_awaitable);
}

void work() {
  global.close();              // WARN: 'boost::asio::basic_socket::close' uses 'global' on another thread, while the event loop uses it // NOTE: instead: post the use to the loop: asio::post(global.get_executor(),
  owned->close();              // WARN: 'boost::asio::basic_socket::close' uses 'owned' on another thread // NOTE: instead: post the use to the loop: asio::post(owned->get_executor(),
  backend::connection->close(); // WARN: 'boost::asio::basic_socket::close' uses 'backend::connection' on another thread
}

// ---- helpers, at any depth

void say(tcp::socket &socket, const char *what) {
  asio::write(socket, asio::buffer(what, 1)); // WARN: 'boost::asio::write' uses 'theirs' on another thread
}

void greet(tcp::socket &socket) {
  say(socket, "hello"); // NOTE: 'greet' calls 'say' here
}

asio::awaitable<void> helpers(tcp::socket theirs) {
  char data[64];
  std::thread worker([&] { // NOTE: 'std::thread::thread' runs a lambda on another thread here
    greet(theirs);         // NOTE: 'lambda' calls 'greet' here
  });
  co_await asio::async_read(theirs, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

// The loop's use in a helper.
void receive(tcp::socket &socket) {
  static char data[64];
  socket.async_read_some(asio::buffer(data), [&](auto, auto) { receive(socket); }); // NOTE: on the event loop, 'receive' uses it here, with 'boost::asio::basic_stream_socket::async_read_some'
}

void helperOfTheLoop() {
  tcp::socket mine(loop);
  receive(mine);
  std::thread worker([&] {
    mine.close(); // WARN: 'boost::asio::basic_socket::close' uses 'mine' on another thread
  });
  loop.run();
  worker.join();
}

// The hand-off in a helper.
std::thread closeElsewhere(tcp::socket &socket) {
  return std::thread([&socket] { // NOTE: 'std::thread::thread' runs a lambda on another thread here
    socket.cancel(); // WARN: 'boost::asio::basic_socket::cancel' uses 'lent' on another thread
  });
}

asio::awaitable<void> handedOffInAHelper(tcp::socket lent) {
  char data[64];
  std::thread worker = closeElsewhere(lent);
  co_await asio::async_read(lent, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

// ---- what functions give

tcp::socket &instance() {
  static tcp::socket only(loop); // NOTE: 'instance::only' is declared here
  return only;
}

asio::awaitable<void> readInstance() {
  char data[64];
  co_await asio::async_read(instance(), asio::buffer(data), asio::use_awaitable);
}

void closeInstance() {
  std::thread([] {
    auto &socket = instance();
    socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'instance::only' on another thread
  }).detach();
}

std::shared_ptr<tcp::socket> makeSocket() {
  return std::make_shared<tcp::socket>(loop);
}

asio::awaitable<void> madeByAFunction() {
  char data[64];
  auto made = makeSocket(); // NOTE: 'made' is declared here
  std::thread worker([&] {
    made->close(); // WARN: 'boost::asio::basic_socket::close' uses 'made' on another thread
  });
  co_await asio::async_read(*made, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

void onlyThere() {
  std::thread([] {
    auto mine = makeSocket();
    mine->close();
  }).detach();
}

// ---- members, of objects and of their members

class Line {
public:
  tcp::socket &raw() { return socket; }

  asio::awaitable<void> read() {
    char data[64];
    co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  }

  void hangUp() {
    socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'Line::socket' on another thread
  }

  tcp::socket socket; // NOTE: 'Line::socket' is declared here
};

class Exchange {
public:
  void start() {
    std::thread(&Exchange::work, this).detach();
  }

private:
  void work() {
    line.hangUp(); // NOTE: 'Exchange::work' calls 'Line::hangUp' here
    line.raw().cancel(); // WARN: 'boost::asio::basic_socket::cancel' uses 'Line::socket' on another thread
    other->socket.shutdown(tcp::socket::shutdown_both); // WARN: 'boost::asio::basic_socket::shutdown' uses 'Line::socket' on another thread
  }

  Line line;
  std::shared_ptr<Line> other;
};

// A coroutine that is awaited uses what its caller passes.
asio::awaitable<void> echo(tcp::socket &socket) {
  char data[64];
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
}

asio::awaitable<void> awaited(tcp::socket passed) {
  std::thread worker([&] {
    passed.close(); // WARN: 'boost::asio::basic_socket::close' uses 'passed' on another thread
  });
  co_await echo(passed);
  worker.join();
}

void spawned() {
  tcp::socket given(loop);
  asio::co_spawn(loop, echo(given), asio::detached);
  std::thread worker([&] {
    given.close(); // WARN: 'boost::asio::basic_socket::close' uses 'given' on another thread
  });
  loop.run();
  worker.join();
}

int main() {
  asio::co_spawn(loop, readAll(), asio::detached);
  std::thread worker(work); // NOTE: 'std::thread::thread' runs 'work' on another thread here
  loop.run();
  worker.join();
}
