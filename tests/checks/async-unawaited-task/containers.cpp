// Tasks in a local container that nothing else uses end with it.
// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"
#include <list>
#include <utility>
#include <vector>

using app::Task;

Task<> save(int record) { co_return; }

struct Runner { // starts what it is made from
  Runner(Task<> task);
};
Task<> all(std::vector<Task<>> tasks);

Task<> forgotten() {
  std::vector<Task<>> tasks;
  for (int record : {1, 2, 3})
    tasks.push_back(save(record)); // WARN: the task of 'save' // NOTE@-2: 'tasks' has it, and is never used
  std::list<Task<>> more;
  more.emplace_back(save(1)); // WARN: 'save'
  auto task = save(2);        // WARN: 'save' // NOTE: 'task' has it, and is never used
  more.push_back(std::move(task));
  co_return;
}

std::vector<Task<>> kept;

Task<> used(std::vector<Task<>> &given) {
  std::vector<Task<>> tasks;
  tasks.push_back(save(1));
  co_await all(std::move(tasks));
  std::vector<Task<>> looped;
  looped.push_back(save(1));
  for (auto &task : looped)
    co_await std::move(task);
  kept.push_back(save(1));
  given.push_back(save(1));
  std::vector<Task<>> &same = given;
  same.push_back(save(1));
  std::vector<Runner> runners;
  runners.push_back(save(1));
  runners.emplace_back(save(1));
}
