// Boost.Beast: what waits for the peer or for a file, and what does not.
// REQUIRES: common-tests, pack-beast
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -pthread
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/zlib.hpp>
#include <unistd.h>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

struct Own { // names like Beast's, of a class that is not Beast's
  void handshake(const char *, const char *) {}
  void ping() {}
};
namespace mine {
void read(Own &, beast::flat_buffer &) {}
void write_header(Own &) {}
} // namespace mine

asio::awaitable<void> overHttp(beast::tcp_stream stream, http::request<http::string_body> request, Own own) {
  beast::flat_buffer buffer;
  beast::error_code error;
  http::response<http::string_body> response;
  http::response_parser<http::string_body> parser;
  http::request_serializer<http::string_body> serializer(request);
  stream.expires_after(std::chrono::seconds(5));
  stream.connect(tcp::endpoint());                   // WARN: 'boost::beast::basic_stream::connect' blocks
  stream.socket().connect(tcp::endpoint());          // WARN: 'boost::asio::basic_socket::connect' blocks
  http::write(stream, request);                      // WARN: 'boost::beast::http::write' blocks the event loop in coroutine 'overHttp' (network)
  http::write_some(stream, serializer);              // WARN: 'boost::beast::http::write_some' blocks
  http::write_header(stream, serializer, error);     // WARN: 'boost::beast::http::write_header' blocks
  http::read(stream, buffer, response, error);       // WARN: 'boost::beast::http::read' blocks
  http::read_some(stream, buffer, parser);           // WARN: 'boost::beast::http::read_some' blocks
  http::read_header(stream, buffer, parser);         // WARN: 'boost::beast::http::read_header' blocks
  beast::write(stream, http::message_generator(std::move(request))); // WARN: 'boost::beast::write' blocks
  beast::detect_ssl(stream, buffer, error);          // WARN: 'boost::beast::detect_ssl' blocks
  co_await stream.async_connect(tcp::endpoint(), asio::use_awaitable);
  co_await http::async_write(stream, serializer, asio::use_awaitable);
  co_await http::async_read_header(stream, buffer, parser, asio::use_awaitable);
  co_await http::async_read(stream, buffer, response, asio::use_awaitable);
  stream.cancel();
  stream.close();
  mine::read(own, buffer);
  mine::write_header(own);
}

asio::awaitable<void> overWebsocket(websocket::stream<beast::tcp_stream> stream, Own own) {
  beast::flat_buffer buffer;
  beast::error_code error;
  char data[64];
  stream.handshake("example.org", "/");              // WARN: 'boost::beast::websocket::stream::handshake' blocks
  stream.accept(error);                              // WARN: 'boost::beast::websocket::stream::accept' blocks
  stream.read(buffer);                               // WARN: 'boost::beast::websocket::stream::read' blocks
  stream.read_some(asio::buffer(data), error);       // WARN: 'boost::beast::websocket::stream::read_some' blocks
  stream.write(asio::buffer(data));                  // WARN: 'boost::beast::websocket::stream::write' blocks
  stream.write_some(true, asio::buffer(data));       // WARN: 'boost::beast::websocket::stream::write_some' blocks
  stream.ping({});                                   // WARN: 'boost::beast::websocket::stream::ping' blocks
  stream.pong({});                                   // WARN: 'boost::beast::websocket::stream::pong' blocks
  stream.close(websocket::close_code::normal);       // WARN: 'boost::beast::websocket::stream::close' blocks
  stream.next_layer().read_some(asio::buffer(data)); // WARN: 'boost::beast::basic_stream::read_some' blocks
  beast::get_lowest_layer(stream).connect(tcp::endpoint()); // WARN: 'boost::beast::basic_stream::connect' blocks
  websocket::teardown(beast::role_type::client, stream.next_layer().socket(), error); // WARN: 'boost::beast::websocket::teardown' blocks
  co_await stream.async_handshake("example.org", "/", asio::use_awaitable);
  co_await stream.async_read(buffer, asio::use_awaitable);
  stream.text(true);
  stream.got_text();
  own.handshake("", "");
  own.ping();
}

asio::awaitable<void> overTls(beast::ssl_stream<beast::tcp_stream> stream,
                              beast::buffered_read_stream<tcp::socket, beast::flat_buffer> buffered) {
  char data[64];
  stream.handshake(asio::ssl::stream_base::client);  // WARN: stream::handshake' blocks
  stream.write_some(asio::buffer(data));             // WARN: stream::write_some' blocks
  stream.shutdown();                                 // WARN: stream::shutdown' blocks
  buffered.read_some(asio::buffer(data));            // WARN: 'boost::beast::buffered_read_stream::read_some' blocks
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  co_await stream.async_shutdown(asio::use_awaitable);
}

asio::awaitable<void> files() {
  beast::error_code error;
  char data[64];
  beast::file file;
  file.open("a", beast::file_mode::scan, error);     // WARN: 'boost::beast::file_posix::open' blocks the event loop in coroutine 'files' (disk)
  file.read(data, sizeof data, error);               // WARN: 'boost::beast::file_posix::read' blocks
  file.size(error);                                  // WARN: 'boost::beast::file_posix::size' may block
  (void)file.is_open();
  beast::file_stdio standard;
  standard.write(data, sizeof data, error);          // WARN: 'boost::beast::file_stdio::write' blocks
  http::file_body::value_type body;
  body.open("a", beast::file_mode::scan, error);     // WARN: value_type::open' blocks
  body.is_open();
  beast::zlib::deflate_stream deflate;
  beast::zlib::z_params params;
  deflate.write(params, beast::zlib::Flush::full, error); // WARN: 'boost::beast::zlib::deflate_stream::write' may block
  deflate.reset();
  co_return;
}
