// A task that is assigned to a variable.
// REQUIRES: pack-asio
// RUN: %check %s async-unawaited-task -- -pthread
#include <boost/asio.hpp>

namespace asio = boost::asio;

asio::awaitable<void> save(int record) { co_return; }

asio::awaitable<void> unused() {
  asio::awaitable<void> later; // NOTE: 'later' has it, and is never used
  later = save(1);             // WARN: the task of 'save' // NOTE: instead: co_await save(1)
  auto task = save(2);         // WARN: the task of 'save'
  task = save(3);              // WARN: the task of 'save'
  later = std::move(task);
  co_return;
}

struct Session {
  asio::awaitable<void> kept;

  asio::awaitable<void> used(asio::awaitable<void> &given) {
    asio::awaitable<void> task;
    task = save(1);
    co_await std::move(task);
    asio::awaitable<void> moved;
    moved = save(1);
    task = std::move(moved);
    co_await std::move(task);
    kept = save(1);
    given = save(1);
    auto &same = kept;
    same = save(1);
    static asio::awaitable<void> always;
    always = save(1);
    co_await (task = save(1), std::move(task));
  }
};

// Known to be missed: it is overwritten before anybody uses it.
asio::awaitable<void> overwritten() {
  auto task = save(1);
  task = save(2);
  co_await std::move(task);
}
