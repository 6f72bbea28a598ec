// Function pointers that the function itself assigns.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <unistd.h>

using app::Task;

void slow() { ::sleep(1); }
void quick() {}

struct Worker {
  void run() { ::sleep(1); }
};

Task<> session(bool careful, void (*given)()) {
  void (*action)() = quick;
  if (!careful)
    action = slow;
  action(); // WARN: 'slow' blocks the event loop
  auto direct = &slow;
  (*direct)(); // WARN: 'slow' blocks the event loop
  void (*converted)() = [] { ::sleep(1); };
  converted(); // WARN: 'lambda' blocks the event loop
  void (Worker::*member)() = &Worker::run;
  Worker worker;
  (worker.*member)(); // WARN: 'Worker::run' blocks the event loop
  (worker.*&Worker::run)(); // WARN: 'Worker::run' blocks the event loop
  Worker *pointer = &worker;
  (pointer->*(&Worker::run))(); // WARN: 'Worker::run' blocks the event loop
  unsigned (*system)(unsigned) = ::sleep;
  system(1); // WARN: 'sleep' blocks the event loop
  void (*harmless)() = quick;
  harmless();
  given(); // not known, so silent
  co_return;
}
