// A lambda matters when it is called, not where it is written.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <functional>
#include <unistd.h>
#include <vector>

using app::Task;

template <class F> void callNow(F f) { f(); }

Task<> session() {
  auto slow = [] { ::sleep(1); };
  slow();               // WARN: 'lambda' blocks the event loop in coroutine 'session': it reaches 'sleep' (sleep)
  [] { ::sleep(1); }(); // WARN: 'lambda' blocks the event loop
  callNow(slow);        // WARN: 'callNow' blocks the event loop
  auto generic = [](auto seconds) { ::sleep(seconds); };
  generic(1u);          // WARN: 'lambda' blocks the event loop
  auto nested = [&] { slow(); };
  nested();             // WARN: 'lambda' blocks the event loop
  std::function<void()> held = slow;
  held();               // WARN: 'lambda' blocks the event loop
  co_return;
}

Task<> onlyKeeps(std::vector<std::function<void()>> &later) {
  auto slow = [] { ::sleep(1); };
  later.push_back(slow);
  std::function<void()> never = slow;
  co_return;
}

auto atNamespaceScope = [] { ::sleep(1); };

Task<> usesIt() {
  atNamespaceScope(); // WARN: 'lambda' blocks the event loop
  co_return;
}
