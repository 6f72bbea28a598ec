// A pool of the program's own: a queue that its threads take from.
// RUN: %check %s async-task-capture -- -pthread
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

void use(int);

class Pool {
public:
  explicit Pool(int count) {
    for (int i = 0; i != count; ++i)
      threads.emplace_back([this] { work(); });
  }

  ~Pool() {
    for (std::thread &thread : threads)
      thread.join();
  }

  void add(std::function<void()> job) {
    std::lock_guard lock(mutex);
    jobs.push(std::move(job)); // NOTE: 'Pool::jobs' keeps it from here on, and another thread runs it
    ready.notify_one();
  }

  void finish() {
    std::unique_lock lock(mutex);
    ready.wait(lock, [this] { return jobs.empty(); });
  }

private:
  void work() {
    for (;;) {
      std::unique_lock lock(mutex);
      ready.wait(lock, [this] { return !jobs.empty(); });
      std::function<void()> job = std::move(jobs.front());
      jobs.pop();
      lock.unlock();
      job();
    }
  }

  std::mutex mutex;
  std::condition_variable ready;
  std::queue<std::function<void()>> jobs;
  std::vector<std::thread> threads;
};

void local(Pool &pool) {
  int number = 1;
  pool.add([&] { use(number); }); // WARN: 'number' is captured by reference in a lambda that may run after it is gone
}

void inALoop(Pool &pool) {
  for (int i = 0; i != 4; ++i)
    pool.add([&] { use(i); }); // WARN: 'i' is captured by reference in a lambda that may run after it has changed
  pool.finish();
}

void byValue(Pool &pool) {
  int number = 1;
  pool.add([number] { use(number); });
}

void waits(Pool &pool) {
  int number = 1;
  pool.add([&] { use(number); });
  pool.finish();
}

void ownPool() {
  int number = 1;
  Pool pool(4);
  pool.add([&] { use(number); });
}
