// Lambdas that are coroutines, callables that give tasks, and what lambdas hold.
// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"
#include <functional>

using app::Task;

Task<> save(int record) { co_return; }

struct Job {
  Task<> operator()(int record) const { co_return; }
};

Task<> session(int record, std::function<Task<>(int)> action, Task<> (*pointer)(int)) {
  [&]() -> Task<> { co_return; }(); // WARN: the task of a lambda is never awaited, so it never runs // NOTE: instead: co_await [&]() -> Task<> { co_return; }()
  auto run = [&](int) -> Task<> { co_return; };
  run(record);    // WARN: the task of 'run' // NOTE: instead: co_await run(record)
  action(record); // WARN: the task of 'action'
  pointer(record); // WARN: the task of 'pointer'
  Job job;
  job(record); // WARN: the task of 'job'
  std::invoke(save, record); // WARN: the task of 'std::invoke'
  co_await run(record);
  // What a lambda makes is its own; what it returns is its caller's.
  auto gives = [&] { return save(record); };
  auto forgets = [&] { save(record); }; // WARN: 'save'
  forgets();
  gives(); // WARN: the task of 'gives'
}
