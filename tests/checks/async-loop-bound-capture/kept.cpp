// A callable that is kept may itself keep another one: with what it was bound with.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <thread>

namespace asio = boost::asio;

struct Session {
  std::function<void()> setUp;
  std::function<void()> onSignal;

  void assign(std::function<void()> handler) { onSignal = std::move(handler); } // NOTE: keeps 'lambda' from here on

  void start(asio::io_context &io) {
    auto timer = std::make_shared<asio::steady_timer>(io);
    timer->async_wait([](auto) {}); // NOTE: starts an operation on it here
    setUp = std::bind(&Session::assign, this, [timer] { timer->cancel(); }); // WARN: uses 'timer' on another thread
  }
};

int main() {
  asio::io_context io;
  Session session;
  session.start(io);
  session.setUp();
  std::jthread signals([&] { session.onSignal(); }); // NOTE: runs a lambda on another thread here // NOTE: calls 'Session::onSignal' here
  io.run();
}
