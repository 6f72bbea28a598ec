// What lets the lambda end before the variable dies.
// RUN: %check %s async-task-capture -- -pthread
#include <atomic>
#include <boost/asio.hpp>
#include <chrono>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <vector>

namespace asio = boost::asio;

void use(int);

void joined() {
  int number = 1;
  std::thread worker([&] { use(number); });
  worker.join();
}

void joinedInAVector() {
  int number = 1;
  std::vector<std::thread> workers;
  for (int i = 0; i != 4; ++i)
    workers.emplace_back([&] { use(number); });
  for (auto &worker : workers)
    worker.join();
}

void movedIntoAVector() {
  int number = 1;
  std::vector<std::thread> workers;
  std::thread worker([&] { use(number); });
  workers.push_back(std::move(worker));
  for (auto &worker : workers)
    worker.join();
}

void joinsItself() {
  int number = 1;
  std::jthread worker([&] { use(number); });
}

void dropped() {
  int number = 1;
  std::async(std::launch::async, [&] { use(number); });
}

void future() {
  int number = 1;
  auto result = std::async(std::launch::async, [&] { use(number); });
}

void promise(asio::io_context &io) {
  std::promise<void> done;
  asio::post(io, [&] { done.set_value(); });
  done.get_future().wait();
}

void latch(asio::io_context &io) {
  std::latch done(1);
  asio::post(io, [&] { done.count_down(); });
  done.wait();
}

void semaphore(asio::thread_pool &pool) {
  std::binary_semaphore done(0);
  for (int i = 0; i != 4; ++i) {
    asio::post(pool, [&] { use(i), done.release(); });
    done.acquire();
  }
}

void condition(asio::io_context &io) {
  std::mutex mutex;
  std::condition_variable ready;
  bool done = false;
  asio::post(io, [&] {
    std::lock_guard lock(mutex);
    done = true;
    ready.notify_one();
  });
  std::unique_lock lock(mutex);
  ready.wait(lock, [&] { return done; });
}

void asksForIt(asio::io_context &io) {
  std::atomic<bool> done = false;
  asio::post(io, [&] { done = true; });
  while (!done)
    std::this_thread::yield();
}

void sleeps(asio::io_context &io) {
  int number = 1;
  asio::post(io, [&] { use(number); });
  std::this_thread::sleep_for(std::chrono::seconds(1));
}

void thePool() {
  int number = 1;
  asio::thread_pool pool;
  asio::post(pool, [&] { use(number); });
}

void joinsThePool(asio::thread_pool &pool) {
  int number = 1;
  asio::post(pool, [&] { use(number); });
  pool.join();
}

void polls(asio::io_context &io) {
  int number = 1;
  asio::post(io, [&] { use(number); });
  while (io.poll_one() == 0) {
  }
}

void ownLoop() {
  int number = 1;
  asio::io_context io;
  asio::post(io, [&] { use(number); });
  io.run_for(std::chrono::seconds(1));
}

void result(asio::io_context &io) {
  int number = 1;
  asio::post(io, asio::use_future([&] { use(number); })).get();
}

asio::awaitable<void> waitsForTheLast(asio::thread_pool &pool, std::counting_semaphore<> &free) {
  int number = 1;
  for (;;) {
    free.acquire();
    asio::post(pool, [&] { use(number), free.release(); });
  }
  co_return;
}

void forEver(asio::io_context &io) {
  int number = 1;
  asio::post(io, [&] { use(number); });
  for (;;)
    use(2);
}

[[noreturn]] void ends();

void neverReturns(asio::io_context &io) {
  int number = 1;
  asio::post(io, [&] { use(number); });
  ends();
}

struct Joiner {
  std::thread &worker;
  explicit Joiner(std::thread &worker) : worker(worker) {}
  ~Joiner() { worker.join(); }
};

void ownGuard() {
  int number = 1;
  std::thread worker([&] { use(number); });
  Joiner joiner(worker);
}

template <class F> struct Finally {
  F f;
  ~Finally() { f(); }
};

template <class F> Finally(F) -> Finally<F>;

void guarded() {
  int number = 1;
  std::thread worker([&] { use(number); });
  Finally joins{[&] { worker.join(); }};
}

void joinTogether() {
  int number = 1;
  std::vector<std::jthread> workers;
  for (int i = 0; i != 4; ++i)
    workers.emplace_back([&] { use(number); });
}

void runAll(asio::io_context &io) { io.run(); }
void runAllOfThem(asio::io_context &io) { runAll(io); }

void ownHelper(asio::io_context &io) {
  int number = 1;
  asio::post(io, [&] { use(number); });
  runAllOfThem(io);
}

// ---- what comes too late, or is none

void log() {}
inline int twice(int number) { return 2 * number; }

void otherCalls(asio::io_context &io) {
  int number = 1;
  asio::post(io, [&] { use(number); }); // WARN: 'number' is captured by reference
  log();
  if (twice(number) > 1)
    return;
}

void before(asio::io_context &io) {
  int number = 1;
  io.run();
  asio::post(io, [&] { use(number); }); // WARN: 'number' is captured by reference
}

void theOtherOrder() {
  asio::thread_pool pool;
  int number = 1;
  asio::post(pool, [&] { use(number); }); // WARN: 'number' is captured by reference
}

void locks(asio::io_context &io, std::mutex &mutex) {
  int number = 1;
  asio::post(io, [&] { use(number); }); // WARN: 'number' is captured by reference
  std::lock_guard lock(mutex);
}
