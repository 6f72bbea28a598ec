#include "infer/Reach.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>

namespace async_tidy {

/// Whether what `link` runs has run when its caller goes on.
static bool isCall(const Link &link, const Links &links) {
  bool isPlaceToPlace = links.isPlace(link.from) && links.isPlace(link.target());
  return link.isHere() && !link.from.isTask && (link.call || isPlaceToPlace);
}

Reach::Reach(const Program &program, const Links &links,
             llvm::function_ref<bool(const Call &)> counts,
             llvm::function_ref<bool(Place)> isSilent)
    : program(program), links(links), sinks(links.nodeCount()), inner(links.nodeCount()),
      callers(links.nodeCount()) {
  auto isStopped = [&](Node node) {
    return !links.isPlace(node) && program.body(links.bodyOf(node)).isNonBlocking;
  };
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    for (const Call &call : program.body(body).calls)
      if (!isStopped({body, false}) && call.sink && counts(call) && !isSilent(call.place))
        program.body(body).forEachStretch(call.stretches, [&](uint32_t stretch) {
          sinks[links.statementsOf(body, stretch).index()].push_back(&call);
        });
  for (const Link &link : links.all())
    if (isCall(link, links) && !isStopped(link.target()) && !isSilent(link.site) &&
        !isSilent(link.evidence.place)) {
      inner[link.target().index()].push_back(&link);
      callers[link.from.index()].push_back(link.target().index());
    }
  for (auto &list : inner)
    llvm::sort(list, [](const Link *a, const Link *b) {
      return std::pair(a->site, a->from.index()) < std::pair(b->site, b->from.index());
    });
  for (unsigned tier = 0; tier != TierCount; ++tier)
    measure(Tier(tier));
}

/// Breadth first, from the sinks to their callers: linear, and recursion needs no care. A way to a
/// call that is sure to block is nearer than any to one that only may.
void Reach::measure(Tier tier) {
  std::vector<uint32_t> &far = distances[unsigned(tier)];
  for (bool isSure : {true, false}) {
    std::deque<uint32_t> todo;
    for (uint32_t node = 0; node != sinks.size(); ++node)
      if (llvm::any_of(sinks[node], [&](const Call *call) {
            return call->sink->tier == tier && call->sink->sure == isSure;
          })) {
        if (far.empty())
          far.assign(sinks.size(), Far);
        if (far[node] != Far)
          continue;
        far[node] = isSure ? 0 : unsure();
        todo.push_back(node);
      }
    while (!todo.empty()) {
      uint32_t node = todo.front();
      todo.pop_front();
      for (uint32_t caller : callers[node])
        if (far[caller] == Far) {
          far[caller] = far[node] + 1;
          todo.push_back(caller);
        }
    }
  }
}

std::vector<Reach::Step> Reach::firstSteps(Node node, Tier tier) const {
  std::vector<Step> result;
  const std::vector<uint32_t> &far = distances[unsigned(tier)];
  if (far.empty())
    return result;
  for (const Call *sink : sinks[node.index()])
    if (sink->sink->tier == tier)
      result.push_back({node, sink, std::nullopt, sink->sink->sure ? 0 : unsure()});
  for (const Link *link : inner[node.index()])
    if (far[link->from.index()] != Far)
      result.push_back({node, link->call, link->from, far[link->from.index()] + 1});
  auto key = [](const Step &step) {
    return std::tuple(step.call ? step.call->place : Place(), step.left,
                      step.callee ? step.callee->index() : 0);
  };
  llvm::sort(result, [&](const Step &a, const Step &b) { return key(a) < key(b); });
  return result;
}

std::vector<Reach::Step> Reach::chain(Step first, Tier tier) const {
  std::vector<Step> result{first};
  // Each step takes the first call that is one nearer to a sink, so that the chain is always the
  // same.
  while (result.back().callee) {
    uint32_t left = result.back().left - 1;
    std::vector<Step> next = firstSteps(*result.back().callee, tier);
    result.push_back(*llvm::find_if(next, [&](const Step &step) { return step.left == left; }));
  }
  llvm::erase_if(result, [](const Step &step) { return !step.call; });
  return result;
}

std::vector<Node> Reach::closure(std::vector<Node> from) const {
  std::vector<Node> result;
  std::set<uint32_t> seen;
  while (!from.empty()) {
    Node node = from.back();
    from.pop_back();
    if (!seen.insert(node.index()).second)
      continue;
    result.push_back(node);
    for (const Link *link : inner[node.index()])
      from.push_back(link->from);
  }
  return result;
}

unsigned Reach::countSinks(const Step &first, Tier tier) const {
  std::set<Place> places;
  // All that is called at this place: an overrider each.
  std::vector<Node> entered;
  for (const Link *link : inner[first.caller.index()])
    if (first.callee && link->site == first.call->place && link->call->callee == first.call->callee)
      entered.push_back(link->from);
  if (!first.callee)
    places.insert(first.call->place);
  for (Node node : closure(entered))
    for (const Call *sink : sinks[node.index()])
      if (sink->sink->tier == tier)
        places.insert(sink->place);
  return unsigned(places.size());
}

unsigned Reach::countUnknown(std::vector<Node> from) const {
  unsigned unknown = 0;
  for (Node node : closure(std::move(from))) {
    if (links.isPlace(node) || links.stretchOf(node))
      continue;
    const Body &body = program.body(node.body);
    unknown += body.unknownCalls;
    for (const Call &call : body.calls)
      unknown += unsigned(call.callee != 0 && program.targets(call).empty());
  }
  return unknown;
}

} // namespace async_tidy
