// What each body can block on, and the shortest way there.
#ifndef ASYNC_TIDY_INFER_REACH_H
#define ASYNC_TIDY_INFER_REACH_H

#include "facts/Program.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <array>

namespace async_tidy {

class Reach {
public:
  /// `counts`: whether a call may be part of a chain (it is not silenced), and, if it is a sink,
  /// end one.
  Reach(const Program &program, llvm::function_ref<bool(const Call &)>
                                    counts); /// One call of a chain, and the body that makes it.

  struct Step {
    BodyIndex caller;
    const Call *call;
  };

  /// The shortest chain that begins with `call`, made by `caller`, and ends in a sink of `tier`;
  /// empty if there is none.
  std::vector<Step> chain(BodyIndex caller, const Call &call, Tier tier) const;

  /// How many different sinks of `tier` are reached through `call`, itself included.
  unsigned countSinks(const Call &call, Tier tier) const;

  /// Whether chains may go through `call`.
  bool counts(const Call &call) const { return !silent.contains(&call); }

  /// Calls of which nothing is known, in `from` and all that these call.
  unsigned countUnknown(const std::vector<BodyIndex> &from) const;

private:
  static constexpr uint32_t Far = UINT32_MAX;

  void measure(Tier tier, const std::vector<std::vector<BodyIndex>> &callers);
  /// The bodies that `call` enters: a coroutine's body runs when it is awaited, not when it is
  /// called.
  std::vector<BodyIndex> entered(const Call &call) const;
  std::vector<BodyIndex> closure(std::vector<BodyIndex> from) const;
  uint32_t distance(const Call &call, Tier tier) const;

  const Program &program;
  std::set<const Call *> silent;
  std::array<std::vector<uint32_t>, TierCount> distances; // calls to the nearest sink, by body
};

} // namespace async_tidy

#endif
