// Threads, tasks of the standard library, and algorithms that call what they are given.
// RUN: %check %s async-blocking-call -- -pthread
#include <algorithm>
#include <boost/asio.hpp>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <stop_token>
#include <thread>
#include <unistd.h>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;

void scan(int disk) { ::fsync(disk); }

struct Scanner {
  void run(int disk) { scan(disk); }
  void operator()(std::stop_token stop) {
    while (!stop.stop_requested())
      scan(1);
  }
};

class Monitor {
public:
  void start() {
    worker = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested())
        scan(2);
    });
    helpers.emplace_back(&Monitor::loop, this);
    helpers.push_back(std::thread(std::bind(&Monitor::loop, this)));
    result = std::async(std::launch::async, &Monitor::loop, this);
    initial = std::make_unique<std::thread>([] { scan(3); });
  }

private:
  void loop() { scan(4); }
  std::jthread worker;
  std::vector<std::thread> helpers;
  std::future<void> result;
  std::unique_ptr<std::thread> initial;
};

template <class F, class... Args> void onThread(F &&work, Args &&...args) {
  std::thread(std::forward<F>(work), std::forward<Args>(args)...).detach();
}

asio::awaitable<void> startThreads(Monitor &monitor, Scanner &scanner) {
  std::thread(scan, 1).detach();
  std::thread(&Scanner::run, &scanner, 2).detach();
  std::thread([] { scan(3); }).detach();
  std::thread invoked([](const std::function<void(int)> &visit) { visit(4); }, [](int disk) { scan(disk); });
  invoked.detach();
  std::jthread stoppable{Scanner()};
  stoppable.detach();
  onThread([] { scan(5); });
  onThread(scan, 6);
  onThread(&Scanner::run, &scanner, 7);
  static std::thread kept;
  kept = std::thread([] { scan(8); });
  monitor.start();
  co_return;
}

asio::awaitable<void> startTasks(std::vector<std::future<void>> &results) {
  results.push_back(std::async(std::launch::async, [] { scan(1); }));
  results.push_back(std::async(std::launch::async, scan, 2));
  results.push_back(std::async(std::launch::deferred, [] { scan(3); })); // whoever waits for it runs it
  std::packaged_task<void()> unused([] { scan(4); });
  std::packaged_task<void()> sent([] { scan(5); });
  std::thread(std::move(sent)).detach();
  std::packaged_task<void(int)> called(scan);
  called(6); // WARN: blocks the event loop in coroutine 'startTasks'
  auto deferred = std::async(std::launch::deferred, [] { ::sleep(7); });
  deferred.get(); // WARN: blocks the event loop in coroutine 'startTasks'
  co_return;
}

asio::awaitable<void> inPlace(std::vector<int> disks, std::optional<int> maybe) {
  static std::once_flag once;
  std::call_once(once, [] { scan(1); });                       // WARN: blocks the event loop in coroutine 'inPlace'
  std::for_each(disks.begin(), disks.end(), scan);             // WARN: 'scan' blocks the event loop in coroutine 'inPlace'
  std::ranges::for_each(disks, [](int disk) { scan(disk); });  // WARN: 'lambda' blocks the event loop in coroutine 'inPlace'
  std::erase_if(disks, [](int disk) {                          // WARN: 'lambda' blocks the event loop in coroutine 'inPlace'
    scan(disk);
    return disk > 3;
  });
  std::sort(disks.begin(), disks.end(), [](int a, int b) { return a < b; });
  std::apply([](int disk, int) { scan(disk); }, std::pair(1, 2)); // WARN: 'lambda' blocks the event loop in coroutine 'inPlace'
  for (int disk : disks)
    std::thread([disk] { scan(disk); }).detach();
  std::for_each(disks.begin(), disks.end(), [](int disk) { std::thread(scan, disk).detach(); });
  std::transform(disks.begin(), disks.end(), disks.begin(), [](int disk) { return disk + 1; });
  std::function<void()> later = [] { scan(4); };
  std::thread(later).detach();
  co_return;
}

void ordinary(asio::io_context &loop) {
  std::thread runner([&loop] {
    asio::steady_timer timer(loop);
    timer.async_wait([](boost::system::error_code) { scan(5); }); // WARN: 'scan' blocks the event loop in a lambda
    loop.run();
    scan(6);
  });
  runner.join();
}
