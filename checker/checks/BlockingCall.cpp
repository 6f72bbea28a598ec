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
      reported.clear();
      input.links.forEachNode(root, [&](Node node) {
        const Reason *reason = input.roots.rootOnLoop(node);
        if (reason && reason->confidence >= input.options.confidence)
          for (unsigned tier = 0; tier != TierCount; ++tier)
            report(node, *reason, Tier(tier));
      });
    }
    return std::move(findings);
  }

private:
  /// One finding for each call in the root that leads to a sink.
  void report(Node root, const Reason &reason, Tier tier) {
    for (const Reach::Step &first : reach.firstSteps(root, tier)) {
      if (!first.call || !reported.insert({tier, first.call->place}).second)
        continue;
      BlockingChain found;
      found.root = input.links.bodyOf(root);
      found.reason = reason;
      found.arrival = arrivalAt(root, first.call->place);
      if (const Reason *worker = input.roots.onWorker(root))
        found.onWorker = *worker;
      else
        found.away = awayFrom(found.root, *first.call);
      found.furtherSinks = reach.countSinks(first, tier) - 1;
      for (const Reach::Step &step : reach.chain(first, tier))
        found.chain.push_back({input.links.name(step.caller.body), *step.call,
                               step.callee ? input.links.name(step.callee->body) : ""});
      findings.push_back({Name, first.call->place, std::move(found)});
    }
  }

  /// The await that brings the coroutine where it makes the call at `place`.
  std::optional<Arrival> arrivalAt(Node root, Place place) const {
    const Stretch *stretch = input.links.stretchOf(root);
    if (!stretch || stretch->places.empty())
      return std::nullopt;
    // The last before the call, where several lead there.
    Place at = stretch->places.front();
    for (Place await : stretch->places)
      if (await.file == place.file && await < place)
        at = std::max(at, await);
    return Arrival{at, *stretch};
  }

  /// How the coroutine `body` comes to `call` on a worker, if it does.
  std::optional<Arrival> awayFrom(BodyIndex body, const Call &call) const {
    std::optional<Arrival> away;
    program.body(body).forEachStretch(call.stretches, [&](uint32_t stretch) {
      Node node = input.links.statementsOf(body, stretch);
      if (!away && input.roots.onWorker(node))
        away = arrivalAt(node, call.place);
    });
    return away;
  }

  const CheckInput &input;
  const Program &program;
  Reach reach;
  std::set<std::pair<Tier, Place>> reported; // of one root
  std::vector<Finding> findings;
};

} // namespace

std::vector<Finding> findBlockingCalls(const CheckInput &input) {
  return BlockingCalls(input).find();
}

} // namespace async_tidy
