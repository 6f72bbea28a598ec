// Functions that give tasks and are no coroutines run when they are called: what they begin may be
// all that the caller wants.
// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"
#include <functional>
#include <future>
#include <thread>
#include <utility>
#include <vector>

using app::Task;

Task<> save(int record) { co_return; }

// What it gives is a task that another makes.
Task<> saveNext(int record) { return save(record + 1); }
Task<> saveKept(int record) {
  auto task = save(record);
  return task;
}
Task<> saveEither(int record) {
  if (record == 0)
    return save(1);
  return save(record);
}

// What it gives may be under way.
Task<> started(Task<> task) { return task; }
Task<> declared(Task<> task);
struct Cache {
  Task<> kept = save(1);
  Task<> take() { return std::move(kept); }
};
// What it gives, somebody else has made.
struct Queue {
  std::vector<Task<>> tasks;
  Task<> next = save(1);
  Task<> pop() {
    auto task = std::move(tasks.back());
    tasks.pop_back();
    return task;
  }
};
std::future<Task<>> promised();
Task<> inThread() {
  std::thread([] {}).detach();
  return save(1);
}
Task<> done() { return Task<>({}); }

// A coroutine that gets a task runs when it is awaited.
Task<> after(Task<> task) { co_await std::move(task); }

void run(Cache &cache, Queue &queue) {
  saveNext(1);   // WARN: the task of 'saveNext'
  saveKept(1);   // WARN: the task of 'saveKept'
  saveEither(1); // WARN: the task of 'saveEither'
  started(save(1));
  declared(save(1));
  cache.take();
  queue.pop();
  promised().get();
  inThread();
  done();
  after(save(1)); // WARN: the task of 'after'
}
