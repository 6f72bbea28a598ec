// Asio: a client listens to a server, on the loop, as long as its socket is open. A watchdog, which
// is a thread, closes the socket when that has taken long enough.
// REQUIRES: common-tests
// RUN: %check %s async-loop-bound-capture
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --complains "WARNING: ThreadSanitizer: data race" \
// RUN:   --complains "boost::asio::basic_socket" \
// RUN:   -- -fsanitize=thread -pthread
#include <boost/asio.hpp>

#include <array>
#include <chrono>
#include <exception>
#include <iostream>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto long_enough = 100ms;

// Says something every few milliseconds, until nobody listens.
asio::awaitable<void> talk(tcp::acceptor &acceptor) {
  tcp::socket peer = co_await acceptor.async_accept(asio::use_awaitable);
  asio::steady_timer pause(peer.get_executor());
  for (;;) {
    pause.expires_after(5ms);
    co_await pause.async_wait(asio::use_awaitable);
    const auto [error, size] =
        co_await peer.async_write_some(asio::buffer("news"), asio::as_tuple(asio::use_awaitable));
    if (error)
      co_return;
  }
}

class Client {
public:
  explicit Client(asio::io_context &loop) : socket_(loop) {}

  asio::awaitable<void> listen(tcp::endpoint server) {
    co_await socket_.async_connect(server, asio::use_awaitable);
    std::jthread watchdog([this] { watch(); });
    std::size_t heard = 0;
    while (socket_.is_open()) {
      std::array<char, 64> words;
      const auto [error, size] = co_await socket_.async_read_some(
          asio::buffer(words), asio::as_tuple(asio::use_awaitable));
      heard += size;
    }
    std::cout << (heard > 0 ? "heard something\n" : "heard nothing\n");
  }

private:
  void watch() {
    std::this_thread::sleep_for(long_enough);
    socket_.close(); // WARN: 'boost::asio::basic_socket::close' uses 'Client::socket_' on another thread, while the event loop uses it
  }

  tcp::socket socket_;
};

void rethrow(std::exception_ptr error) {
  if (error)
    std::rethrow_exception(error);
}

int main() {
  asio::io_context loop;
  tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
  Client client(loop);
  asio::co_spawn(loop, talk(acceptor), rethrow);
  asio::co_spawn(loop, client.listen(acceptor.local_endpoint()), rethrow);
  loop.run();
}
