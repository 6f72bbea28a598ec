// What is missed today, so that closing a gap is seen. Each line below really blocks.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <memory>
#include <unistd.h>

using app::Task;

struct Flushing {
  ~Flushing() { ::fsync(1); }
};

Task<> session() {
  auto owned = std::make_unique<Flushing>(); // library code destroys it
  co_return;
}
