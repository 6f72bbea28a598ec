// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <unistd.h>

using app::Task;

#define PAUSE() ::sleep(1)
#define TWICE(what) (what, what)
#define WAIT_AND(statement) \
  do {                      \
    ::sleep(1);             \
    statement;              \
  } while (false)

Task<> session(int x) {
  PAUSE();               // WARN: 'sleep' blocks the event loop
  (void)TWICE(::sleep(1)); // WARN: 'sleep' blocks the event loop
  WAIT_AND(++x);         // WARN: 'sleep' blocks the event loop
  co_return;
}
