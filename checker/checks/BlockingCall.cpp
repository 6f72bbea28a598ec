// async-blocking-call: a sink reachable on the loop.
#include "checks/Catalogue.h"
#include "infer/Reach.h"

namespace async_tidy {

static constexpr llvm::StringLiteral Name = "async-blocking-call";

std::vector<Finding> findBlockingCalls(const CheckInput &input) {
  const Program &program = input.program;
  Reach reach(program, [&](const Call &call) {
    bool ends = !call.sink || (input.options.tiers.contains(call.sink->tier) &&
                               (call.sink->sure || input.options.uncertain));
    return ends && !program.isSuppressed(call.place, Name);
  });

  std::vector<Finding> findings;
  for (BodyIndex root = 0; root != program.bodies().size(); ++root) {
    const LoopReason *reason = input.roots.onLoop(root);
    if (!reason || reason->confidence < input.options.confidence)
      continue;
    std::set<std::pair<Place, Tier>> reported;
    for (const Call &call : program.body(root).calls)
      for (unsigned t = 0; t != TierCount; ++t) {
        std::vector<Reach::Step> chain = reach.chain(root, call, Tier(t));
        if (chain.empty() || !reported.insert({call.place, Tier(t)}).second)
          continue;
        BlockingChain found{root, {}, *reason, reach.countSinks(call, Tier(t)) - 1};
        for (const Reach::Step &step : chain)
          found.chain.push_back({step.caller, *step.call});
        findings.push_back({Name, call.place, std::move(found)});
      }
  }
  return findings;
}

} // namespace async_tidy
