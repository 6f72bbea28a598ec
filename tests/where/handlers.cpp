// Completion handlers run on the executor of the object that the operation belongs to.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <string>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

void appendLog(int file) { ::fsync(file); }

class Session : public std::enable_shared_from_this<Session> {
public:
  Session(tcp::socket peer, asio::thread_pool &workers) : peer(std::move(peer)), workers(workers) {}

  void start() { readHeader(); }

private:
  void readHeader() {
    asio::async_read_until(peer, asio::dynamic_buffer(text), '\n', [self = shared_from_this()](error_code error, std::size_t) {
      if (error)
        return;
      appendLog(1); // WARN: 'appendLog' blocks the event loop in a lambda
      self->readBody();
    });
  }
  void readBody() {
    asio::async_read(peer, asio::dynamic_buffer(text), std::bind(&Session::onBody, shared_from_this(), std::placeholders::_1));
  }
  void onBody(error_code) {
    asio::post(workers, [self = shared_from_this()] {
      appendLog(2);
      asio::post(self->peer.get_executor(), [self] { self->reply(); });
    });
  }
  void reply() {
    asio::async_write(peer, asio::buffer(text), [this, self = shared_from_this()](error_code error, std::size_t) { finish(error); }); // WARN: 'Session::finish' blocks the event loop in a lambda
  }
  void finish(error_code) { appendLog(3); }

  tcp::socket peer;
  asio::thread_pool &workers;
  std::string text;
};

class Server {
public:
  Server(asio::io_context &loop, asio::thread_pool &workers)
      : loop(loop), workers(workers), acceptor(loop, {tcp::v4(), 8080}), resolver(loop), cleanup(workers), signals(loop, SIGINT) {}

  void start() {
    accept();
    signals.async_wait([this](error_code, int) {
      appendLog(4); // WARN: 'appendLog' blocks the event loop in a lambda
      acceptor.close();
    });
    resolver.async_resolve("localhost", "80", [this](error_code, tcp::resolver::results_type found) { connect(found); });
    scheduleCleanup();
  }

private:
  void accept() {
    acceptor.async_accept([this](error_code error, tcp::socket peer) {
      if (!error)
        std::make_shared<Session>(std::move(peer), workers)->start();
      ::usleep(10); // WARN: 'usleep' blocks the event loop in a lambda
      accept();
    });
  }
  void connect(tcp::resolver::results_type found) {
    auto upstream = std::make_shared<tcp::socket>(loop);
    asio::async_connect(*upstream, found, [upstream](error_code, const tcp::endpoint &) {
      appendLog(5); // WARN: 'appendLog' blocks the event loop in a lambda
      auto probe = std::make_shared<asio::steady_timer>(upstream->get_executor());
      probe->async_wait([probe](error_code) { appendLog(6); }); // WARN: 'appendLog' blocks the event loop in a lambda
    });
  }
  // The timer lives on the pool.
  void scheduleCleanup() {
    cleanup.expires_after(std::chrono::seconds(30));
    cleanup.async_wait([this](error_code error) {
      appendLog(7);
      if (!error)
        scheduleCleanup();
    });
  }

  asio::io_context &loop;
  asio::thread_pool &workers;
  tcp::acceptor acceptor;
  tcp::resolver resolver;
  asio::steady_timer cleanup;
  asio::signal_set signals;
};

int main() {
  asio::io_context loop;
  asio::thread_pool workers(2);
  Server server(loop, workers);
  server.start();
  asio::steady_timer report(workers, std::chrono::seconds(1));
  report.async_wait([](error_code) { appendLog(8); });
  asio::steady_timer tick(loop, std::chrono::seconds(1));
  tick.async_wait([&tick](error_code) {
    tick.async_wait([](error_code) { appendLog(9); }); // WARN: 'appendLog' blocks the event loop in a lambda
  });
  tcp::socket relay(asio::make_strand(workers));
  relay.async_wait(tcp::socket::wait_read, [](error_code) { appendLog(10); });
  loop.run();
}
