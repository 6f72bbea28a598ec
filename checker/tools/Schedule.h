// Which unit is analysed next, and when: the longest first, as many at a time as there are jobs,
// tokens of make's jobserver, and memory. One may always run.
#ifndef ASYNC_TIDY_TOOLS_SCHEDULE_H
#define ASYNC_TIDY_TOOLS_SCHEDULE_H

#include "tools/Jobserver.h"
#include "tools/Memory.h"
#include "tools/UnitTimes.h"
#include "llvm/ADT/ArrayRef.h"
#include <deque>
#include <set>

namespace async_tidy {

/// A unit as it is planned.
struct PlannedUnit {
  std::string name;    // as in UnitTimes
  uint64_t size;       // of its source file, in bytes
  bool isDone = false; // there is nothing to analyse, so it never gets a turn
};

/// The order in which `units` start, as indices, without those that are done. Those of which it is
/// known that they take longer than most come first, then those that nothing is known of, the
/// largest first, then the short ones. Equal ones stay in their order.
std::deque<size_t> longestFirst(llvm::ArrayRef<PlannedUnit> units, const UnitTimes &times);

class Schedule {
public:
  using Clock = std::chrono::steady_clock;

  /// At most `jobs` units run at a time. `times` gets what each unit takes.
  Schedule(std::vector<PlannedUnit> units, unsigned jobs, UnitTimes &times, Memory memory,
           Jobserver jobserver);

  /// The unit to start now; none if that has to wait, or no more are left. started() is called for
  /// it next, unless it turns out that there is nothing to analyse.
  std::optional<size_t> next();

  /// `unit` is analysed by this child from now on.
  void started(size_t unit, pid_t child);

  /// The child of `unit` has ended, after it had at most `peak` bytes in memory, as the system
  /// counts. `isTypical`: another analysis would take as long.
  void ended(size_t unit, uint64_t peak, bool isTypical);

  /// Somebody killed the child of `unit`, most likely for want of memory: ended() is called, and
  /// the unit put off until it can run alone. False if it did already.
  bool triesAlone(size_t unit, uint64_t peak);

  /// Whether all units have been given out.
  bool isEmpty() const { return waiting.empty() && alone.empty(); }

  /// What the last next() waits for besides the end of a child: a descriptor that can be read,
  /// or -1; and memory, which nobody announces.
  int awaitedDescriptor() const { return waitsForToken ? jobserver.descriptor() : -1; }

  bool waitsForMemory() const { return waitsForRoom; }

  /// The units at work, in the order in which they started.
  std::vector<size_t> running() const;

  /// How long all that is left will take; none if nothing is known.
  std::optional<std::chrono::milliseconds> timeLeft(Clock::time_point now) const;

  /// Before this process ends for good: gives back all that is shared with others.
  void giveBack() { jobserver.keepFor(0); }

  /// For a child of this process.
  void leaveToParent() { jobserver.leaveToParent(); }

private:
  struct Running {
    size_t unit;
    pid_t child;
    Clock::time_point since;
    uint64_t inherited; // memory that it shares with us
    uint64_t expected;  // memory that it will have of its own
  };

  uint64_t expectedPeak(size_t unit) const;
  uint64_t room() const;

  std::vector<PlannedUnit> units;
  unsigned jobs;
  UnitTimes &times;
  std::vector<const UnitCost *> costs; // what was known in the beginning; as units
  Memory memory;
  Jobserver jobserver;
  std::deque<size_t> waiting;
  std::deque<size_t> alone; // after all others, with nothing beside them
  std::set<size_t> wasKilled;
  std::vector<Running> children;
  uint64_t largestPeak = 0; // of this run
  std::chrono::milliseconds timeTaken{0};
  size_t timed = 0; // units that took it
  bool waitsForToken = false;
  bool waitsForRoom = false;
};

} // namespace async_tidy

#endif
