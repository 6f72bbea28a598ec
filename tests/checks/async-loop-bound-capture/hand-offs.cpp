// Every way in which code gets to another thread. The loop uses each timer.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <boost/asio.hpp>
#include <future>
#include <memory>
#include <optional>
#include <pthread.h>
#include <thread>
#include <vector>

namespace asio = boost::asio;

asio::awaitable<void> jthread(asio::steady_timer timer) {
  std::jthread worker([&] { // NOTE: 'std::jthread::jthread' runs a lambda on another thread here
    timer.cancel();         // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
  });
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> stoppable(asio::steady_timer timer) {
  std::jthread worker(
      [](std::stop_token stop, asio::steady_timer &theirs) {
        if (stop.stop_requested())
          theirs.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
      },
      std::ref(timer));
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> async(asio::steady_timer timer) {
  auto done = std::async([&] { // NOTE: 'std::async' runs a lambda on another thread here
    timer.cancel();            // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
  });
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> asyncWithPolicy(asio::steady_timer timer) {
  auto done = std::async(std::launch::async, [&] {
    timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
  });
  co_await timer.async_wait(asio::use_awaitable);
}

void *cancelIt(void *argument) {
  auto *timer = static_cast<asio::steady_timer *>(argument);
  timer->cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
  return nullptr;
}

asio::awaitable<void> posix(asio::steady_timer timer) {
  pthread_t worker;
  pthread_create(&worker, nullptr, cancelIt, &timer); // NOTE: 'pthread_create' runs 'cancelIt' on another thread here
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> postToPool(asio::steady_timer timer, asio::thread_pool &pool) {
  asio::post(pool, [&] { // NOTE: 'boost::asio::post' runs a lambda on another thread, one of 'pool', here
    timer.cancel();      // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
  });
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> executeOnPool(asio::steady_timer timer, asio::thread_pool &pool) {
  pool.get_executor().execute([&] {
    timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
  });
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> cancelLater(asio::steady_timer &timer) {
  timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
  co_return;
}

asio::awaitable<void> coroutineOnPool(asio::steady_timer timer, asio::thread_pool &pool) {
  asio::co_spawn(pool, cancelLater(timer), asio::detached); // NOTE: 'boost::asio::co_spawn' runs coroutine 'cancelLater' on another thread, one of 'pool', here
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> lambdaCoroutineOnPool(asio::steady_timer timer, asio::thread_pool &pool) {
  asio::co_spawn(
      pool,
      [&]() -> asio::awaitable<void> {
        timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread
        co_return;
      },
      asio::detached);
  co_await timer.async_wait(asio::use_awaitable);
}

// An operation that no coroutine awaits goes on on the loop; it is a use of its own.
void callbacks(asio::io_context &loop) {
  asio::steady_timer timer(loop, std::chrono::seconds(1));
  timer.async_wait([](auto) {}); // NOTE: 'boost::asio::basic_waitable_timer::async_wait' starts an operation on it here, which goes on on the event loop
  std::thread worker([&] {
    timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'timer' on another thread, while the event loop uses it
  });
  loop.run();
  worker.join();
}

// Also if it is the thread that starts it.
void startedThere(asio::io_context &loop) {
  asio::steady_timer timer(loop, std::chrono::seconds(1));
  std::thread worker([&] {
    timer.async_wait([](auto) {}); // WARN: 'boost::asio::basic_waitable_timer::async_wait' uses 'timer' on another thread, while the event loop uses it
  });
  loop.run();
  worker.join();
}

// What is posted to the loop runs there.
void posted(asio::io_context &loop) {
  asio::ip::tcp::socket socket(loop);
  asio::post(loop, [&] { socket.shutdown(asio::ip::tcp::socket::shutdown_send); }); // NOTE: on the event loop, a lambda uses it here
  std::thread worker([&] {
    socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  });
  loop.run();
  worker.join();
}

// A thread that is made in place.
class Threads {
public:
  void start() {
    timer.async_wait([](auto) {});
    many.emplace_back([this] { // NOTE: 'std::thread::thread' runs a lambda on another thread here
      timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'Threads::timer' on another thread
    });
    one.emplace([this] {
      timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'Threads::timer' on another thread
    });
    shared = std::make_shared<std::thread>([this] {
      timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'Threads::timer' on another thread
    });
    unique = std::make_unique<std::jthread>(&Threads::work, this); // NOTE: 'std::jthread::jthread' runs 'Threads::work' on another thread here
  }

private:
  void work() {
    timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'Threads::timer' on another thread
  }

  asio::steady_timer timer;
  std::vector<std::thread> many;
  std::optional<std::jthread> one;
  std::shared_ptr<std::thread> shared;
  std::unique_ptr<std::jthread> unique;
};

// A thread that has started the loop's thread is a worker from then on.
class Started {
public:
  void start() { worker = std::thread(&Started::work, this); }

private:
  void work() {
    timer.expires_after(std::chrono::seconds(1)); // before there is a loop
    timer.async_wait([](auto) {});
    runLoop();
    timer.cancel(); // WARN: 'boost::asio::basic_waitable_timer::cancel' uses 'Started::timer' on another thread
  }

  void runLoop() {
    runner = std::thread([this] { loop.run(); });
  }

  asio::io_context loop;
  asio::steady_timer timer{loop};
  std::thread worker, runner;
};

// What std::bind makes.
asio::awaitable<void> bound(asio::ip::tcp::socket socket) {
  char data[64];
  std::jthread worker(std::bind(
      [](asio::ip::tcp::socket &theirs) { theirs.close(); }, // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
      std::ref(socket)));
  co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
}

// A completion handler runs on the loop.
void handler(asio::io_context &loop) {
  asio::ip::tcp::socket socket(loop);
  asio::steady_timer timer(loop);
  timer.async_wait([&](auto) {
    socket.shutdown(asio::ip::tcp::socket::shutdown_both); // NOTE: on the event loop, a lambda uses it here
  });
  std::jthread worker([&] { socket.close(); }); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  loop.run();
}
