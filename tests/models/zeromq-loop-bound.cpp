// ZeroMQ: contexts are for all threads, a socket belongs to one at a time, and the loop has those whose descriptors it watches.
// REQUIRES: common-tests, pack-zeromq, pack-cppzmq
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <array>
#include <boost/asio.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>
#include <zmq.h>
#include <zmq.hpp>

namespace asio = boost::asio;

int descriptorOf(void *socket) {
  int descriptor = -1;
  std::size_t size = sizeof descriptor;
  zmq_getsockopt(socket, ZMQ_FD, &descriptor, &size);
  return descriptor;
}

// ---- a subscriber in C: its handler reads, and a thread writes the heartbeat to the same socket

class Feed {
public:
  Feed(asio::io_context &loop, void *context)
      : socket(zmq_socket(context, ZMQ_DEALER)), readable(loop, descriptorOf(socket)) {
    zmq_connect(socket, "tcp://localhost:5555");
  }

  ~Feed() {
    heartbeat.join();
    zmq_close(socket);
  }

  void listen() {
    readable.async_wait(asio::posix::stream_descriptor::wait_read, [this](boost::system::error_code error) {
      if (error)
        return;
      drain();
      listen();
    });
  }

  void startHeartbeat() {
    heartbeat = std::thread([this] {
      for (;;) {
        std::this_thread::sleep_for(std::chrono::seconds(1));
        zmq_send(socket, "alive", 5, ZMQ_DONTWAIT); // WARN: 'zmq_send' uses 'Feed::socket' on another thread
        if (!isOpen())
          return;
      }
    });
  }

private:
  void drain() {
    std::array<char, 256> message;
    while (zmq_recv(socket, message.data(), message.size(), ZMQ_DONTWAIT) >= 0)
      ++received;
  }

  bool isOpen() {
    int events = 0;
    std::size_t size = sizeof events;
    return zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size) == 0; // WARN: 'zmq_getsockopt' uses 'Feed::socket' on another thread
  }

  void *socket;
  asio::posix::stream_descriptor readable;
  std::thread heartbeat;
  int received = 0;
};

// ---- a global, helpers, messages

void *results;

void publish(void *socket, const std::string &text) {
  zmq_msg_t message;
  zmq_msg_init_size(&message, text.size());
  zmq_msg_send(&message, socket, 0); // WARN: 'zmq_msg_send' uses 'results' on another thread
}

asio::awaitable<void> publishTicks() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    timer.expires_after(std::chrono::seconds(1));
    co_await timer.async_wait(asio::use_awaitable);
    publish(results, "tick");
  }
}

void compute(asio::thread_pool &pool) {
  asio::post(pool, [] { publish(results, "42"); });
}

void closeElsewhere() {
  std::thread([] { zmq_close(results); }).detach(); // WARN: 'zmq_close' uses 'results' on another thread // NOTE: 'zmq_close' ends what is under way
}

// ---- a proxy, between a socket of the thread's and one that the loop has not let go of

class Bridge {
public:
  Bridge(void *context) : outside(zmq_socket(context, ZMQ_XSUB)), inside(zmq_socket(context, ZMQ_XPUB)) {}

  void start() {
    thread = std::jthread([this] {
      zmq_bind(outside, "tcp://*:5558");
      zmq_proxy(outside, inside, nullptr); // WARN: 'zmq_proxy' uses 'Bridge::inside' on another thread
    });
  }

  asio::awaitable<void> limit(asio::steady_timer timer) {
    int most = 100;
    co_await timer.async_wait(asio::use_awaitable);
    zmq_setsockopt(inside, ZMQ_SNDHWM, &most, sizeof most);
  }

private:
  void *outside, *inside;
  std::jthread thread;
};

// ---- in C++: the loop subscribes while the thread waits in recv()

class Prices {
public:
  Prices(asio::io_context &loop, zmq::context_t &context) : loop(loop), socket(context, zmq::socket_type::sub) {}

  void subscribe(const std::string &symbol) {
    asio::co_spawn(loop, subscription(symbol), asio::detached);
  }

  void start() {
    reader = std::jthread([this] {
      zmq::message_t message;
      while (socket.recv(message)) // WARN: recv' uses 'Prices::socket' on another thread
        latest(message);
    });
  }

private:
  asio::awaitable<void> subscription(std::string symbol) {
    socket.set(zmq::sockopt::subscribe, symbol);
    co_return;
  }

  void latest(const zmq::message_t &message) { last = message.to_string(); }

  asio::io_context &loop;
  zmq::socket_t socket;
  std::string last;
  std::jthread reader;
};

void sendAll(zmq::socket_t &socket, const std::vector<std::string> &lines) {
  for (const std::string &line : lines)
    socket.send(zmq::buffer(line), zmq::send_flags::dontwait); // WARN: send' uses 'log' on another thread
}

