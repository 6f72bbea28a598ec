// Where bodies may wait for what they have handed off. Asked for proof that nothing waits: what
// is not known may.
#ifndef ASYNC_TIDY_CHECKS_WAITS_H
#define ASYNC_TIDY_CHECKS_WAITS_H

#include "checks/Catalogue.h"

namespace async_tidy {

class Waits {
public:
  explicit Waits(const CheckInput &input);

  /// Whether `body` may wait, while what `capture` is of lives, after it has made what captures
  /// that.
  bool mayWait(BodyIndex body, const Capture &capture) const;

  /// Whether `body`, which is no lambda of the one that made the callable, may wait after `site`.
  bool mayWaitAfter(BodyIndex body, Place site) const;

private:
  bool mayWait(const Call &call) const;
  bool hasWaitingLambda(const Body &facts, const Capture &capture) const;
  std::vector<BodyIndex> targetsOf(const Call &call) const;
  static bool isInside(const Body &body, const Capture &capture, Place wait);

  const Program &program;
  std::vector<bool> waits;                              // by body: it may, or what it calls
  std::map<EntityId, std::vector<BodyIndex>> lambdasOf; // those that are seen to, by who makes them
};

} // namespace async_tidy

#endif
