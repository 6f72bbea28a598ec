// Default arguments, default member initialisers, and statics of a function run where they are used.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <unistd.h>

using app::Task;

int slow() {
  ::sleep(1);
  return 1;
}

void log(int level = slow()) { (void)level; }

struct Settings { // an aggregate
  int size = slow();
};

struct Connection {
  Connection() {}
  explicit Connection(int size) : size(size) {}
  int size = slow(); // NOTE: 'Connection::Connection' calls 'slow' here
};

int cached() {
  static int value = slow();
  return value;
}

Task<> session() {
  log();              // WARN: 'slow' blocks the event loop in coroutine 'session': it reaches 'sleep'
  log(2);
  Settings settings{}; // WARN: 'slow' blocks the event loop
  Settings given{1};
  Connection made;    // WARN: 'Connection::Connection' blocks the event loop
  Connection sized(1);
  cached();           // WARN: 'cached' blocks the event loop
  static int mine = slow(); // WARN: 'slow' blocks the event loop
  (void)mine;
  co_return;
}
