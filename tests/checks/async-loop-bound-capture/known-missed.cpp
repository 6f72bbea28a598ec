// Known missed alarms: closing one shows here.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;

// The loop runs in the thread, and who started the thread uses the socket.
struct Client {
  void start() {
    read();
    thread = std::thread([this] { loop.run(); });
  }

  void read() {
    socket.async_read_some(asio::buffer(data), [this](auto error, auto) {
      if (!error)
        read();
    });
  }

  void send() { asio::write(socket, asio::buffer("x", 1)); }

  asio::io_context loop;
  tcp::socket socket{loop};
  std::thread thread;
  char data[64];
};
