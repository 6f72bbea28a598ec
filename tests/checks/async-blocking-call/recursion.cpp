// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <unistd.h>

using app::Task;

void walk(int depth) {
  if (depth == 0)
    ::sleep(1);
  else
    walk(depth - 1);
}

void pong(int n);
void ping(int n) {
  if (n > 0)
    pong(n - 1);
}
void pong(int n) {
  ping(n - 1);
  ::sleep(1);
}

void forever() { forever(); }

Task<> itself(int n) {
  if (n > 0)
    co_await itself(n - 1);
  ::sleep(1); // WARN: 'sleep' blocks the event loop in coroutine 'itself'
}

Task<> session() {
  walk(3);   // WARN: 'walk' blocks the event loop
  ping(3);   // WARN: 'ping' blocks the event loop
  forever();
  co_return;
}
