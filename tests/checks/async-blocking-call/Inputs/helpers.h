#pragma once
#include "task.h"
#include <unistd.h>

using app::Task;

inline void fromHeader() {
  ::sleep(1); // NOTE: 'fromHeader' calls 'sleep' here, which sleeps
}

inline Task<> inHeader() {
  ::usleep(1); // WARN: 'usleep' blocks the event loop in coroutine 'inHeader'
  co_return;
}
