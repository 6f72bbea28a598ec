// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"

using app::Task;

Task<> save(int record) { co_return; }

Task<> session(int record) {
  save(record); // NOLINT(async-unawaited-task)
  // NOLINTNEXTLINE
  save(record);
  save(record); // NOLINT(async-blocking-call) // WARN: 'save'
  auto task = save(record); // NOLINT(async-*)
  co_return;
}
