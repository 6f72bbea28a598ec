// The kinds of things that belong to a loop; of both Asios' types, all are templates with other names.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/ssl.hpp>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using Channel = asio::experimental::channel<void(boost::system::error_code, int)>;

asio::awaitable<void> loop(tcp::acceptor acceptor, tcp::resolver resolver, asio::steady_timer timer,
                           udp::socket datagrams, asio::signal_set &signals, asio::posix::stream_descriptor descriptor,
                           asio::serial_port port, asio::local::stream_protocol::socket local,
                           asio::ssl::stream<tcp::socket> secure, Channel channel, asio::system_timer wall) {
  char data[64];
  std::jthread worker([&] {
    acceptor.close();                              // WARN: 'boost::asio::basic_socket_acceptor::close' uses 'acceptor' on another thread
    resolver.cancel();                             // WARN: 'boost::asio::ip::basic_resolver::cancel' uses 'resolver' on another thread
    timer.expires_after(std::chrono::seconds(1));  // WARN: 'boost::asio::basic_waitable_timer::expires_after' uses 'timer' on another thread
    wall.cancel();                                 // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'wall' on another thread
    datagrams.send(asio::buffer(data));            // WARN: 'boost::asio::basic_datagram_socket::send' uses 'datagrams' on another thread
    signals.add(1);                                // WARN: 'boost::asio::basic_signal_set::add' uses 'signals' on another thread
    descriptor.close();                            // WARN: 'boost::asio::posix::basic_descriptor::close' uses 'descriptor' on another thread
    port.write_some(asio::buffer(data));           // WARN: 'boost::asio::basic_serial_port::write_some' uses 'port' on another thread
    local.shutdown(asio::socket_base::shutdown_both); // WARN: 'boost::asio::basic_socket::shutdown' uses 'local' on another thread
    secure.lowest_layer().close();                 // WARN: 'boost::asio::basic_socket::close' uses 'secure' on another thread
    channel.try_send(boost::system::error_code(), 1); // WARN: 'boost::asio::experimental::basic_channel::try_send' uses 'channel' on another thread
    if (acceptor.is_open())                        // WARN: 'boost::asio::basic_socket_acceptor::is_open' uses 'acceptor' on another thread
      acceptor = tcp::acceptor(timer.get_executor()); // WARN: 'boost::asio::basic_socket_acceptor::operator=' uses 'acceptor' on another thread
  });
  co_await acceptor.async_accept(asio::use_awaitable);
  co_await resolver.async_resolve("localhost", "http", asio::use_awaitable);
  co_await timer.async_wait(asio::use_awaitable);
  co_await wall.async_wait(asio::use_awaitable);
  co_await datagrams.async_receive(asio::buffer(data), asio::use_awaitable);
  co_await signals.async_wait(asio::use_awaitable);
  co_await descriptor.async_read_some(asio::buffer(data), asio::use_awaitable);
  co_await port.async_read_some(asio::buffer(data), asio::use_awaitable);
  co_await local.async_read_some(asio::buffer(data), asio::use_awaitable);
  co_await secure.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  co_await channel.async_receive(asio::use_awaitable);
}

// Connected step by step, by a free function.
asio::awaitable<void> connect(tcp::socket socket, tcp::resolver::results_type endpoints) {
  std::jthread worker([&] {
    asio::connect(socket, endpoints); // WARN: 'boost::asio::connect' uses 'socket' on another thread
  });
  co_await asio::async_connect(socket, endpoints, asio::use_awaitable);
}
