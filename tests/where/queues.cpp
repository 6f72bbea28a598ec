// An io_context may be an event loop or only a queue of work for threads.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <unistd.h>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Guard = asio::executor_work_guard<asio::io_context::executor_type>;

void encode(int file) { ::fsync(file); }

// Threads of its own run it, and only plain callables get into it.
class WorkQueue {
public:
  explicit WorkQueue(int count) : work(asio::make_work_guard(jobs)) {
    for (int i = 0; i < count; ++i)
      threads.emplace_back([this] { jobs.run(); });
  }
  ~WorkQueue() {
    work.reset();
    for (auto &thread : threads)
      thread.join();
  }
  void add(std::function<void()> job) { asio::post(jobs, std::move(job)); }
  asio::io_context &context() { return jobs; }

private:
  asio::io_context jobs;
  Guard work;
  std::vector<std::thread> threads;
};

// A loop, though a thread of its own runs it: a socket lives there.
class LoopThread {
public:
  LoopThread() : socket(loop), thread([this] { loop.run(); }) {}
  void add(std::function<void()> job) { asio::post(loop, std::move(job)); }
  void receive() {
    socket.async_wait(tcp::socket::wait_read, [](error_code) { encode(1); }); // WARN: 'encode' blocks the event loop in a lambda
  }

private:
  asio::io_context loop;
  tcp::socket socket;
  std::jthread thread;
};

void localQueue() {
  asio::io_context jobs;
  auto work = asio::make_work_guard(jobs);
  std::thread first([&] { jobs.run(); });
  std::thread second([&jobs] { jobs.run(); });
  asio::post(jobs, [] { encode(2); });
  asio::post(jobs.get_executor(), [] { encode(3); });
  asio::dispatch(jobs, [] { encode(4); });
  work.reset();
  first.join();
  second.join();
}

void localLoopOnAThread() {
  asio::io_context loop;
  asio::steady_timer timer(loop, std::chrono::seconds(1));
  timer.async_wait([](error_code) { encode(5); }); // WARN: 'encode' blocks the event loop in a lambda
  asio::post(loop, [] { encode(6); });             // WARN: 'encode' blocks the event loop in a lambda
  std::thread thread([&] { loop.run(); });
  thread.join();
}

// Nothing is known of it.
void unknownContext(asio::io_context &somewhere) {
  asio::post(somewhere, [] { encode(7); });
}

asio::awaitable<void> serve(tcp::socket client, asio::io_context &jobs, WorkQueue &queue) {
  asio::post(jobs, [back = client.get_executor()] {
    encode(8);
    asio::post(back, [] { encode(9); }); // WARN: 'encode' blocks the event loop in a lambda
  });
  queue.add([] { encode(10); });
  asio::post(queue.context(), [] { encode(11); });
  co_return;
}

asio::awaitable<void> onTheQueueThread() {
  encode(12); // WARN: 'encode' blocks the event loop in coroutine 'onTheQueueThread'
  co_return;
}

// Two contexts: the loop, and the queue of its helpers.
int main() {
  asio::io_context loop;
  asio::io_context jobs;
  asio::io_context coroutines;
  auto work = asio::make_work_guard(jobs);
  std::jthread helper([&] { jobs.run(); });
  std::jthread other([&] { coroutines.run(); });
  WorkQueue queue(2);
  LoopThread network;
  network.add([] { encode(13); }); // WARN: 'encode' blocks the event loop in a lambda
  tcp::socket client(loop);
  asio::post(jobs, [] { encode(14); });
  asio::post(loop, [] { encode(15); }); // WARN: 'encode' blocks the event loop in a lambda
  asio::co_spawn(loop, serve(std::move(client), jobs, queue), asio::detached);
  asio::co_spawn(coroutines, onTheQueueThread(), asio::detached);
  loop.run();
}
