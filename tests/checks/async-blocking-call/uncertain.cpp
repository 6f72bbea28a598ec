// Calls that only may block, on request: they hide none that is sure to.
// RUN: %check %s async-blocking-call --tidy-option=Uncertain=true --command-option=--uncertain
#include <boost/asio.hpp>
#include <filesystem>
#include <random>
#include <unistd.h>

namespace asio = boost::asio;

static void save() { std::filesystem::create_directories("data"); }

static unsigned create() {
  std::random_device seed;
  save();
  return seed();
}

static void flush(int fd) { ::write(fd, "", 1); }

static void log(int fd) { flush(fd); }

asio::awaitable<void> route(int fd) {
  create(); // WARN: 'create' blocks the event loop in coroutine 'route': it reaches 'std::filesystem::create_directories' (disk)
  log(fd);  // WARN: 'log' may block the event loop in coroutine 'route': it reaches 'write'
  co_return;
}
