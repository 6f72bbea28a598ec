// What is missed today, so that closing a gap is seen. Each line below really blocks.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <functional>
#include <memory>
#include <unistd.h>

using app::Task;

struct Flushing {
  ~Flushing() { ::fsync(1); }
};

void callIt(const std::function<void()> &f) { f(); }
void callPointer(void (*f)()) { f(); }

Task<> session() {
  auto owned = std::make_unique<Flushing>(); // library code destroys it
  callIt([] { ::sleep(1); });                // a callable that a plain function receives
  callPointer([] { ::sleep(1); });
  auto bound = std::bind([] { ::sleep(1); });
  bound();
  co_return;
}
