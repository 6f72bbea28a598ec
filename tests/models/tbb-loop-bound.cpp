// Threading Building Blocks: what is given to it runs on other threads.
// REQUIRES: common-tests, pack-tbb
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <boost/asio.hpp>
#include <tbb/tbb.h>

namespace asio = boost::asio;

asio::awaitable<void> serve(tbb::task_group &group, tbb::task_arena &arena, tbb::flow::graph &graph,
                            tbb::concurrent_queue<int> &queue) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  group.run([&timer] { timer.cancel(); });     // WARN: 'timer' on another thread
  arena.enqueue([&timer] { timer.cancel(); }); // WARN: 'timer' on another thread
  tbb::flow::function_node<int> node(graph, tbb::flow::unlimited, [&timer](int) { timer.cancel(); }); // WARN: 'timer' on another thread
  arena.enqueue([&queue] { queue.push(1); });
  // The caller runs it, or waits while another thread does.
  arena.execute([&timer] { timer.cancel(); });
  group.run_and_wait([&timer] { timer.cancel(); });
  co_await timer.async_wait(asio::use_awaitable);
}
