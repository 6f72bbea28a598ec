// A virtual call may run any overrider that the program shows.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <unistd.h>

using app::Task;

struct Store {
  virtual ~Store() = default;
  virtual int load() = 0;
  virtual void touch() {}
};

struct Middle : Store {
  int load() override = 0;
};

struct Disk : Middle {
  int load() override {
    ::fsync(1);
    return 1;
  }
};

struct Memory final : Store {
  int load() override { return 1; }
};

struct Plain {
  virtual ~Plain() = default;
  virtual int get() { return 1; }
};

Task<int> session(Store &store, Memory &memory, Disk &disk, Plain &plain) {
  int sum = store.load();   // WARN: 'Store::load' blocks the event loop in coroutine 'session': it reaches 'fsync' // NOTE: 'session' calls 'Store::load' here, which 'Disk::load' overrides
  sum += memory.load();     // final: no other can run
  sum += disk.Disk::load(); // WARN: 'Disk::load' blocks the event loop
  sum += plain.get();
  store.touch();
  Disk local;
  sum += local.load();      // WARN: 'Disk::load' blocks the event loop
  co_return sum;
}
