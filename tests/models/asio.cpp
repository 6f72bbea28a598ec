// Asio: one call of each kind that blocks, what does not, and who runs what.
// REQUIRES: common-tests, pack-asio
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -pthread
#include <boost/asio.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/co_composed.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/asio/ssl.hpp>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;

struct Own { // names like Asio's, of a class that is not Asio's
  void connect(const tcp::endpoint &) {}
  void wait() {}
  int read_some(asio::mutable_buffer) { return 0; }
};
int read(Own &, asio::mutable_buffer);

asio::awaitable<void> sockets(tcp::socket socket, tcp::socket polled, tcp::acceptor acceptor, udp::socket datagrams,
                              tcp::endpoint peer, Own own) {
  char data[64];
  boost::system::error_code error;
  socket.connect(peer);                              // WARN: 'boost::asio::basic_socket::connect' blocks
  socket.connect(peer, error);                       // WARN: 'boost::asio::basic_socket::connect' blocks
  socket.wait(tcp::socket::wait_read);               // WARN: 'boost::asio::basic_socket::wait' blocks
  socket.send(asio::buffer(data));                   // WARN: 'boost::asio::basic_stream_socket::send' blocks
  socket.receive(asio::buffer(data));                // WARN: 'boost::asio::basic_stream_socket::receive' blocks
  socket.write_some(asio::buffer(data), error);      // WARN: 'boost::asio::basic_stream_socket::write_some' blocks
  polled.non_blocking(true);
  polled.read_some(asio::buffer(data), error);
  polled.connect(peer);                              // WARN: 'boost::asio::basic_socket::connect' blocks
  acceptor.accept(error);                            // WARN: 'boost::asio::basic_socket_acceptor::accept' blocks
  acceptor.wait(tcp::acceptor::wait_read);           // WARN: 'boost::asio::basic_socket_acceptor::wait' blocks
  datagrams.connect(udp::endpoint());
  datagrams.send(asio::buffer(data));                // WARN: 'boost::asio::basic_datagram_socket::send' blocks
  asio::read(socket, asio::buffer(data));            // WARN: 'boost::asio::read' blocks
  asio::streambuf buffer;
  asio::read_until(socket, buffer, '\n');            // WARN: 'boost::asio::read_until' blocks
  tcp::resolver resolver(socket.get_executor());
  (void)resolver.resolve("example.org", "http");     // WARN: 'boost::asio::ip::basic_resolver::resolve' blocks
  (void)resolver.resolve("::1", "80", tcp::resolver::numeric_host | tcp::resolver::numeric_service);
  (void)asio::ip::host_name();
  socket.available();
  acceptor.listen();
  socket.shutdown(tcp::socket::shutdown_both);
  socket.close();
  own.connect(peer);
  own.wait();
  own.read_some(asio::buffer(data));
  ::read(own, asio::buffer(data));
  co_return;
}

asio::awaitable<void> others(asio::any_io_executor executor, asio::posix::stream_descriptor descriptor,
                             asio::readable_pipe pipe, asio::serial_port serial, tcp::iostream &stream) {
  char data[64];
  asio::steady_timer timer(executor);
  timer.wait();                                      // WARN: 'boost::asio::basic_waitable_timer::wait' blocks
  timer.expires_after(std::chrono::seconds(1));
  timer.cancel();
  descriptor.read_some(asio::buffer(data));          // WARN: 'boost::asio::posix::basic_stream_descriptor::read_some' blocks
  pipe.read_some(asio::buffer(data));                // WARN: 'boost::asio::basic_readable_pipe::read_some' blocks
  serial.send_break();                               // WARN: 'boost::asio::basic_serial_port::send_break' blocks
  stream.connect("localhost", "80");                 // WARN: 'boost::asio::basic_socket_iostream::connect' blocks
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.set_default_verify_paths();                    // WARN: 'boost::asio::ssl::context::set_default_verify_paths' blocks
  tls.use_private_key_file("key.pem", asio::ssl::context::pem); // WARN: use_private_key_file' blocks
  tls.add_verify_path("certificates");
  asio::ssl::stream<tcp::socket> secure(executor, tls);
  secure.handshake(asio::ssl::stream_base::client);  // WARN: 'boost::asio::ssl::stream::handshake' blocks
  asio::buffered_read_stream<tcp::socket> buffered(executor);
  buffered.fill();                                   // WARN: 'boost::asio::buffered_read_stream::fill' blocks
  asio::experimental::channel<void(boost::system::error_code, int)> channel(executor, 1);
  channel.try_send(boost::system::error_code(), 1);
  channel.try_receive([](auto...) {});
  asio::system_context &system = asio::system_executor().context();
  system.join();                                     // WARN: 'boost::asio::system_context::join' blocks
  co_return;
}

asio::awaitable<void> run(asio::io_context &loop, asio::thread_pool &pool) {
  loop.poll();
  loop.run_one();                                    // WARN: 'boost::asio::io_context::run_one' blocks
  loop.stop();
  pool.join();                                       // WARN: 'boost::asio::thread_pool::join' blocks
  asio::post(pool, [] { ::usleep(1); });
  asio::post(loop, [] { ::usleep(1); });             // WARN: 'usleep' blocks
  asio::post(asio::make_strand(loop), [] { ::usleep(1); }); // WARN: 'usleep' blocks
  asio::post(asio::make_strand(pool), [] { ::usleep(1); });
  asio::post(pool, asio::bind_executor(loop, [] { ::usleep(1); })); // WARN: 'usleep' blocks
  asio::spawn(loop, [](asio::yield_context) { ::usleep(1); }); // WARN: 'usleep' blocks
  asio::spawn(pool, [](asio::yield_context) { ::usleep(1); });
  co_await asio::co_spawn(pool, []() -> asio::awaitable<void> { ::usleep(1); co_return; }, asio::use_awaitable);
  (void)asio::experimental::co_composed<void()>([](auto) -> void { ::usleep(1); co_return; }, loop);
}

int main() {
  asio::io_context loop;
  asio::thread_pool pool;
  asio::co_spawn(loop, run(loop, pool), asio::detached);
  loop.run();
  pool.join();
}
