// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <chrono>
#include <fstream>
#include <future>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
using app::Task;

Task<> sleeps() {                      // NOTE: coroutine 'sleeps' is presumed to run on an event loop: no spawn of it is seen
  std::this_thread::sleep_for(100ms);  // WARN: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'sleeps' (sleep) // NOTE: instead: co_await a timer of the event loop; see docs/models/std.md#std-this_thread-sleep_for
  ::usleep(100);                       // WARN: 'usleep' blocks the event loop in coroutine 'sleeps' (sleep)
  co_return;
}

Task<std::string> reads(std::string path) {
  std::ifstream file(path);      // WARN: 'std::basic_ifstream::basic_ifstream' blocks the event loop in coroutine 'reads' (disk)
  std::string line;
  std::getline(file, line);      // WARN: (disk)
  co_return line;
}

Task<int> waits(std::future<int> answer) {
  co_return answer.get();        // WARN: 'std::future::get' blocks the event loop in coroutine 'waits' (wait)
}

Task<> joins(std::thread &worker) {
  worker.join();                 // WARN: 'std::thread::join' blocks the event loop in coroutine 'joins' (wait)
  int status = 0;
  ::waitpid(-1, &status, 0);     // WARN: 'waitpid' blocks the event loop in coroutine 'joins' (process)
  co_return;
}

Task<> inALambda() {
  auto nested = []() -> Task<> {
    ::sleep(1);                  // WARN: 'sleep' blocks the event loop in a lambda coroutine (sleep)
    co_return;
  };
  co_await nested();             // NOTE: a lambda coroutine is presumed to run on an event loop: coroutine 'inALambda' awaits it here
}
