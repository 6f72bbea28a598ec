// Known false alarms: mending one shows here.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <memory>
#include <mutex>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

// The operation has completed: its handler starts the thread.
void threadInTheHandler(asio::io_context &loop, tcp::endpoint peer) {
  auto socket = std::make_shared<tcp::socket>(loop);
  socket->async_connect(peer, [socket](auto) {
    std::thread([socket] { asio::write(*socket, asio::buffer("x", 1)); }).detach(); // WARN: 'boost::asio::write' uses 'socket' on another thread
  });
}

// The helper does it for other arguments only.
void send(tcp::socket &socket, int timeout) {
  if (timeout != 0)
    socket.set_option(tcp::no_delay(true)); // WARN: 'boost::asio::basic_socket::set_option' uses 'lent' on another thread
}

asio::awaitable<void> forOtherArguments(tcp::socket lent) {
  char data[64];
  std::jthread worker([&] { send(lent, 0); });
  co_await asio::async_read(lent, asio::buffer(data), asio::use_awaitable);
}

// A mutex keeps the two apart. It does not keep the operation apart that is under way, so this one is arguable.
class Locked {
public:
  void start() {
    std::lock_guard lock(mutex);
    socket.async_read_some(asio::buffer(data), [](auto, auto) {});
    worker = std::jthread([this] {
      std::lock_guard lock(mutex);
      socket.set_option(tcp::no_delay(true)); // WARN: 'boost::asio::basic_socket::set_option' uses 'Locked::socket' on another thread
    });
  }

private:
  std::mutex mutex;
  tcp::socket socket;
  std::jthread worker;
  char data[64];
};
