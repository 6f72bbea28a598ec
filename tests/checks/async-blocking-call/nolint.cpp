// NOLINT silences at the warning; at a call of the chain it cuts every chain through that call.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <unistd.h>

using app::Task;

void accepted() {
  ::sleep(1); // NOLINT(async-blocking-call): runs once, at start-up
}

void cutHalfway() { accepted(); }

void other() {
  ::usleep(1);
}

void twoWays() {
  accepted();
  other(); // NOLINT
}

void notForUs() {
  ::sleep(1); // NOLINT(bugprone-something)
}

Task<> session() {
  cutHalfway();
  twoWays();
  other();    // WARN: 'other' blocks the event loop
  ::sleep(1); // NOLINT
  ::sleep(1); // NOLINT(async-blocking-call)
  ::sleep(1); // NOLINT(async-*)
  // NOLINTNEXTLINE(async-blocking-call)
  ::sleep(1);
  // NOLINTBEGIN(async-blocking-call)
  ::sleep(1);
  ::usleep(1);
  // NOLINTEND(async-blocking-call)
  notForUs(); // WARN: 'notForUs' blocks the event loop
  co_return;
}
