// Things that are reached through the members of local structs, through iterators that move on, and through accessors.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;

// ---- a struct that refers to it

struct Job {
  tcp::socket &socket;

  void run() {
    socket.close(); // WARN: uses 'socket' on another thread
  }
};

asio::awaitable<void> inAStruct(tcp::socket socket) {
  char data[64];
  Job job{socket};
  std::jthread worker([&] { job.run(); });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
}

struct Context {
  asio::steady_timer *timer = nullptr;
  int retries = 0;
};

void stop(asio::steady_timer *timer) {
  timer->cancel(); // WARN: uses 'timer' on another thread // WARN: uses 'deadline' on another thread
}

void inner(Context &context) {
  stop(context.timer);
}

void outer(Context context) {
  inner(context);
}

asio::awaitable<void> passedOnByValue(asio::steady_timer &timer) {
  Context context{&timer, 3};
  std::thread([context] { outer(context); }).detach();
  co_await timer.async_wait(asio::use_awaitable);
}

// As C does it.
void *entry(void *argument) {
  auto *context = static_cast<Context *>(argument);
  outer(*context);
  return nullptr;
}

asio::awaitable<void> assignedLater(asio::steady_timer &deadline) {
  Context context;
  context.timer = &deadline;
  context.retries = 2;
  pthread_t thread;
  pthread_create(&thread, nullptr, entry, &context);
  co_await deadline.async_wait(asio::use_awaitable);
}

// ---- an iterator that moves on

class Hub {
public:
  asio::awaitable<void> serve() {
    char data[64];
    co_await asio::async_read(*clients.front(), asio::buffer(data), asio::use_awaitable);
    co_await asio::async_read(byName.at("first"), asio::buffer(data), asio::use_awaitable);
  }

  void start() {
    worker = std::jthread([this] {
      for (auto it = clients.begin(); it != clients.end(); ++it)
        (*it)->close(); // WARN: uses 'Hub::clients' on another thread
      auto found = byName.find("second");
      while (found != byName.end()) {
        found->second.close(); // WARN: uses 'Hub::byName' on another thread
        found++;
      }
    });
  }

private:
  std::vector<std::shared_ptr<tcp::socket>> clients;
  std::map<std::string, tcp::socket> byName;
  std::jthread worker;
};

// ---- an accessor that only one class has

class Link {
public:
  virtual ~Link() = default;
  virtual tcp::socket &socket() = 0;
};

class TcpLink : public Link {
public:
  tcp::socket &socket() override { return socket_; }

  asio::awaitable<void> serve() {
    char data[64];
    co_await asio::async_read(socket_, asio::buffer(data), asio::use_awaitable);
  }

private:
  tcp::socket socket_;
};

void hangUp(Link &link) {
  std::thread([&link] {
    link.socket().close(); // WARN: uses 'TcpLink::socket_' on another thread
  }).detach();
}

// ---- right: the struct has a socket of its own, or refers to one that only the thread has

struct Owner {
  tcp::socket socket;
  int number;

  void run() { socket.close(); }
};

asio::awaitable<void> ownSocket(tcp::socket socket, asio::io_context &other) {
  char data[64];
  Owner owner{tcp::socket(other), 1};
  std::jthread worker([&] { owner.run(); });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
}

asio::awaitable<void> theOtherOne(asio::steady_timer &ours, asio::steady_timer &theirs) {
  Context context{&theirs, 1};
  std::thread([context] { context.timer->expires_after(std::chrono::seconds(1)); }).detach();
  co_await ours.async_wait(asio::use_awaitable);
}
