// Asio's own synchronous operations, and the asynchronous ones.
// RUN: %check %s async-blocking-call
#include <boost/asio.hpp>

namespace asio = boost::asio;
using asio::ip::tcp;

asio::awaitable<void> session(tcp::socket socket, tcp::acceptor &acceptor) {
  char data[512];
  boost::system::error_code error;
  asio::steady_timer timer(socket.get_executor(), std::chrono::seconds(1));
  timer.wait();                                   // WARN: 'boost::asio::basic_waitable_timer::wait' blocks the event loop in coroutine 'session' (sleep)
  socket.read_some(asio::buffer(data), error);    // WARN: 'boost::asio::basic_stream_socket::read_some' blocks the event loop in coroutine 'session' (network)
  asio::write(socket, asio::buffer(data, 1));     // WARN: 'boost::asio::write' blocks the event loop // NOTE: instead: co_await the async_ form of the operation with asio::use_awaitable
  tcp::resolver resolver(socket.get_executor());
  auto found = resolver.resolve("example.org", "http"); // WARN: 'boost::asio::ip::basic_resolver::resolve' blocks the event loop in coroutine 'session' (dns)
  tcp::socket next = acceptor.accept();           // WARN: 'boost::asio::basic_socket_acceptor::accept' blocks the event loop
  co_await timer.async_wait(asio::use_awaitable);
  co_await asio::async_write(socket, asio::buffer(data), asio::use_awaitable);
  co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  socket.shutdown(tcp::socket::shutdown_both, error);
  socket.close();
  asio::io_context nested;
  nested.poll();
  nested.run();                                   // WARN: 'boost::asio::io_context::run' blocks the event loop in coroutine 'session' (deadlock)
}

asio::awaitable<void> withoutConnection(asio::ip::udp::socket &socket, asio::ip::udp::endpoint peer) {
  socket.connect(peer); // only notes the peer
  co_return;
}

asio::awaitable<void> polls(tcp::socket &socket) {
  char data[512];
  boost::system::error_code error;
  socket.non_blocking(true);
  socket.read_some(asio::buffer(data), error);
  co_return;
}
