// Tasks that never run, of which nothing is said yet.
// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"
#include <optional>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

using app::Task;

Task<> save(int record) { co_return; }
bool isReady();

Task<> session(int record) {
  // It is used on one way only.
  auto other = save(record);
  if (isReady())
    co_await std::move(other);
  // It is in something else than a container of tasks.
  std::optional<Task<>> maybe = save(record);
  std::tuple<Task<>, int> both{save(record), 1};
  Task<> list[] = {save(record)};
  std::vector<Task<>> reserved;
  reserved.reserve(1);
  reserved.push_back(save(record));
  std::ignore = save(record);
  Task<>(save(record));
}

// Who calls it forgets what it gives.
void thread() {
  std::thread([]() -> Task<> { co_return; }).join();
}
