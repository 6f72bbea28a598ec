// Whether a use on another thread and one on the loop can be under way at the same time, or the
// loop's can follow; and what of the program comes close to a proof that they cannot.
#ifndef ASYNC_TIDY_CHECKS_MEETINGS_H
#define ASYNC_TIDY_CHECKS_MEETINGS_H

#include "checks/Catalogue.h"

namespace async_tidy {

class Meetings {
public:
  explicit Meetings(const CheckInput &input) : input(input), program(input.program) {}

  /// Whether both can be, of things that may be one.
  bool mayMeet(const Access &worker, const Access &loop) const;

  /// A lock that the worker's side holds while it uses the thing; null if there is none.
  const LockRange *lockOf(const Access &worker) const;

  /// Whether the loop's use holds a lock that the worker's holds too, and is over before it gives
  /// that back.
  bool isLockedOut(const Access &worker, const Access &loop) const;

  /// A call that wakes a loop after the worker's use; null if there is none.
  const Wake *wakeAfter(const Access &worker) const;

  /// Where somebody waits for the worker; null if nobody does.
  const Wait *waitFor(const Access &worker) const;

private:
  std::vector<const LockRange *> locksOf(const Access &access) const;
  void forEachStep(const Access &access,
                   llvm::function_ref<void(const Body &body, Place site)> visit) const;
  bool mayMeetAway(const Access &worker, const Access &loop) const;
  bool isSentBack(const Access &loop, const Access &worker) const;
  static bool isBehind(const Body &body, Place later, Place first);
  bool isWaitedForBefore(const Access &loop, const Access &worker) const;
  bool hasRunBefore(const Access &worker, const Access &loop) const;
  bool mayFollow(const Access &later, const Access &first) const;
  const Body *bodyOf(BodyIndex index) const;

  const CheckInput &input;
  const Program &program;
};

} // namespace async_tidy

#endif
