// Two event loops are two threads: what belongs to one is not used from the other's handlers.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

// EXACT-NOTES
class Gateway {
public:
  void start() {
    client.async_read_some(asio::buffer(data), [this](auto, auto) { // NOTE: 'boost::asio::basic_stream_socket::async_read_some' runs a lambda on 'Gateway::front' here
      deadline.cancel();                                            // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'Gateway::deadline' on the thread of event loop 'Gateway::front', but it belongs to event loop 'Gateway::back', which another thread runs // NOTE: instead: post the use to the loop
    });
    deadline.async_wait([this](auto) { // NOTE: 'boost::asio::basic_waitable_timer::async_wait' starts an operation on it here, which goes on on the event loop
      asio::post(front, [this] { client.close(); }); // back on its own loop
    });
  }

  void run() {
    std::thread other([this] { back.run(); }); // NOTE: 'Gateway::back' is run here
    front.run();                               // NOTE: 'Gateway::front' is run here
    other.join();
  }

private:
  asio::io_context front, back;
  tcp::socket client{front};
  asio::steady_timer deadline{back}; // NOTE: 'Gateway::deadline' is declared here
  char data[64];
};

// One thread that polls both is one thread.
class Polled {
public:
  void start() {
    client.async_read_some(asio::buffer(data), [this](auto, auto) { deadline.cancel(); });
    deadline.async_wait([this](auto) { client.close(); });
  }

  void run() {
    for (;;) {
      front.poll();
      back.poll();
    }
  }

private:
  asio::io_context front, back;
  tcp::socket client{front};
  asio::steady_timer deadline{back};
  char data[64];
};

// Who runs the second loop is not seen.
class Unseen {
public:
  explicit Unseen(asio::io_context &elsewhere) : deadline(elsewhere) {}

  void start() {
    client.async_read_some(asio::buffer(data), [this](auto, auto) { deadline.cancel(); });
    deadline.async_wait([](auto) {});
  }

  void run() { front.run(); }

private:
  asio::io_context front;
  tcp::socket client{front};
  asio::steady_timer deadline;
  char data[64];
};

int main(int arguments, char **) {
  if (arguments == 1) {
    Gateway gateway;
    gateway.start();
    gateway.run();
  } else if (arguments == 2) {
    Polled polled;
    polled.start();
    polled.run();
  }
}
