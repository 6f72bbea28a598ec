// A mutex of the program's own, made known in a model.
// RUN: %check %s async-lock-across-await --tidy-option Models=%S/Inputs/spin.yaml --command-option=--models=%S/Inputs/spin.yaml
#include "Inputs/coroutines.h"
#include <mutex>

namespace base {
class SpinLock {
public:
  void lock();
  void unlock();
};
} // namespace base

base::SpinLock spin;

Task<> guarded() {
  std::lock_guard lock(spin);
  co_await request(); // WARN: lock of 'spin' is held
}

Task<> byHand() {
  spin.lock();
  co_await request(); // WARN: lock of 'spin' is held
  spin.unlock();
}
