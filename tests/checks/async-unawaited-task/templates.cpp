// A template is reported once, in the instances that make a task.
// RUN: %check %s async-unawaited-task
#include "../async-blocking-call/Inputs/task.h"

using app::Task;

struct Writer {
  Task<> write(int record) { co_return; }
};
struct Plain {
  void write(int record) {}
};
struct Counter {
  Task<int> write(int record) { co_return record; }
};

template <class W> Task<> writeAll(W writer) {
  writer.write(1); // WARN: 'Counter::write' is never awaited
  if constexpr (requires { writer.write(2); })
    co_await writer.write(2);
}

template <> Task<> writeAll(Plain writer) {
  writer.write(1);
  co_return;
}

template <class W> void neverInstantiated(W writer) {
  writer.write(1);
  Writer().write(1);
}

Task<> session() {
  co_await writeAll(Writer());
  co_await writeAll(Counter());
  co_await writeAll(Plain());
}
