// What a coroutine does with a variable of its own, before and after it hands it to another thread.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <future>
#include <memory>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

// Each time round there is another socket.
asio::awaitable<void> anotherEachTime(tcp::acceptor acceptor) {
  for (;;) {
    auto socket = std::make_shared<tcp::socket>(acceptor.get_executor());
    co_await acceptor.async_accept(*socket, asio::use_awaitable);
    std::thread([socket] { socket->close(); }).detach();
  }
}

// Each time round it is the same one.
asio::awaitable<void> theSameEachTime(tcp::acceptor acceptor) {
  auto socket = std::make_shared<tcp::socket>(acceptor.get_executor());
  for (;;) {
    co_await acceptor.async_accept(*socket, asio::use_awaitable);
    std::thread([socket] {
      socket->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
    }).detach();
  }
}

asio::awaitable<void> theSameInAFor(tcp::acceptor acceptor) {
  for (tcp::socket socket(acceptor.get_executor());; co_await acceptor.async_accept(socket, asio::use_awaitable))
    std::thread([&socket] {
      socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
    }).detach();
}

// The operation is still under way when the thread starts.
asio::awaitable<void> underWay(tcp::socket socket) {
  char data[64];
  socket.async_read_some(asio::buffer(data), [](auto, auto) {});
  std::jthread worker([&] {
    socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  });
  co_return;
}

asio::awaitable<void> waitedFor(tcp::socket socket) {
  char data[64];
  co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  std::jthread worker([&] { socket.close(); });
}

// Another coroutine has it, for how long nobody says.
asio::awaitable<void> echo(std::shared_ptr<tcp::socket> socket) {
  char data[64];
  co_await socket->async_read_some(asio::buffer(data), asio::use_awaitable);
}

asio::awaitable<void> spawnedBefore(tcp::socket accepted) {
  auto socket = std::make_shared<tcp::socket>(std::move(accepted));
  asio::co_spawn(co_await asio::this_coro::executor, echo(socket), asio::detached);
  std::jthread worker([socket] {
    socket->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  });
}

// The thread has ended.
void joined(asio::io_context &loop, tcp::endpoint peer) {
  tcp::socket socket(loop);
  char data[64];
  std::thread worker([&] { socket.connect(peer); });
  worker.join();
  socket.async_read_some(asio::buffer(data), [](auto, auto) {});
  loop.run();
}

void got(asio::io_context &loop, tcp::endpoint peer) {
  tcp::socket socket(loop);
  char data[64];
  auto connected = std::async(std::launch::async, [&] { socket.connect(peer); });
  connected.get();
  socket.async_read_some(asio::buffer(data), [](auto, auto) {});
  loop.run();
}

void joinedTooLate(asio::io_context &loop, tcp::endpoint peer) {
  tcp::socket socket(loop);
  char data[64];
  std::thread worker([&] {
    socket.connect(peer); // WARN: 'boost::asio::basic_socket::connect' uses 'socket' on another thread
  });
  socket.async_read_some(asio::buffer(data), [](auto, auto) {});
  worker.join();
  loop.run();
}

void anotherIsJoined(asio::io_context &loop, tcp::endpoint peer) {
  tcp::socket socket(loop);
  char data[64];
  std::thread other([] {});
  std::thread worker([&] {
    socket.connect(peer); // WARN: 'boost::asio::basic_socket::connect' uses 'socket' on another thread
  });
  other.join();
  socket.async_read_some(asio::buffer(data), [](auto, auto) {});
  loop.run();
  worker.join();
}

// The loop has nothing left to do when the thread starts.
void loopHasEnded(tcp::endpoint peer) {
  asio::io_context loop;
  tcp::socket socket(loop);
  socket.async_connect(peer, [](auto) {});
  loop.run();
  std::thread worker([&] { asio::write(socket, asio::buffer("x", 1)); });
  worker.join();
}

void loopRunsAgain(tcp::endpoint peer) {
  asio::io_context loop;
  tcp::socket socket(loop);
  char data[64];
  socket.async_connect(peer, [](auto) {});
  loop.run();
  std::thread worker([&] {
    asio::write(socket, asio::buffer("x", 1)); // WARN: 'boost::asio::write' uses 'socket' on another thread
  });
  socket.async_read_some(asio::buffer(data), [](auto, auto) {});
  loop.restart();
  loop.run();
  worker.join();
}
