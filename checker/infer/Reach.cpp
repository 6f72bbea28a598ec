#include "infer/Reach.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>

namespace async_tidy {

Reach::Reach(const Program &program, llvm::function_ref<bool(const Call &)> counts)
    : program(program) {
  std::vector<std::vector<BodyIndex>> callers(program.bodies().size());
  for (BodyIndex index = 0; index != program.bodies().size(); ++index)
    for (const Call &call : program.body(index).calls) {
      if (!counts(call)) {
        silent.insert(&call);
        continue;
      }
      for (BodyIndex target : entered(call))
        callers[target].push_back(index);
    }
  for (unsigned tier = 0; tier != TierCount; ++tier)
    measure(Tier(tier), callers);
}

std::vector<BodyIndex> Reach::entered(const Call &call) const {
  std::vector<BodyIndex> targets = program.targets(call);
  llvm::erase_if(targets,
                 [&](BodyIndex target) { return program.body(target).kind != BodyKind::Function; });
  return targets;
}

/// Breadth first, from the sinks to their callers: linear, and recursion needs no care.
void Reach::measure(Tier tier, const std::vector<std::vector<BodyIndex>> &callers) {
  std::vector<uint32_t> &far = distances[unsigned(tier)];
  far.assign(program.bodies().size(), Far);
  std::deque<BodyIndex> todo;
  for (BodyIndex index = 0; index != program.bodies().size(); ++index)
    if (llvm::any_of(program.body(index).calls, [&](const Call &call) {
          return call.sink && call.sink->tier == tier && counts(call);
        })) {
      far[index] = 0;
      todo.push_back(index);
    }
  while (!todo.empty()) {
    BodyIndex index = todo.front();
    todo.pop_front();
    for (BodyIndex caller : callers[index])
      if (far[caller] == Far) {
        far[caller] = far[index] + 1;
        todo.push_back(caller);
      }
  }
}

uint32_t Reach::distance(const Call &call, Tier tier) const {
  if (!counts(call))
    return Far;
  if (call.sink)
    return call.sink->tier == tier ? 0 : Far;
  uint32_t best = Far;
  for (BodyIndex target : entered(call))
    if (uint32_t behind = distances[unsigned(tier)][target]; behind != Far)
      best = std::min(best, behind + 1);
  return best;
}

std::vector<Reach::Step> Reach::chain(BodyIndex caller, const Call &call, Tier tier) const {
  std::vector<Step> result;
  uint32_t left = distance(call, tier);
  if (left == Far)
    return result;
  const std::vector<uint32_t> &far = distances[unsigned(tier)];
  // Each step takes the first call that is one nearer to a sink, so that the chain is always the
  // same.
  for (result.push_back({caller, &call}); left != 0; --left) {
    std::vector<BodyIndex> targets = entered(*result.back().call);
    BodyIndex next = *llvm::find_if(targets, [&](BodyIndex b) { return far[b] == left - 1; });
    const auto &calls = program.body(next).calls;
    auto onward =
        llvm::find_if(calls, [&](const Call &c) { return distance(c, tier) == left - 1; });
    result.push_back({next, &*onward});
  }
  return result;
}

std::vector<BodyIndex> Reach::closure(std::vector<BodyIndex> from) const {
  std::vector<BodyIndex> result;
  std::set<BodyIndex> seen;
  while (!from.empty()) {
    BodyIndex index = from.back();
    from.pop_back();
    if (!seen.insert(index).second)
      continue;
    result.push_back(index);
    for (const Call &call : program.body(index).calls)
      if (counts(call))
        llvm::append_range(from, entered(call));
  }
  return result;
}

unsigned Reach::countSinks(const Call &call, Tier tier) const {
  std::set<Place> places;
  auto note = [&](const Call &c) {
    if (c.sink && c.sink->tier == tier && counts(c))
      places.insert(c.place);
  };
  note(call);
  for (BodyIndex index : closure(entered(call)))
    for (const Call &inner : program.body(index).calls)
      note(inner);
  return unsigned(places.size());
}

unsigned Reach::countUnknown(const std::vector<BodyIndex> &from) const {
  unsigned unknown = 0;
  for (BodyIndex index : closure(from)) {
    unknown += program.body(index).unknownCalls;
    for (const Call &call : program.body(index).calls)
      unknown += unsigned(call.callee != 0 && program.targets(call).empty());
  }
  return unknown;
}

} // namespace async_tidy
