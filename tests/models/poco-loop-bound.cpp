// POCO: its threads call what is derived from its classes.
// REQUIRES: common-tests, pack-poco
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Runnable.h>
#include <Poco/Thread.h>
#include <boost/asio.hpp>

namespace asio = boost::asio;

asio::io_context loop;
asio::steady_timer first(loop), second(loop), third(loop), fourth(loop);

asio::awaitable<void> serve() {
  first.expires_after(std::chrono::seconds(1));
  second.expires_after(std::chrono::seconds(1));
  third.expires_after(std::chrono::seconds(1));
  fourth.expires_after(std::chrono::seconds(1));
  co_return;
}

struct Job : Poco::Runnable {
  void run() override { first.cancel(); } // WARN: 'first' on another thread
  void stop() { fourth.cancel(); }
};

struct Connection : Poco::Net::TCPServerConnection {
  using TCPServerConnection::TCPServerConnection;
  void run() override { second.cancel(); } // WARN: 'second' on another thread
};

struct Page : Poco::Net::HTTPRequestHandler {
  void handleRequest(Poco::Net::HTTPServerRequest &, Poco::Net::HTTPServerResponse &) override {
    third.cancel(); // WARN: 'third' on another thread
  }
};

int main() {
  asio::co_spawn(loop, serve(), asio::detached);
  Job job;
  Poco::Thread thread;
  thread.start(job);
  loop.run();
}
