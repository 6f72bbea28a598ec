// What may be called before the function returns, or is only kept, is not known to run later.
// RUN: %check %s async-task-capture -- -pthread
#include <algorithm>
#include <boost/asio.hpp>
#include <boost/asio/spawn.hpp>
#include <functional>
#include <future>
#include <vector>

namespace asio = boost::asio;

void use(int);

void dispatched(asio::io_context &io) {
  int number = 1;
  asio::dispatch(io, [&] { use(number); });
  io.get_executor().execute([&] { use(number); });
}

void kept(std::vector<std::function<void()>> &jobs) {
  int number = 1;
  jobs.push_back([&] { use(number); });
  std::packaged_task<void()> task([&] { use(number); });
  task();
}

void algorithms(std::vector<int> &items) {
  int sum = 0;
  std::for_each(items.begin(), items.end(), [&](int item) { sum += item; });
  std::sort(items.begin(), items.end(), [&](int a, int b) { return a + sum < b + sum; });
}

void deferred() {
  int number = 1;
  auto result = std::async(std::launch::deferred, [&] { use(number); });
}

// A stackful coroutine waits with what it gives its yield context to.
void stackful(asio::io_context &io, asio::steady_timer &timer) {
  asio::spawn(io, [&timer](asio::yield_context yield) {
    int number = 1;
    asio::post(timer.get_executor(), [&] { use(number); });
    timer.async_wait(yield);
  });
  io.run();
}
