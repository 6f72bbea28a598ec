#include "infer/Reach.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>

namespace async_tidy {

/// Whether what `link` runs has run when its caller goes on.
static bool isCall(const Link &link, const Links &links) {
  bool isPlaceToPlace = links.isPlace(link.from) && links.isPlace(link.target());
  return link.isHere() && !link.from.isTask && (link.call || isPlaceToPlace);
}

/// Whether `call` is made by a body whose parameters have these values.
static bool isMade(const Call &call, const std::map<uint32_t, bool> &values) {
  return llvm::none_of(call.onlyIf, [&](const ParameterValue &needed) {
    auto at = values.find(needed.parameter);
    return at != values.end() && at->second != needed.isZero;
  });
}

Reach::Reach(const Program &program, const Links &links,
             llvm::function_ref<bool(const Call &)> counts,
             llvm::function_ref<bool(Place)> isSilent)
    : program(program), links(links), stations(links.nodeCount()), calls(links.nodeCount()) {
  gatherNodes(counts, isSilent);
  connect();
  for (unsigned tier = 0; tier != TierCount; ++tier)
    measure(Tier(tier));
}

/// A station for each node, with its sinks; and what each node calls.
void Reach::gatherNodes(llvm::function_ref<bool(const Call &)> counts,
                        llvm::function_ref<bool(Place)> isSilent) {
  auto isStopped = [&](Node node) {
    return !links.isPlace(node) && program.body(links.bodyOf(node)).isNonBlocking;
  };
  for (uint32_t index = 0; index != stations.size(); ++index)
    stations[index].node = Node::at(index);
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    for (const Call &call : program.body(body).calls)
      if (!isStopped({body, false}) && call.sink && counts(call) && !isSilent(call.place))
        program.body(body).forEachStretch(call.stretches, [&](uint32_t stretch) {
          stations[links.statementsOf(body, stretch).index()].sinks.push_back(&call);
        });
  for (const Link &link : links.all())
    if (isCall(link, links) && !isStopped(link.target()) && !isSilent(link.site) &&
        !isSilent(link.evidence.place))
      calls[link.target().index()].push_back(&link);
  for (auto &list : calls)
    llvm::sort(list, [](const Link *a, const Link *b) {
      return std::pair(a->site, a->from.index()) < std::pair(b->site, b->from.index());
    });
}

/// Leads from each station to those that it calls; special ones come to light on the way.
void Reach::connect() {
  for (uint32_t at = 0; at != stations.size(); ++at)
    for (const Link *link : calls[stations[at].node.index()]) {
      if (link->call && !isMade(*link->call, stations[at].values))
        continue;
      uint32_t to = stationFor(*link, stations[at].values);
      stations[at].inner.emplace_back(link, to);
      stations[to].callers.push_back(at);
    }
}

/// The station of what `link` runs, for a caller whose parameters have `values`.
uint32_t Reach::stationFor(const Link &link, const Values &values) {
  Values given;
  bool isPlain = link.call && link.evidence.place.line == 0 && link.way.empty() &&
                 (link.call->form == CallForm::Call || link.call->form == CallForm::Construction);
  if (isPlain)
    for (const GivenValue &value : link.call->gives) {
      auto same = values.find(value.same);
      if (value.kind != GivenValue::Kind::Same)
        given[value.parameter] = value.kind == GivenValue::Kind::Zero;
      else if (same != values.end())
        given[value.parameter] = same->second;
    }
  // So many that no program needs them.
  constexpr size_t MostSpecial = 100000;
  if (!makesDifference(link.from, given) || special.size() == MostSpecial)
    return link.from.index();
  auto [at, isNew] = special.try_emplace({link.from.index(), given}, uint32_t(stations.size()));
  if (isNew) {
    Station station{link.from, std::move(given), stations[link.from.index()].sinks, {}, {}};
    llvm::erase_if(station.sinks, [&](const Call *call) { return !isMade(*call, station.values); });
    stations.push_back(std::move(station));
  }
  return at->second;
}

/// Whether `values` of the parameters of `node` keep it from a call, or another body that it passes
/// them to.
bool Reach::makesDifference(Node node, const Values &values) const {
  if (values.empty() || links.isPlace(node) || links.stretchOf(node))
    return false;
  return llvm::any_of(program.body(links.bodyOf(node)).calls, [&](const Call &call) {
    return !isMade(call, values) || llvm::any_of(call.gives, [&](const GivenValue &value) {
      return value.kind == GivenValue::Kind::Same && values.contains(value.same);
    });
  });
}

/// Breadth first, from the sinks to their callers: linear, and recursion needs no care. A way to a
/// call that is sure to block is nearer than any to one that only may.
void Reach::measure(Tier tier) {
  std::vector<uint32_t> &far = distances[unsigned(tier)];
  for (bool isSure : {true, false}) {
    std::deque<uint32_t> todo;
    for (uint32_t at = 0; at != stations.size(); ++at)
      if (llvm::any_of(stations[at].sinks, [&](const Call *call) {
            return call->sink->tier == tier && call->sink->sure == isSure;
          })) {
        if (far.empty())
          far.assign(stations.size(), Far);
        if (far[at] != Far)
          continue;
        far[at] = isSure ? 0 : unsure();
        todo.push_back(at);
      }
    while (!todo.empty()) {
      uint32_t at = todo.front();
      todo.pop_front();
      for (uint32_t caller : stations[at].callers)
        if (far[caller] == Far) {
          far[caller] = far[at] + 1;
          todo.push_back(caller);
        }
    }
  }
}

std::vector<Reach::Step> Reach::firstSteps(Node node, Tier tier) const {
  return stepsFrom(node.index(), tier);
}

std::vector<Reach::Step> Reach::stepsFrom(uint32_t station, Tier tier) const {
  std::vector<Step> result;
  const std::vector<uint32_t> &far = distances[unsigned(tier)];
  if (far.empty())
    return result;
  const Station &at = stations[station];
  for (const Call *sink : at.sinks)
    if (sink->sink->tier == tier)
      result.push_back(
          {at.node, sink, std::nullopt, sink->sink->sure ? 0 : unsure(), station, station});
  for (auto [link, to] : at.inner)
    if (far[to] != Far)
      result.push_back({at.node, link->call, link->from, far[to] + 1, station, to});
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
    std::vector<Step> next = stepsFrom(result.back().to, tier);
    result.push_back(*llvm::find_if(next, [&](const Step &step) { return step.left == left; }));
  }
  llvm::erase_if(result, [](const Step &step) { return !step.call; });
  return result;
}

