// Work that is given to a thread or a pool is off the loop; on the loop it is not.
// RUN: %check %s async-blocking-call
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <future>
#include <thread>

namespace asio = boost::asio;

void crunch() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

struct Job {
  void operator()() const { crunch(); }
  void run() { crunch(); }
};

asio::awaitable<void> onlyOnThePool() {
  crunch();
  co_return;
}

asio::awaitable<void> awaitedOnThePool() {
  crunch();
  co_return;
}

asio::awaitable<void> poolParent() { co_await awaitedOnThePool(); }

asio::awaitable<void> returnedToThePool() {
  crunch();
  co_return;
}

asio::awaitable<void> keptForThePool() {
  crunch();
  co_return;
}

asio::awaitable<int> answer() {
  crunch();
  co_return 42;
}

asio::awaitable<void> threads() {
  std::thread([] { crunch(); }).detach();
  std::thread(crunch).detach();
  std::thread(Job()).detach();
  Job job;
  std::thread(&Job::run, &job).detach();
  std::jthread worker([] { crunch(); });
  worker.detach();
  static auto kept = std::async(std::launch::async, [] { crunch(); });
  co_return;
}

asio::awaitable<void> pool(asio::thread_pool &workers) {
  asio::post(workers, [] { crunch(); });
  asio::post(workers, Job());
  asio::dispatch(workers.get_executor(), [] { crunch(); });
  asio::co_spawn(workers, onlyOnThePool(), asio::detached);
  asio::co_spawn(workers.get_executor(), poolParent(), asio::detached);
  auto strand = asio::make_strand(workers);
  asio::co_spawn(strand, onlyOnThePool(), asio::detached);
  asio::any_io_executor erased = workers.get_executor();
  asio::co_spawn(erased, onlyOnThePool(), asio::detached);
  co_await asio::co_spawn(workers, answer(), asio::use_awaitable);
  asio::co_spawn(workers, [] { return returnedToThePool(); }, asio::detached);
  auto task = keptForThePool();
  asio::co_spawn(workers, std::move(task), asio::detached);
  const auto read = []() -> asio::awaitable<void> {
    crunch();
    co_return;
  };
  co_await asio::co_spawn(workers, read(), asio::use_awaitable);
  co_await asio::co_spawn(workers, read, asio::use_awaitable);
  co_await asio::co_spawn(
      workers,
      []() -> asio::awaitable<void> {
        crunch();
        co_return;
      },
      asio::use_awaitable);
}

asio::awaitable<void> onTheLoop() {
  crunch(); // WARN: 'crunch' blocks the event loop in coroutine 'onTheLoop'
  co_return;
}

asio::awaitable<void> onBoth() {
  crunch(); // WARN: 'crunch' blocks the event loop in coroutine 'onBoth'
  co_return;
}

asio::awaitable<void> onItsParents() {
  crunch(); // WARN: 'crunch' blocks the event loop in coroutine 'onItsParents'
  co_return;
}

asio::awaitable<void> behindAFunction() {
  crunch(); // WARN: 'crunch' blocks the event loop in coroutine 'behindAFunction'
  co_return;
}

asio::awaitable<void> passesOn() { return behindAFunction(); }

asio::awaitable<void> together() {
  co_await passesOn(); // NOTE: coroutine 'behindAFunction' runs on an event loop: coroutine 'together' awaits it here
  using namespace asio::experimental::awaitable_operators;
  co_await (onTheLoop() && onItsParents()); // NOTE: coroutine 'onItsParents' runs on an event loop: 'boost::asio::experimental::awaitable_operators::operator&&' spawns it here
}

int main() {
  asio::io_context loop;
  asio::thread_pool workers(2);
  asio::co_spawn(loop, threads(), asio::detached);
  asio::co_spawn(loop, pool(workers), asio::detached);
  asio::co_spawn(loop, onTheLoop(), asio::detached); // NOTE: coroutine 'onTheLoop' runs on an event loop: 'boost::asio::co_spawn' spawns it here on 'loop'
  asio::co_spawn(loop, onBoth(), asio::detached);
  asio::co_spawn(workers, onBoth(), asio::detached);
  asio::co_spawn(loop, together(), asio::detached);
  loop.run();
}
