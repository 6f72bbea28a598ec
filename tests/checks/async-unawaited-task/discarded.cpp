// A call whose task nobody gets, wherever a statement may stand.
// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"

using app::Task;

struct Record {
  int id = 0;
};

Task<> save(Record record) { co_return; }
Task<int> load(int id) { co_return id; }
bool isReady();

struct Store {
  Task<> put(Record record) { co_return; }
  Store &self() { return *this; }
};

Task<> statements(Record record, Store &store) {
  save(record); // WARN: the task of 'save' is never awaited, so it never runs // NOTE: instead: co_await save(record)
  load(1);      // WARN: the task of 'load'
  store.put(record);        // WARN: the task of 'Store::put' // NOTE: instead: co_await store.put(record)
  store.self().put(record); // WARN: the task of 'Store::put'
  ::save(record);           // WARN: the task of 'save'
  (save(record));           // WARN: the task of 'save'
  save({.id = 1234567890}), save({.id = 1234567890}); // WARN: 'save' // WARN: 'save' // NOTE: co_await save({.id = 1234567890})
  co_await save(record);
  int value = co_await load(2);
  value += co_await load(value);
}

Task<> branches(Record record, int kind) {
  if (isReady())
    save(record); // WARN: 'save'
  else
    load(1); // WARN: 'load'
  if (load(1), isReady()) // WARN: 'load'
    co_await save(record);
  isReady() ? save(record) : save({}); // WARN: 'save' // WARN: 'save'
  isReady() && (save(record), true);   // WARN: 'save'
  switch (kind) {
  case 1:
    save(record); // WARN: 'save'
    break;
  default:
    load(1); // WARN: 'load'
  }
  try {
    save(record); // WARN: 'save'
  } catch (...) {
    load(1); // WARN: 'load'
  }
  goto end;
end:
  save(record); // WARN: 'save'
}

Task<> loops(Record record) {
  for (save(record); isReady(); load(1)) // WARN: 'save' // WARN: 'load'
    save(record);                        // WARN: 'save'
  for (int id : {1, 2, 3})
    load(id); // WARN: 'load'
  while (isReady())
    save(record); // WARN: 'save'
  do
    save(record); // WARN: 'save'
  while (isReady());
  co_return;
}

// What stands in a branch that never runs makes no task.
Task<> constants(Record record) {
  if (false)
    save(record);
  if constexpr (sizeof(int) == 1)
    save(record);
  co_return;
}

// Neither a statement's value nor a task: GNU's expression of statements has the last as its value.
Task<> expressions(Record record) {
  co_await ({ save(record); });
  co_await ({
    load(1); // WARN: 'load'
    save(record);
  });
  ({ save(record); }); // WARN: 'save'
}

#define SAVE(record) save(record)

Task<> macros(Record record) {
  SAVE(record); // WARN: 'save' // NOTE: instead: co_await save(...)
  co_await SAVE(record);
}

// Its value goes on to somebody.
Task<> given(Record record) { return save(record); }
void takes(Task<>);
Task<> passesOn(Record record) {
  takes(save(record));
  co_await given(record);
}