std::vector<uint32_t> Reach::closure(std::vector<uint32_t> from) const {
  std::vector<uint32_t> result;
  std::set<uint32_t> seen;
  while (!from.empty()) {
    uint32_t at = from.back();
    from.pop_back();
    if (!seen.insert(at).second)
      continue;
    result.push_back(at);
    for (auto [link, to] : stations[at].inner)
      from.push_back(to);
  }
  return result;
}

unsigned Reach::countSinks(const Step &first, Tier tier) const {
  std::set<Place> places;
  // All that is called at this place: an overrider each.
  std::vector<uint32_t> entered;
  for (auto [link, to] : stations[first.from].inner)
    if (first.callee && link->site == first.call->place && link->call->callee == first.call->callee)
      entered.push_back(to);
  if (!first.callee)
    places.insert(first.call->place);
  for (uint32_t at : closure(entered))
    for (const Call *sink : stations[at].sinks)
      if (sink->sink->tier == tier)
        places.insert(sink->place);
  return unsigned(places.size());
}

unsigned Reach::countUnknown(llvm::ArrayRef<Node> from) const {
  unsigned unknown = 0;
  std::vector<uint32_t> begin;
  begin.reserve(from.size());
  for (Node node : from)
    begin.push_back(node.index());
  std::set<BodyIndex> bodies;
  for (uint32_t at : closure(std::move(begin)))
    if (Node node = stations[at].node; !links.isPlace(node) && !links.stretchOf(node))
      bodies.insert(node.body);
  for (BodyIndex index : bodies) {
    const Body &body = program.body(index);
    unknown += body.unknownCalls;
    for (const Call &call : body.calls)
      unknown += unsigned(call.callee != 0 && program.targets(call).empty());
  }
  return unknown;
}

} // namespace async_tidy
