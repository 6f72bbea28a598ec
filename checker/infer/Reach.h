// What each node can block on, and the shortest way there.
#ifndef ASYNC_TIDY_INFER_REACH_H
#define ASYNC_TIDY_INFER_REACH_H

#include "infer/Links.h"
#include <array>

namespace async_tidy {

class Reach {
public:
  /// `counts`: whether a sink may end a chain. `isSilent`: whether none may go through a place.
  Reach(const Program &program, const Links &links, llvm::function_ref<bool(const Call &)> counts,
        llvm::function_ref<bool(Place)> isSilent);

  /// One call of a chain, and the node that makes it.
  struct Step {
    Node caller;
    const Call *call = nullptr;
    std::optional<Node> callee; // of the last step, which blocks itself: none
    uint32_t left = 0;          // steps that follow; to a call that only may block, unsure() more
  };

  /// The first steps of the chains to a sink of `tier` that begin in `node`, in source order.
  std::vector<Step> firstSteps(Node node, Tier tier) const;

  /// The shortest chain that begins with `first` and ends in a sink of `tier`.
  std::vector<Step> chain(Step first, Tier tier) const;

  /// How many different sinks of `tier` are reached through `first`.
  unsigned countSinks(const Step &first, Tier tier) const;

  /// Calls of which nothing is known, in `from` and all that these call.
  unsigned countUnknown(std::vector<Node> from) const;

private:
  static constexpr uint32_t Far = UINT32_MAX;

  /// More than any chain has steps.
  uint32_t unsure() const { return uint32_t(sinks.size()); }

  void measure(Tier tier);
  std::vector<Node> closure(std::vector<Node> from) const;

  const Program &program;
  const Links &links;
  std::vector<std::vector<const Call *>> sinks;           // by node
  std::vector<std::vector<const Link *>> inner;           // by node: what it calls, in source order
  std::vector<std::vector<uint32_t>> callers;             // by node
  std::array<std::vector<uint32_t>, TierCount> distances; // calls to the nearest sink, by node
};

} // namespace async_tidy

#endif
