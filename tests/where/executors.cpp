// Where an executor leads: contexts, getters, variables, strands, wrappers, members.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

void compact(int file) { ::fsync(file); }

struct Executors {
  asio::any_io_executor network;
  asio::any_io_executor disk;
};

class Runtime {
public:
  Runtime() : signals(loop, SIGTERM), strand(asio::make_strand(loop)), diskStrand(asio::make_strand(threads)) {}
  asio::io_context &context() { return loop; }
  asio::any_io_executor network() { return loop.get_executor(); }
  asio::any_io_executor disk() { return threads.get_executor(); }
  asio::thread_pool *workers() { return &threads; }
  Executors executors() { return {network(), disk()}; }

  void schedule() {
    asio::post(strand, [] { compact(1); }); // WARN: 'compact' blocks the event loop in a lambda
    asio::post(diskStrand, [] { compact(2); });
    asio::post(network(), [] { compact(3); }); // WARN: 'compact' blocks the event loop in a lambda
    asio::post(disk(), [] { compact(4); });
    asio::post(*workers(), [] { compact(5); });
    signals.async_wait([](error_code, int) { compact(6); }); // WARN: 'compact' blocks the event loop in a lambda
    signals.async_wait(asio::bind_executor(threads, [](error_code, int) { compact(7); }));
    signals.async_wait(asio::bind_executor(diskStrand, [](error_code, int) { compact(8); }));
    signals.async_wait(asio::bind_executor(strand, [](error_code, int) { compact(9); })); // WARN: 'compact' blocks the event loop in a lambda
  }

private:
  asio::io_context loop;
  asio::thread_pool threads{2};
  asio::signal_set signals;
  asio::strand<asio::io_context::executor_type> strand;
  asio::strand<asio::thread_pool::executor_type> diskStrand;
};

void on(const asio::any_io_executor &where, std::function<void()> job) { asio::post(where, std::move(job)); }

asio::awaitable<void> serve(tcp::socket client, asio::steady_timer timer, asio::thread_pool &threads, Runtime &runtime) {
  // Of I/O objects and of the coroutine.
  asio::post(client.get_executor(), [] { compact(10); }); // WARN: 'compact' blocks the event loop in a lambda
  asio::post(timer.get_executor(), [] { compact(11); });  // WARN: 'compact' blocks the event loop in a lambda
  auto here = co_await asio::this_coro::executor;
  asio::post(here, [] { compact(12); }); // WARN: 'compact' blocks the event loop in a lambda
  asio::post(co_await asio::this_coro::executor, [] { compact(13); }); // WARN: 'compact' blocks the event loop in a lambda
  on(here, [] { compact(14); }); // WARN: 'compact' blocks the event loop in a lambda

  // Of pools.
  asio::thread_pool::executor_type direct = threads.get_executor();
  asio::post(direct, [] { compact(20); });
  const auto &reference = direct;
  asio::dispatch(reference, [] { compact(21); });
  asio::thread_pool *pointer = &threads;
  asio::defer(*pointer, [] { compact(22); });
  asio::post(pointer->get_executor(), [] { compact(23); });
  asio::any_io_executor erased(direct);
  asio::post(erased, [] { compact(24); });
  on(erased, [] { compact(25); });
  erased = client.get_executor();
  auto strand = asio::make_strand(threads.get_executor());
  asio::post(strand, [] { compact(26); });
  asio::post(asio::make_strand(strand.get_inner_executor()), [] { compact(27); });
  asio::post(asio::system_executor(), [] { compact(28); });
  asio::post(asio::require(direct, asio::execution::blocking.never), [] { compact(29); });
  asio::post(threads, asio::bind_executor(here, [] { compact(30); })); // WARN: 'compact' blocks the event loop in a lambda
  asio::post(asio::bind_executor(threads, [] { compact(31); }));
  direct.execute([] { compact(32); });

  // In fields.
  Executors fields{client.get_executor(), threads.get_executor()};
  asio::post(fields.network, [] { compact(40); }); // WARN: 'compact' blocks the event loop in a lambda
  asio::post(fields.disk, [] { compact(41); });
  auto [network, disk] = fields;
  asio::post(disk, [] { compact(42); });
  asio::post(runtime.executors().disk, [] { compact(43); });
  asio::post(runtime.disk(), [] { compact(44); });
  asio::post(runtime.network(), [] { compact(45); }); // WARN: 'compact' blocks the event loop in a lambda

  // Handlers with executors of their own.
  timer.async_wait(asio::bind_executor(threads, [](error_code) { compact(50); }));
  timer.async_wait(asio::bind_executor(strand, [](error_code) { compact(51); }));
  timer.async_wait(asio::bind_executor(here, [](error_code) { compact(52); })); // WARN: 'compact' blocks the event loop in a lambda
  asio::steady_timer onThePool(threads);
  onThePool.async_wait([](error_code) { compact(53); });
  asio::steady_timer onTheStrand(strand);
  onTheStrand.async_wait([](error_code) { compact(54); });
  co_return;
}

int main() {
  Runtime runtime;
  runtime.schedule();
  runtime.context().run();
}
