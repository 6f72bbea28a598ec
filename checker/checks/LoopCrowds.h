// Event loops that more than one thread runs: what they run may run at the same time, unless a
// strand keeps it apart.
#ifndef ASYNC_TIDY_CHECKS_LOOPCROWDS_H
#define ASYNC_TIDY_CHECKS_LOOPCROWDS_H

#include "checks/Catalogue.h"
#include "infer/Wheres.h"

namespace async_tidy {

class LoopCrowds {
public:
  explicit LoopCrowds(const CheckInput &input) : input(input) {}

  /// If several threads run the loop on which `access` happens, and no strand is between: the loop
  /// and where they run it.
  std::optional<Crowd> crowdOf(const Access &access) const;

  /// Whether `a` and `b`, on one such loop, are of two activities, which may be under way at the
  /// same time.
  bool areTwo(const Access &a, const Access &b) const;

private:
  bool isRunBySeveral(const LoopRuns &runs) const;
  bool isRepeated(Thread thread) const;

  const CheckInput &input;
};

} // namespace async_tidy

#endif
