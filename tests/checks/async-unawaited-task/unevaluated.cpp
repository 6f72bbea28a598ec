// What is not evaluated makes no task, and is no use of one.
// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"
#include <type_traits>

using app::Task;

Task<> save(int record) { co_return; }

Task<> session(int record) {
  using Type = decltype(save(record));
  static_assert(sizeof(save(record)) == sizeof(Type) && !noexcept(save(record)));
  static_assert(requires { save(1); });
  auto task = save(record); // WARN: 'save'
  static_assert(std::is_same_v<decltype(task), Type> && sizeof(task) == sizeof(Type));
  co_return;
}
