// One model serves standalone Asio and Boost.Asio.
// (This version knows only of the coroutines that Clang had before C++20, so it has to be told.)
// RUN: %check %s async-blocking-call -- -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
#include <asio.hpp>
#include <asio/ssl.hpp>

using asio::ip::tcp;
using asio::ip::udp;

asio::awaitable<void> session(tcp::socket socket, udp::socket datagrams, asio::ssl::stream<tcp::socket> secure,
                              asio::thread_pool &pool, asio::signal_set &signals) {
  char data[64];
  asio::read(socket, asio::buffer(data));                  // WARN: 'asio::read'
  asio::write(socket, asio::buffer(data));                 // WARN: 'asio::write'
  socket.receive(asio::buffer(data));                      // WARN: 'asio::basic_stream_socket::receive'
  udp::endpoint peer;
  datagrams.receive_from(asio::buffer(data), peer);        // WARN: 'asio::basic_datagram_socket::receive_from'
  datagrams.connect(peer);
  secure.handshake(asio::ssl::stream_base::client);        // WARN: 'asio::ssl::stream::handshake'
  co_await secure.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  tcp::resolver resolver(socket.get_executor());
  (void)resolver.resolve("example.org", "http");           // WARN: (dns)
  (void)resolver.resolve("127.0.0.1", "80", tcp::resolver::numeric_host | tcp::resolver::numeric_service);
  co_await resolver.async_resolve("example.org", "http", asio::use_awaitable);
  pool.join();                                             // WARN: 'asio::thread_pool::join'
  pool.stop();
  signals.cancel();
  asio::thread_pool mine(1);                               // WARN: 'asio::thread_pool::~thread_pool'
  co_await asio::co_spawn(
      mine,
      []() -> asio::awaitable<void> {
        asio::io_context inner;
        inner.run();
        co_return;
      },
      asio::use_awaitable);
}
