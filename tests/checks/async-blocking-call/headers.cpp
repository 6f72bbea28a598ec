// A chain through a header of the project, and a coroutine in one.
// RUN: %check %s async-blocking-call
#include "Inputs/helpers.h"

Task<> session() {
  fromHeader(); // WARN: 'fromHeader' blocks the event loop in coroutine 'session': it reaches 'sleep'
  co_return;
}
