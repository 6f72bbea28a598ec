// async-blocking-call: a sink reachable on the loop.
#include "checks/Catalogue.h"
#include "infer/Reach.h"

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral Name = "async-blocking-call";

/// The bodies that make each call of `chain`, the root first.
std::vector<BodyIndex> callersOf(const Program &program, BodyIndex root,
                                 const Reach::Chain &chain) {
  std::vector<BodyIndex> callers{root};
  for (size_t i = 0; i + 1 != chain.size(); ++i)
    for (BodyIndex target : program.targets(*chain[i])) {
      const auto &calls = program.body(target).calls;
      if (!calls.empty() && chain[i + 1] >= &calls.front() && chain[i + 1] <= &calls.back()) {
        callers.push_back(target);
        break;
      }
    }
  return callers;
}

} // namespace

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
        Reach::Chain chain = reach.chain(call, Tier(t));
        if (chain.empty() || !reported.insert({call.place, Tier(t)}).second)
          continue;
        Finding finding{Name, call.place, root, {}, callersOf(program, root, chain), *reason, 0};
        for (const Call *step : chain)
          finding.chain.push_back(*step);
        finding.furtherSinks = reach.countSinks(call, Tier(t)) - 1;
        findings.push_back(std::move(finding));
      }
  }
  return findings;
}

} // namespace async_tidy
