// Coroutines run where they are spawned, or where whoever awaits them runs, however they get there.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <unistd.h>
#include <utility>

namespace asio = boost::asio;
using Task = asio::awaitable<void>;

void rebuild(int file) { ::fsync(file); }

template <class Executor> void spawn(Executor &&where, Task task) { asio::co_spawn(where, std::move(task), asio::detached); }
void spawnErased(asio::any_io_executor where, Task task) { asio::co_spawn(where, std::move(task), asio::detached); }
void spawnMade(asio::any_io_executor where, std::function<Task()> make) { asio::co_spawn(where, make, asio::detached); }
template <class Make> void spawnWith(asio::any_io_executor where, Make make) { spawnErased(where, make()); }

class Spawner {
public:
  explicit Spawner(asio::any_io_executor where) : where(std::move(where)) {}
  void spawn(Task task) { asio::co_spawn(where, std::move(task), asio::detached); }

private:
  asio::any_io_executor where;
};

struct Executors {
  asio::any_io_executor network;
  asio::any_io_executor disk;
};

// On the pool only.
Task poolDirect() { rebuild(1); co_return; }
Task poolErased() { rebuild(2); co_return; }
Task poolMade() { rebuild(3); co_return; }
Task poolWith() { rebuild(4); co_return; }
Task poolSpawner() { rebuild(5); co_return; }
Task poolField() { rebuild(6); co_return; }
Task poolKept() { rebuild(7); co_return; }
Task poolChild(int file) { rebuild(file); co_return; }
Task poolParent() { co_await poolChild(8); }
Task poolFromAwait() { rebuild(9); co_return; }
Task never() { rebuild(10); co_return; } // not spawned by anybody seen // WARN: 'rebuild' blocks the event loop in coroutine 'never'

// On the loop.
Task loopDirect() { rebuild(20); co_return; }  // WARN: 'rebuild' blocks the event loop in coroutine 'loopDirect'
Task loopErased() { rebuild(21); co_return; }  // WARN: 'rebuild' blocks the event loop in coroutine 'loopErased'
Task loopMade() { rebuild(22); co_return; }    // WARN: 'rebuild' blocks the event loop in coroutine 'loopMade'
Task loopWith() { rebuild(23); co_return; }    // WARN: 'rebuild' blocks the event loop in coroutine 'loopWith'
Task loopSpawner() { rebuild(24); co_return; } // WARN: 'rebuild' blocks the event loop in coroutine 'loopSpawner'
Task loopTimed() { rebuild(25); co_return; }   // WARN: 'rebuild' blocks the event loop in coroutine 'loopTimed'
Task loopKept() { rebuild(26); co_return; }    // WARN: 'rebuild' blocks the event loop in coroutine 'loopKept'
Task both() { rebuild(27); co_return; }        // WARN: 'rebuild' blocks the event loop in coroutine 'both'

Task withTimeout(Task task, std::chrono::seconds) { co_await std::move(task); }
template <class T> asio::awaitable<T> logged(asio::awaitable<T> task) { co_return co_await std::move(task); }
Task repeated(std::function<Task()> make, int times) {
  for (int i = 0; i < times; ++i)
    co_await make();
}
Task chosen(bool fast) { return fast ? loopTimed() : loopKept(); }

Task supervise(asio::thread_pool &threads) {
  co_await withTimeout(loopTimed(), std::chrono::seconds(3));
  Task kept = loopKept();
  co_await std::move(kept);
  co_await chosen(true);
  co_await repeated([]() -> Task { rebuild(30); co_return; }, 3); // WARN: 'rebuild' blocks the event loop in a lambda coroutine
  auto inner = [](int file) -> Task { rebuild(file); co_return; }; // WARN: 'rebuild' blocks the event loop in a lambda coroutine
  co_await logged(inner(31));
  auto onPool = [](int file) -> Task { rebuild(file); co_return; };
  co_await asio::co_spawn(threads, onPool(32), asio::use_awaitable);
  co_await asio::co_spawn(threads, withTimeout(poolFromAwait(), std::chrono::seconds(3)), asio::use_awaitable);
  co_await asio::co_spawn(threads, repeated([]() -> Task { rebuild(33); co_return; }, 3), asio::use_awaitable);
  Task unused = poolKept();
  spawn(threads, std::move(unused));
}

int main() {
  asio::io_context loop;
  asio::thread_pool threads(2);
  spawn(threads, poolDirect());
  spawnErased(threads.get_executor(), poolErased());
  spawnMade(threads.get_executor(), poolMade);
  spawnWith(threads.get_executor(), [] { return poolWith(); });
  spawnErased(threads.get_executor(), poolParent());
  Spawner disk(threads.get_executor());
  disk.spawn(poolSpawner());
  Executors executors{loop.get_executor(), threads.get_executor()};
  spawnErased(executors.disk, poolField());
  spawn(loop, loopDirect());
  spawnErased(loop.get_executor(), loopErased());
  spawnMade(loop.get_executor(), loopMade);
  spawnWith(loop.get_executor(), [] { return loopWith(); });
  Spawner network(loop.get_executor());
  network.spawn(loopSpawner());
  spawn(loop, both());
  spawn(threads, both());
  spawn(loop, supervise(threads));
  loop.run();
}
