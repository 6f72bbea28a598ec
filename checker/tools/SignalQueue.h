// Signals are not handled but waited for: while such an object lives they are held back, and wait()
// takes them one by one. So nothing is ever interrupted halfway.
#ifndef ASYNC_TIDY_TOOLS_SIGNALQUEUE_H
#define ASYNC_TIDY_TOOLS_SIGNALQUEUE_H

#include <chrono>
#include <csignal>
#include <optional>

namespace async_tidy {

/// SIGCHLD, and those that ask this process to end, except where they are ignored.
class SignalQueue {
public:
  SignalQueue();
  ~SignalQueue();
  SignalQueue(const SignalQueue &) = delete;
  SignalQueue &operator=(const SignalQueue &) = delete;

  /// Gives signals back to the process; those that are held back arrive now.
  void release();

  /// Waits for a signal, for the end of `time` unless that is none, or until `descriptor` can be
  /// read unless that is -1. Returns the signal, or 0.
  int wait(std::optional<std::chrono::milliseconds> time, int descriptor);

private:
  sigset_t taken;
  sigset_t before;
  struct sigaction child; // what was to be done when a child ends
  int signals;            // where they are read; -1: they cannot be
};

} // namespace async_tidy

#endif
