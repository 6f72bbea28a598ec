// A cast to void silences the compiler's own warning; the task still never runs.
// RUN: %check %s async-unawaited-task
// EXACT-NOTES
#include "Inputs/marked.h"

using app::Task;

Task<> save(int record) { co_return; }

Task<> session(int record) {
  (void)save(record);             // WARN: the task of 'save' // NOTE: the cast to void silences the compiler, and starts nothing // NOTE: instead: co_await save(record)
  static_cast<void>(save(record)); // WARN: the task of 'save' // NOTE: the cast to void // NOTE: instead: co_await save(record)
  void(save(record));             // WARN: the task of 'save' // NOTE: the cast to void // NOTE: instead: co_await save(record)
  auto task = save(record);       // WARN: the task of 'save' // NOTE: 'task' has it, and is never used // NOTE: instead: co_await save(record)
  (void)task;                     // NOTE: the cast to void
  co_return;
}

void ordinary() {
  save(1); // WARN: the task of 'save' // NOTE: instead: co_await it in a coroutine, or give it to what starts it
}
