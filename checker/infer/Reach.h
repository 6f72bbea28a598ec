// What each node can block on, and the shortest way there.
#ifndef ASYNC_TIDY_INFER_REACH_H
#define ASYNC_TIDY_INFER_REACH_H

#include "infer/Links.h"
#include <array>
#include <deque>
#include <map>

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
    uint32_t from = 0;          // the stations of both
    uint32_t to = 0;
  };

  /// The first steps of the chains to a sink of `tier` that begin in `node`, in source order.
  std::vector<Step> firstSteps(Node node, Tier tier) const;

  /// The shortest chain that begins with `first` and ends in a sink of `tier`.
  std::vector<Step> chain(Step first, Tier tier) const;

  /// How many different sinks of `tier` are reached through `first`.
  unsigned countSinks(const Step &first, Tier tier) const;

  /// Calls of which nothing is known, in `from` and all that these call.
  unsigned countUnknown(llvm::ArrayRef<Node> from) const;

private:
  static constexpr uint32_t Far = UINT32_MAX;

  /// What is known of the parameters of a body: by parameter, whether it is zero.
  using Values = std::map<uint32_t, bool>;

  /// A node, or a node that is called with arguments which keep it from some of its calls.
  struct Station {
    Node node;
    Values values;
    std::vector<const Call *> sinks;
    std::vector<std::pair<const Link *, uint32_t>> inner; // what it calls, in source order
    std::vector<uint32_t> callers;
  };

  void gatherNodes(llvm::function_ref<bool(const Call &)> counts,
                   llvm::function_ref<bool(Place)> isSilent);
  void connect();
  uint32_t stationFor(const Link &link, const Values &values);
  bool makesDifference(Node node, const Values &values) const;
  void measure(Tier tier);
  std::vector<Step> stepsFrom(uint32_t station, Tier tier) const;
  std::vector<uint32_t> closure(std::vector<uint32_t> from) const;

  /// More than any chain has steps.
  uint32_t unsure() const { return uint32_t(stations.size()); }

  const Program &program;
  const Links &links;
  std::deque<Station> stations;                 // first one for each node, by its index
  std::vector<std::vector<const Link *>> calls; // by node, in source order
  std::map<std::pair<uint32_t, Values>, uint32_t> special;
  std::array<std::vector<uint32_t>, TierCount> distances; // calls to the nearest sink, by station
};

} // namespace async_tidy

#endif
