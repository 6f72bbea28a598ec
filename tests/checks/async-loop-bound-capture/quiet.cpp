// Code on other threads that is right, or that nothing says is wrong.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <future>
#include <memory>
#include <optional>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

// ---- executors and contexts are for all threads

asio::awaitable<void> executors(tcp::socket socket, asio::io_context &loop) {
  char data[64];
  std::thread worker([executor = socket.get_executor(), &loop, &socket] {
    asio::post(executor, [] {});
    asio::post(loop, [] {});
    asio::post(socket.get_executor(), [] {});
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

// ---- posted back to the loop

asio::awaitable<void> postedBack(tcp::socket socket, asio::io_context &loop) {
  char data[64];
  std::thread worker([&] {
    asio::post(socket.get_executor(), [&socket] { socket.close(); });
    asio::dispatch(socket.get_executor(), [&socket] { socket.cancel(); });
    asio::post(loop, [&socket] { asio::write(socket, asio::buffer("x", 1)); });
    asio::co_spawn(
        loop,
        [&]() -> asio::awaitable<void> {
          co_await asio::async_write(socket, asio::buffer("x", 1), asio::use_awaitable);
        },
        asio::detached);
  });
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

// ---- made in the worker

asio::awaitable<void> madeThere(tcp::endpoint peer) {
  auto answer = std::async(std::launch::async, [peer] {
    asio::io_context loop;
    tcp::socket socket(loop);
    socket.connect(peer);
    asio::write(socket, asio::buffer("x", 1));
    auto another = std::make_shared<tcp::socket>(loop);
    another->connect(peer);
    socket.async_read_some(asio::null_buffers(), [](auto, auto) {});
    loop.run();
  });
  co_return;
}

class Client {
public:
  explicit Client(asio::io_context &loop) : socket(loop) { socket.open(tcp::v4()); }

  ~Client() { socket.close(); }

  asio::awaitable<void> read() {
    char data[64];
    co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  }

  void send() { asio::write(socket, asio::buffer("x", 1)); }

private:
  tcp::socket socket;
};

asio::awaitable<void> anotherOfTheClass(Client &theirs) {
  std::jthread worker([] {
    asio::io_context loop;
    Client mine(loop);
    mine.send();
    auto second = std::make_unique<Client>(loop);
    second->send();
  });
  co_await theirs.read();
}

// ---- moved there, and not used by the loop any more

void serve(tcp::socket socket) {
  asio::write(socket, asio::buffer("x", 1));
}

void serveShared(std::shared_ptr<tcp::socket> socket) {
  asio::write(*socket, asio::buffer("x", 1));
}

asio::awaitable<void> movedThere(tcp::acceptor acceptor) {
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    char greeting[4];
    co_await asio::async_read(socket, asio::buffer(greeting), asio::use_awaitable);
    std::thread([socket = std::move(socket)]() mutable { socket.close(); }).detach();
  }
}

asio::awaitable<void> movedAsArgument(tcp::acceptor acceptor) {
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    std::thread(serve, std::move(socket)).detach();
  }
}

asio::awaitable<void> movedPointer(tcp::acceptor acceptor) {
  for (;;) {
    auto socket = std::make_shared<tcp::socket>(acceptor.get_executor());
    co_await acceptor.async_accept(*socket, asio::use_awaitable);
    std::thread(serveShared, std::move(socket)).detach();
  }
}

// All that the loop does with it comes before.
asio::awaitable<void> handedOver(tcp::acceptor acceptor) {
  for (;;) {
    auto socket = std::make_shared<tcp::socket>(acceptor.get_executor());
    co_await acceptor.async_accept(*socket, asio::use_awaitable);
    std::thread([socket] { serveShared(socket); }).detach();
  }
}

// The coroutine waits until the pool is done with it.
asio::awaitable<void> lent(tcp::socket socket, asio::thread_pool &pool) {
  char data[64];
  co_await asio::co_spawn(
      pool,
      [&]() -> asio::awaitable<void> {
        asio::write(socket, asio::buffer("x", 1));
        co_return;
      },
      asio::use_awaitable);
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
}

// ---- no loop touches it

void threadPerConnection(tcp::acceptor &acceptor) {
  for (;;) {
    auto socket = std::make_shared<tcp::socket>(acceptor.get_executor());
    acceptor.accept(*socket);
    std::thread([socket] {
      char data[64];
      while (std::size_t length = socket->read_some(asio::buffer(data)))
        asio::write(*socket, asio::buffer(data, length));
    }).detach();
  }
}

class BlockingServer {
public:
  void start() {
    worker = std::thread([this] {
      for (;;)
        std::thread(serve, acceptor.accept()).detach();
    });
  }

private:
  tcp::acceptor acceptor;
  std::thread worker;
};

// The thread waits for what it starts.
std::size_t withFutures(tcp::socket &socket, asio::io_context &loop) {
  std::thread runner([&] { loop.run(); });
  char data[64];
  std::thread user([&] {
    auto length = socket.async_read_some(asio::buffer(data), asio::use_future);
    length.get();
  });
  user.join();
  runner.join();
  return 0;
}

// ---- a thread that runs the loop is the loop's

class Server {
public:
  void start() {
    acceptor.async_accept([](auto, tcp::socket) {});
    thread = std::thread([&] { loop.run(); });
    second = std::thread([this] { run(); });
  }

private:
  void run() {
    acceptor.listen();
    acceptor.async_accept([](auto, tcp::socket) {});
    loop.run();
  }

  asio::io_context loop;
  tcp::acceptor acceptor;
  std::thread thread;
  std::thread second;
};

// Who starts the thread that runs the loop prepares all before.
class Prepared {
public:
  std::future<void> start() {
    return std::async(std::launch::async, [this] { prepare(); });
  }

private:
  void prepare() {
    tick();
    std::thread([this] { loop.run(); }).join();
  }

  void tick() {
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([this](auto error) {
      if (!error)
        tick();
    });
  }

  asio::io_context loop;
  asio::steady_timer timer{loop};
};

// ---- made with a pool's executor: it belongs to no loop

class OnPool {
public:
  OnPool() : second(asio::make_strand(pool)) {}

  void start() {
    asio::post(pool, [this] { read(); });
  }

  void stop() {
    asio::post(pool, [this] {
      socket.close();
      second.close();
    });
  }

private:
  void read() {
    socket.async_read_some(asio::null_buffers(), [](auto, auto) {});
    second.async_read_some(asio::null_buffers(), [](auto, auto) {});
  }

  asio::thread_pool pool{1};
  tcp::socket socket{pool};
  tcp::socket second;
};

// ---- two objects of one class

class TwoLines {
public:
  void start() {
    first.read();
    worker = std::thread([this] { second.send(); });
  }

private:
  class Line {
  public:
    explicit Line(asio::io_context &loop) : socket(loop) {}

    void read() {
      socket.async_read_some(asio::null_buffers(), [this](auto error, auto) {
        if (!error)
          read();
      });
    }

    void send() { asio::write(socket, asio::buffer("x", 1)); }

  private:
    tcp::socket socket;
  };

  asio::io_context loop;
  Line first{loop};
  Line second{loop};
  std::thread worker;
};

// ---- the thread has the accepted connection for itself

class ThreadPerConnection {
public:
  void accept() {
    auto socket = std::make_shared<tcp::socket>(loop);
    acceptor.async_accept(*socket, [this, socket](auto error) {
      if (!error)
        std::thread([socket] { serveShared(socket); }).detach();
      accept();
    });
  }

private:
  asio::io_context loop;
  tcp::acceptor acceptor{loop};
};

// ---- not another thread

asio::awaitable<void> deferred(tcp::socket socket) {
  char data[64];
  auto later = std::async(std::launch::deferred, [&] { socket.close(); });
  auto now = [&] { socket.cancel(); };
  now();
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  later.get();
}

// ---- each thread has its own

thread_local std::optional<tcp::socket> perThread;

asio::awaitable<void> threadLocal() {
  char data[64];
  std::thread worker([] { perThread->close(); });
  co_await asio::async_read(*perThread, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

// ---- one helper, two sockets

void ping(tcp::socket &socket) {
  asio::write(socket, asio::buffer("ping", 4));
}

asio::awaitable<void> pingFromBoth(tcp::socket theirs, asio::io_context &other) {
  std::thread worker([&other] {
    tcp::socket mine(other);
    ping(mine);
  });
  ping(theirs);
  char data[64];
  co_await asio::async_read(theirs, asio::buffer(data), asio::use_awaitable);
  worker.join();
}

asio::awaitable<void> pong(tcp::socket &socket) {
  co_await asio::async_write(socket, asio::buffer("pong", 4), asio::use_awaitable);
}

asio::awaitable<void> pongFromBoth(tcp::socket first, tcp::socket second, asio::thread_pool &pool) {
  asio::co_spawn(pool, pong(second), asio::detached);
  co_await pong(first);
}

// ---- values

asio::awaitable<void> values(tcp::socket socket) {
  auto name = socket.remote_endpoint();
  std::thread worker([name] { (void)name.port(); });
  char data[64];
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  worker.join();
}
