// On which thread the marked lines of a program ran.
#ifndef ASYNC_TIDY_TESTS_THREADS_MARKS_H
#define ASYNC_TIDY_TESTS_THREADS_MARKS_H

#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <source_location>
#include <thread>
#include <unistd.h>

inline int tick = 1;
inline pid_t loopThread = 0;
inline std::mutex seenGuard;
inline std::map<unsigned, unsigned> seen;

/// Says that the calling thread is the loop's.
inline void onLoop() {
  loopThread = gettid();
}

// Sleeps, so that the line calls something that may block. It is noexcept, so that no line after
// it is reached by an exception of its own.
inline void mark(std::source_location where = std::source_location::current()) noexcept {
  std::this_thread::sleep_for(std::chrono::nanoseconds(tick));
  const std::lock_guard lock(seenGuard);
  seen[where.line()] |= gettid() == loopThread ? 1U : 2U;
}

inline void printSeen() {
  for (const auto &[line, where] : seen)
    std::printf("%u%s%s\n", line, (where & 1U) ? " loop" : "", (where & 2U) ? " worker" : "");
}

#endif
