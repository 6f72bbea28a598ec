// One finding for a call and tier; what else it reaches is counted.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <fstream>
#include <unistd.h>

using app::Task;

void work() {
  ::sleep(1);
  ::sleep(2);
  ::usleep(3);
  std::ifstream file("settings");
}

Task<> session() {
  work(); // WARN: it reaches 'sleep' (sleep) // WARN: it reaches 'std::basic_ifstream::basic_ifstream' (disk) // NOTE: 2 more sleep calls are reached from here
  co_return;
}
