// async-blocking-call: a sink reachable on the loop.
#include "checks/Catalogue.h"
#include "infer/Reach.h"

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral Name = "async-blocking-call";

class BlockingCalls {
public:
  explicit BlockingCalls(const CheckInput &input)
      : input(input), program(input.program),
        reach(
            program, input.links,
            [&](const Call &call) {
              return input.options.tiers.contains(call.sink->tier) &&
                     (call.sink->sure || input.options.uncertain);
            },
            [&](Place place) { return program.isSuppressed(place, Name); }) {}

  std::vector<Finding> find() {
    for (BodyIndex root = 0; root != program.bodies().size(); ++root) {
      Node node = input.links.statementsOf(root);
      const Reason *reason = input.roots.rootOnLoop(node);
      if (reason && reason->confidence >= input.options.confidence)
        for (unsigned tier = 0; tier != TierCount; ++tier)
          report(node, *reason, Tier(tier));
    }
    return std::move(findings);
  }

private:
  /// One finding for each call in the root that leads to a sink.
  void report(Node root, const Reason &reason, Tier tier) {
    std::set<Place> reported;
    for (const Reach::Step &first : reach.firstSteps(root, tier)) {
      if (!first.call || !reported.insert(first.call->place).second)
        continue;
      BlockingChain found;
      found.root = root.body;
      found.reason = reason;
      if (const Reason *worker = input.roots.onWorker(root))
        found.onWorker = *worker;
      found.furtherSinks = reach.countSinks(first, tier) - 1;
      for (const Reach::Step &step : reach.chain(first, tier))
        found.chain.push_back({input.links.name(step.caller.body), *step.call,
                               step.callee ? input.links.name(step.callee->body) : ""});
      findings.push_back({Name, first.call->place, std::move(found)});
    }
  }

  const CheckInput &input;
  const Program &program;
  Reach reach;
  std::vector<Finding> findings;
};

} // namespace

std::vector<Finding> findBlockingCalls(const CheckInput &input) {
  return BlockingCalls(input).find();
}

} // namespace async_tidy
