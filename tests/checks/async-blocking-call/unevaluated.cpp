// What is not evaluated does not block, nor does a branch that is never taken.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <type_traits>
#include <typeinfo>
#include <unistd.h>

using app::Task;

int slow() {
  ::sleep(1);
  return 1;
}

constexpr bool isDebug = false;

template <class T> concept Sleeps = requires { slow(); };

Task<> session() {
  auto size = sizeof(slow());
  decltype(slow()) value = 0;
  bool quiet = noexcept(slow());
  const std::type_info &type = typeid(slow());
  static_assert(Sleeps<int>);
  if constexpr (sizeof(int) == 1)
    slow();
  if constexpr (sizeof(int) == 4) {
  } else {
    slow();
  }
  if (isDebug)
    slow();
  if (isDebug && slow() == 1)
    ++value;
  int chosen = isDebug ? slow() : 1;
  if (requires { slow(); })
    ++value;
  (void)size, (void)quiet, (void)type, (void)chosen;
  co_return;
}

Task<> evaluated(bool debug) {
  if constexpr (sizeof(int) == 4)
    slow(); // WARN: 'slow' blocks the event loop
  if (debug && slow() == 1) // WARN: 'slow' blocks the event loop
    co_return;
}
