// Constructors, destructors at the end of a scope, members, bases and temporaries.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <unistd.h>
#include <vector>

using app::Task;

struct Device {
  Device() { ::sleep(1); }
  explicit Device(int) {}
};

struct Flushing {
  ~Flushing() { ::fsync(1); }
};

struct Holder { // its own destructor is not written
  Flushing member;
};

struct Derived : Flushing {};

struct Loaded {
  Device device;
  int size = 0;
};

Task<> constructs() {
  Device slow;         // WARN: 'Device::Device' blocks the event loop in coroutine 'constructs': it reaches 'sleep' (sleep)
  Device quick(1);
  auto *heap = new Device; // WARN: (sleep)
  delete heap;
  Loaded loaded;       // WARN: 'Loaded::Loaded' blocks the event loop
  auto owned = std::make_unique<Device>(); // WARN: 'Device::Device' blocks the event loop // NOTE: 'constructs' has 'std::make_unique' construct an object with 'Device::Device' here
  auto other = std::make_unique<Device>(7);
  std::vector<Device> devices;
  devices.emplace_back(5);
  co_return;
}

Task<> destroys(bool early) {
  Flushing last;       // WARN: 'Flushing::~Flushing' blocks the event loop in coroutine 'destroys': it reaches 'fsync' (disk)
  if (early)
    co_return;
  Holder holder;       // WARN: 'Holder::~Holder' blocks the event loop
  Derived derived;     // WARN: 'Derived::~Derived' blocks the event loop
  Flushing();          // WARN: (disk)
  auto *heap = new Flushing;
  delete heap;         // WARN: (disk)
}

Flushing make();

Flushing passesOn() {
  Flushing result;
  return result;
}

Task<> references() {
  const Flushing &longer = make(); // WARN: (disk)
  Flushing &alias = const_cast<Flushing &>(longer);
  (void)alias;
  co_return;
}

Task<> joinsAtTheEnd() {
  std::jthread worker([] { ::sleep(1); }); // WARN: 'std::jthread::~jthread' blocks the event loop in coroutine 'joinsAtTheEnd' (wait)
  co_return;
}

Task<> letsGo() {
  std::jthread worker([] { ::sleep(1); });
  worker.detach();
  co_return;
}
