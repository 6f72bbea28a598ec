// A task in a local variable that nothing uses.
// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"
#include <memory>
#include <utility>

using app::Task;

Task<> save(int record) { co_return; }
Task<int> load(int id) { co_return id; }
bool isReady();
void takes(Task<>);
void looks(const Task<> &);

Task<> unused(int record) {
  auto task = save(record);                // WARN: the task of 'save' // NOTE: 'task' has it, and is never used
  Task<> braces{save(record)};             // WARN: 'save'
  const auto constant = load(1);           // WARN: 'load'
  auto &&extended = save(record);          // WARN: 'save'
  const Task<> &lives = save(record);      // WARN: 'save'
  [[maybe_unused]] auto quiet = save(record); // WARN: 'save'
  if (auto inner = save(record); isReady())   // WARN: 'save'
    co_await load(1);
}

Task<> handedOn(int record) {
  auto first = save(record); // WARN: 'save' // NOTE: 'first' has it, and is never used
  auto second = std::move(first);
  auto &third = second;
  std::move(third);
  second;

  auto used = save(record);
  auto moved = std::move(used);
  co_await std::move(moved);

  auto named = save(record);
  auto &alias = named;
  co_await std::move(alias);
}

struct Session {
  Task<> kept = save(0);
  Task<> give(int record) {
    auto task = save(record);
    return task;
  }
  void keep(int record);
};

Task<> global = save(0);

Task<> used(int record, bool isUrgent) {
  auto sometimes = save(record);
  if (isUrgent)
    co_await std::move(sometimes);
  auto passed = save(record);
  takes(std::move(passed));
  auto lent = save(record);
  looks(lent);
  auto asked = save(record);
  asked.await_ready();
  auto address = save(record);
  Task<> *pointer = &address;
  auto captured = save(record);
  auto later = [task = std::move(captured)]() mutable { return std::move(task); };
  auto seen = save(record);
  auto looker = [&] { looks(seen); };
  static auto once = save(record);
  auto owned = std::make_unique<Task<>>(save(record));
  auto heap = new Task<>(save(record));
  std::pair<Task<>, int> pair{save(record), 1};
  Session session{.kept = save(record)};
}

Task<> assigned(int record, bool isUrgent) {
  Task<> *slot = nullptr;
  auto task = save(record);
  slot = &task;
  co_await std::move(*slot);
}

Task<> thrown(int record) {
  auto task = save(record);
  throw std::move(task);
  co_return;
}

Task<> returned(int record) {
  auto task = save(record);
  return task;
}
