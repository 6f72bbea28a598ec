// Tasks and awaiters of the project's own.
// RUN: %check %s async-sequential-await
#include "../async-blocking-call/Inputs/task.h"
#include <string>
#include <vector>

using app::Task;

struct Awaiter {
  static inline std::vector<std::coroutine_handle<>> waiting;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) { waiting.push_back(handle); }
  int await_resume() { return 1; }
};

Task<int> wire(int id); // of elsewhere; it may wait
Task<int> load(int id) { co_return co_await wire(id); }
Task<int> computes(int id) { co_return id * id; } // nothing to wait for
Task<int> waits(int id) { co_return id + co_await Awaiter(); } // an awaiter may do anything
Task<int> passes(int id) { return load(id); }

Task<int> sum(std::vector<int> ids) {
  int total = 0;
  for (int id : ids)
    total += co_await load(id); // WARN: one 'load' after the other // NOTE: instead: start all of them first
  for (int id : ids)
    total += co_await passes(id); // WARN: one 'passes' after the other
  for (int id : ids)
    total += co_await waits(id);
  for (int id : ids)
    total += co_await computes(id);
  co_return total;
}

// Classes with constructors and destructors that are read, too.
int alive;
struct Counted {
  Counted() { ++alive; }
  ~Counted() { --alive; }
};
struct Quiet {
  explicit Quiet(int id) : text(std::to_string(id)) {}
  ~Quiet() { text.clear(); }
  std::string text;
};
Task<int> counted(int id) {
  Counted guard;
  co_return co_await wire(id);
}
Task<int> quiet(int id) {
  Quiet object(co_await wire(id));
  co_return int(object.text.size());
}
struct Base {
  virtual ~Base() = default;
  virtual Task<int> load(int id) = 0;
};
Task<int> objects(std::vector<int> ids, Base &base) {
  int total = 0;
  for (int id : ids)
    total += co_await counted(id);
  for (int id : ids)
    total += co_await base.load(id);
  for (int id : ids)
    total += co_await quiet(id); // WARN: one 'quiet' after the other
  co_return total;
}