asio::awaitable<void> logLines(zmq::context_t &context) {
  zmq::socket_t log(context, zmq::socket_type::push);
  log.connect("tcp://localhost:5556");
  std::jthread flusher(sendAll, std::ref(log), std::vector<std::string>{"one", "two"});
  asio::posix::stream_descriptor writable(co_await asio::this_coro::executor, log.get(zmq::sockopt::fd));
  co_await writable.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
  log.send(zmq::str_buffer("three"), zmq::send_flags::dontwait);
}

// ---- right: a socket for each thread, and inproc between them

class Worker {
public:
  Worker(asio::io_context &loop, void *context)
      : context(context), replies(zmq_socket(context, ZMQ_PAIR)), readable(loop, descriptorOf(replies)) {
    zmq_bind(replies, "inproc://replies");
  }

  void start() {
    readable.async_wait(asio::posix::stream_descriptor::wait_read, [this](boost::system::error_code) {
      char reply[64];
      zmq_recv(replies, reply, sizeof reply, ZMQ_DONTWAIT);
    });
    thread = std::thread([this] {
      void *socket = zmq_socket(context, ZMQ_PAIR);
      zmq_connect(socket, "inproc://replies");
      zmq_send(socket, "done", 4, 0);
      descriptorOf(socket);
      zmq_close(socket);
    });
  }

private:
  void *context;
  void *replies;
  asio::posix::stream_descriptor readable;
  std::thread thread;
};

asio::awaitable<void> pipeline(zmq::context_t &context) {
  zmq::socket_t sink(context, zmq::socket_type::pull);
  sink.bind("inproc://parts");
  std::vector<std::jthread> workers;
  for (int i = 0; i < 4; ++i)
    workers.emplace_back([&context] {
      zmq::socket_t own(context, zmq::socket_type::push);
      own.connect("inproc://parts");
      sendAll(own, {"part"});
    });
  asio::posix::stream_descriptor readable(co_await asio::this_coro::executor, sink.get(zmq::sockopt::fd));
  co_await readable.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
  zmq::message_t part;
  (void)sink.recv(part, zmq::recv_flags::dontwait);
}

// ---- right: what the thread has for itself; to end the context wakes it

class Proxy {
public:
  explicit Proxy(zmq::context_t &context)
      : context(context), clients(context, zmq::socket_type::router), workers(context, zmq::socket_type::dealer) {}

  void start() {
    thread = std::jthread([this] {
      clients.bind("tcp://*:5557");
      workers.bind("inproc://workers");
      zmq::proxy(clients, workers);
    });
  }

  asio::awaitable<void> stop(asio::steady_timer timer) {
    co_await timer.async_wait(asio::use_awaitable);
    context.shutdown();
  }

private:
  zmq::context_t &context;
  zmq::socket_t clients, workers;
  std::jthread thread;
};

// ---- right: given away whole

asio::awaitable<void> give(zmq::context_t &context, asio::steady_timer timer) {
  zmq::socket_t socket(context, zmq::socket_type::pair);
  socket.bind("inproc://given");
  co_await timer.async_wait(asio::use_awaitable);
  std::thread([socket = std::move(socket)]() mutable { socket.send(zmq::str_buffer("x")); }).detach();
}

// ---- right: the thread has the loop send

class Notices {
public:
  Notices(asio::io_context &loop, void *context) : loop(loop), socket(zmq_socket(context, ZMQ_PUB)) {}

  asio::awaitable<void> run(asio::steady_timer timer) {
    co_await timer.async_wait(asio::use_awaitable);
    zmq_send(socket, "begin", 5, 0);
  }

  void compute() {
    std::thread([this] {
      std::string result(1000, 'x');
      asio::post(loop, [this, result] { zmq_send(socket, result.data(), result.size(), 0); });
    }).detach();
  }

private:
  asio::io_context &loop;
  void *socket;
};

int main() {
  asio::io_context loop;
  asio::thread_pool pool(2);
  void *context = zmq_ctx_new();
  zmq::context_t shared;
  results = zmq_socket(context, ZMQ_PUB);
  Feed feed(loop, context);
  Bridge bridge(context);
  Prices prices(loop, shared);
  Worker worker(loop, context);
  Proxy proxy(shared);
  Notices notices(loop, context);
  feed.listen();
  feed.startHeartbeat();
  prices.subscribe("EUR");
  prices.start();
  bridge.start();
  worker.start();
  proxy.start();
  notices.compute();
  compute(pool);
  closeElsewhere();
  asio::co_spawn(loop, publishTicks(), asio::detached);
  asio::co_spawn(loop, bridge.limit(asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, logLines(shared), asio::detached);
  asio::co_spawn(loop, pipeline(shared), asio::detached);
  asio::co_spawn(loop, proxy.stop(asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, give(shared, asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, notices.run(asio::steady_timer(loop)), asio::detached);
  loop.run();
  zmq_ctx_term(context);
}
