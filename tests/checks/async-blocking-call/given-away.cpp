// What a temporary held does not end with it when somebody else has taken it.
// RUN: %check %s async-blocking-call
// RUN: %check %s async-blocking-call -- -stdlib=libc++ -fexperimental-library
#include "Inputs/task.h"
#include <future>
#include <optional>
#include <thread>
#include <unistd.h>
#include <vector>

using app::Task;

struct Service {
  std::vector<std::jthread> threads;
  std::vector<std::future<void>> results;
  std::jthread one;
  std::future<void> last;

  Task<> starts() {
    threads.push_back(std::jthread([] { sleep(1); }));
    threads.emplace_back([] { sleep(1); });
    results.push_back(std::async(std::launch::async, [] { sleep(1); }));
    last = std::async(std::launch::async, [] { sleep(1); });
    keep(std::async(std::launch::async, [] { sleep(1); }));
    one = std::jthread([] { sleep(1); });
    std::optional<std::jthread> held(std::jthread([] { sleep(1); }));
    co_return;
  }

  Task<> waits() {
    look(std::async(std::launch::async, [] { sleep(1); }));             // WARN: 'std::future::~future' blocks the event loop
    (void)std::async(std::launch::async, [] { sleep(1); }).valid();      // WARN: 'std::future::~future' blocks the event loop
    std::async(std::launch::async, [] { sleep(1); });                    // WARN: 'std::future::~future' blocks the event loop
    co_return;
  }

  static void keep(std::future<void> result);
  static void look(const std::future<void> &result);
};
