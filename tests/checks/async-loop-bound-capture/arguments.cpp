// The loop's resource as an argument of what another thread runs.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <future>
#include <memory>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

void hangUp(tcp::socket &theirs) {
  theirs.close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
}

asio::awaitable<void> byReference(tcp::socket socket) {
  char data[64];
  std::thread worker(hangUp, std::ref(socket)); // NOTE: 'std::thread::thread' runs 'hangUp' on another thread here
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

void hangUpAtAddress(tcp::socket *theirs) {
  theirs->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
}

asio::awaitable<void> byAddress(tcp::socket socket) {
  char data[64];
  std::thread worker(&hangUpAtAddress, &socket);
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

void hangUpShared(std::shared_ptr<tcp::socket> theirs) {
  theirs->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
}

asio::awaitable<void> bySharedPointer(std::shared_ptr<tcp::socket> socket) {
  char data[64];
  auto done = std::async(std::launch::async, hangUpShared, socket);
  co_await asio::async_read(*socket, asio::buffer(data), asio::use_awaitable);
}

void hangUpBorrowed(std::reference_wrapper<tcp::socket> theirs) {
  theirs.get().close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
}

// A reference that is moved refers to the same socket as before.
asio::awaitable<void> byMovedReference(tcp::socket socket) {
  char data[64];
  auto reference = std::ref(socket);
  std::thread worker(hangUpBorrowed, std::move(reference));
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

// What is moved from is the loop's socket, and it happens on the other thread.
asio::awaitable<void> byReferenceMovedThere(tcp::socket socket) {
  char data[64];
  std::thread worker([&socket] {
    tcp::socket mine(std::move(socket)); // WARN: 'socket' is moved from on another thread, while the event loop uses it
    mine.close();
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

// Two have it now.
asio::awaitable<void> byCopiedSharedPointer(std::shared_ptr<tcp::socket> socket) {
  char data[64];
  auto copy = socket;
  std::thread worker([copy = std::move(copy)] {
    copy->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  });
  co_await asio::async_read(*socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

class Shared {
public:
  asio::awaitable<void> read() {
    char data[64];
    co_await asio::async_read(*socket, asio::buffer(data), asio::use_awaitable);
  }

  void byCopyThatIsMoved() {
    auto copy = socket;
    std::thread([copy = std::move(copy)] {
      copy->close(); // WARN: 'boost::asio::basic_socket::close' uses 'Shared::socket' on another thread
    }).detach();
  }

  void byParameterThatIsMoved() {
    closeElsewhere(socket);
  }

  void byValue() {
    std::thread(hangUpMember, socket).detach();
  }

private:
  static void hangUpMember(std::shared_ptr<tcp::socket> theirs) {
    theirs->cancel(); // WARN: 'boost::asio::basic_socket::cancel' uses 'Shared::socket' on another thread
  }

  static void closeElsewhere(std::shared_ptr<tcp::socket> theirs) {
    std::thread([theirs = std::move(theirs)] {
      theirs->shutdown(tcp::socket::shutdown_both); // WARN: 'boost::asio::basic_socket::shutdown' uses 'Shared::socket' on another thread
    }).detach();
  }

  std::shared_ptr<tcp::socket> socket;
};

class Connection {
public:
  explicit Connection(tcp::socket socket) : socket(std::move(socket)) {}

  void start() {
    worker = std::thread(&Connection::keepAlive, this); // NOTE: 'std::thread::thread' runs 'Connection::keepAlive' on another thread here
  }

  asio::awaitable<void> read() {
    char data[64];
    co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  }

private:
  void keepAlive() {
    asio::write(socket, asio::buffer("ping", 4)); // WARN: 'boost::asio::write' uses 'Connection::socket' on another thread
  }

  tcp::socket socket;
  std::thread worker;
};

// The loop uses what it has given away.
asio::awaitable<void> usedAfterMove(tcp::socket socket) {
  char data[64];
  std::thread worker([socket = std::move(socket)]() mutable {
    socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread, which it was moved to, and the event loop uses it afterwards
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}
