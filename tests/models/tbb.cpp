// Threading Building Blocks: who works and waits here, and what is only handed over.
// REQUIRES: common-tests, pack-tbb
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <tbb/collaborative_call_once.h>
#include <tbb/tbb.h>
#include <oneapi/tbb/mutex.h>
#include <oneapi/tbb/rw_mutex.h>
#include <unistd.h>
#include <vector>

void write(int);

ASYNC_TIDY_RUNS_ON_LOOP void algorithms(std::vector<int> &values) {
  tbb::parallel_for(0, 10, [](int) { ::fsync(1); });       // WARN: 'tbb::detail::d1::parallel_for' blocks the event loop in 'algorithms' (cpu)
  tbb::parallel_for_each(values.begin(), values.end(), [](int) { ::fsync(1); }); // WARN: parallel_for_each' blocks
  tbb::parallel_reduce(tbb::blocked_range<int>(0, 10), 0,  // WARN: parallel_reduce' blocks
                       [](const tbb::blocked_range<int> &, int sum) { return sum + ::fsync(1); },
                       [](int a, int b) { return a + b; });
  tbb::parallel_deterministic_reduce(tbb::blocked_range<int>(0, 10), 0, // WARN: parallel_deterministic_reduce' blocks
                                     [](const tbb::blocked_range<int> &, int sum) { return sum; },
                                     [](int a, int b) { return a + b; });
  tbb::parallel_scan(tbb::blocked_range<int>(0, 10), 0,    // WARN: parallel_scan' blocks
                     [](const tbb::blocked_range<int> &, int sum, bool) { return sum; },
                     [](int a, int b) { return a + b; });
  tbb::parallel_sort(values.begin(), values.end());        // WARN: parallel_sort' blocks
  tbb::parallel_invoke([] { ::fsync(1); }, [] { ::fsync(2); }); // WARN: parallel_invoke' blocks
  tbb::parallel_pipeline(4, tbb::make_filter<void, int>(tbb::filter_mode::serial_in_order, // WARN: parallel_pipeline' blocks
                                                        [](tbb::flow_control &control) { control.stop(); return ::fsync(1); }) &
                                tbb::make_filter<int, void>(tbb::filter_mode::parallel, [](int) { ::fsync(1); }));
}

ASYNC_TIDY_RUNS_ON_LOOP void tasks(tbb::task_group &group, tbb::task_arena &arena, tbb::flow::graph &graph,
                                   tbb::task_scheduler_handle &handle, tbb::collaborative_once_flag &once) {
  group.run([] { ::fsync(1); });
  arena.enqueue([] { ::fsync(1); });
  group.wait();                                            // WARN: wait' blocks the event loop in 'tasks' (wait)
  group.run_and_wait([] { ::fsync(1); });                  // WARN: run_and_wait' blocks // WARN: it reaches 'fsync' (disk)
  arena.execute([] { ::fsync(1); });                       // WARN: execute' blocks // WARN: it reaches 'fsync' (disk)
  tbb::flow::function_node<int> node(graph, tbb::flow::unlimited, [](int) { ::fsync(1); });
  node.try_put(1);
  graph.wait_for_all();                                    // WARN: graph::wait_for_all' blocks
  tbb::collaborative_call_once(once, [] { ::fsync(1); });  // WARN: collaborative_call_once' blocks // WARN: it reaches 'fsync' (disk)
  tbb::finalize(handle);                                   // WARN: finalize' blocks
  group.cancel();
}

ASYNC_TIDY_RUNS_ON_LOOP void queues(tbb::concurrent_bounded_queue<int> &bounded, tbb::concurrent_queue<int> &queue) {
  int value = 0;
  bounded.push(1);                                         // WARN: concurrent_bounded_queue::push' may block the event loop in 'queues' (wait)
  bounded.pop(value);                                      // WARN: concurrent_bounded_queue::pop' may block
  bounded.try_push(1);
  bounded.try_pop(value);
  queue.push(1);
  queue.try_pop(value);
}

ASYNC_TIDY_RUNS_ON_LOOP void locks(tbb::spin_mutex &spin, tbb::spin_rw_mutex &spinShared, tbb::mutex &mutex,
                                   tbb::rw_mutex &shared, tbb::queuing_mutex &queuing, tbb::null_mutex &null) {
  spin.lock();                                             // WARN: spin_mutex::lock' blocks the event loop in 'locks' (lock)
  spin.try_lock();
  spinShared.lock();                                       // WARN: spin_rw_mutex::lock' blocks
  spinShared.lock_shared();                                // WARN: spin_rw_mutex::lock_shared' blocks
  mutex.lock();                                            // WARN: mutex::lock' blocks
  shared.lock();                                           // WARN: rw_mutex::lock' blocks
  shared.lock_shared();                                    // WARN: rw_mutex::lock_shared' blocks
  tbb::queuing_mutex::scoped_lock queue;
  queue.acquire(queuing);                                  // WARN: queuing_mutex::scoped_lock::acquire' blocks
  queue.try_acquire(queuing);
  tbb::queuing_mutex::scoped_lock queued(queuing);         // WARN: queuing_mutex::scoped_lock::scoped_lock' blocks
  tbb::spin_mutex::scoped_lock guard(spin);                // WARN: unique_scoped_lock' blocks
  tbb::spin_mutex::scoped_lock later;
  later.acquire(spin);                                     // WARN: acquire' blocks
  tbb::rw_mutex::scoped_lock reader(shared, false);        // WARN: rw_scoped_lock' blocks
  tbb::null_mutex::scoped_lock nothing(null);
}
