// The same function blocks or not, as its arguments say.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using app::Task;
using namespace std::chrono_literals;

Task<> flags(int fd, pid_t child, bool patient) {
  int status = 0;
  waitpid(child, &status, 0);       // WARN: 'waitpid' blocks the event loop
  waitpid(child, &status, WNOHANG);
  waitpid(child, &status, WNOHANG | WUNTRACED);
  waitpid(child, &status, patient ? 0 : WNOHANG); // WARN: 'waitpid' blocks the event loop
  flock(fd, LOCK_EX | LOCK_NB);
  char byte = 0;
  recv(fd, &byte, 1, MSG_DONTWAIT);
  co_return;
}

Task<> timeouts(pollfd *fds, int epoll) {
  poll(fds, 1, 0);
  poll(fds, 1, 1000); // WARN: 'poll' blocks the event loop
  epoll_event events[8];
  epoll_wait(epoll, events, 8, 0);
  constexpr int forever = -1;
  epoll_wait(epoll, events, 8, forever); // WARN: 'epoll_wait' blocks the event loop
  timeval none = {0, 0};
  select(1, nullptr, nullptr, nullptr, &none);
  timeval some = {1, 0};
  select(1, nullptr, nullptr, nullptr, &some);   // WARN: 'select' blocks the event loop
  select(1, nullptr, nullptr, nullptr, nullptr); // WARN: 'select' blocks the event loop
  timeval later = {0, 0};
  later.tv_sec = 5;
  select(1, nullptr, nullptr, nullptr, &later);  // WARN: 'select' blocks the event loop
  co_return;
}

Task<> durations(std::future<int> &answer, std::chrono::milliseconds given) {
  answer.wait_for(0s);
  answer.wait_for(std::chrono::seconds(0));
  answer.wait_for(std::chrono::milliseconds::zero());
  answer.wait_for(1s);    // WARN: 'std::future::wait_for' blocks the event loop
  answer.wait_for(given); // WARN: 'std::future::wait_for' blocks the event loop
  const auto nothing = 0ms;
  answer.wait_for(nothing);
  std::this_thread::sleep_for(0ms);
  sleep(0);
  co_return;
}

Task<> discarded() {
  std::async(std::launch::async, [] { sleep(1); }); // WARN: 'std::future::~future' blocks the event loop
  auto kept = std::async(std::launch::async, [] { sleep(1); }); // WARN: 'std::future::~future' blocks the event loop
  std::promise<int> promise;
  std::future<int> plain = promise.get_future();
  co_return;
}

std::future<void> passesOn() {
  auto moved = std::async(std::launch::async, [] { sleep(1); });
  return moved;
}
