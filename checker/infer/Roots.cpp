#include "infer/Roots.h"
#include <set>

namespace async_tidy {

Roots::Roots(const Program &program)
    : program(program), loops(program.bodies().size()), workers(program.bodies().size()),
      hasOrigin(program.bodies().size()) {
  seed();
  spread();
  presume();
}

const LoopReason *Roots::onLoop(BodyIndex body) const {
  return loops[body] ? &*loops[body] : nullptr;
}

bool Roots::isRunnable(BodyIndex body) const {
  BodyKind kind = program.body(body).kind;
  return kind == BodyKind::Task || kind == BodyKind::AsyncGenerator;
}

void Roots::addLoop(BodyIndex body, LoopReason reason) {
  if (!isRunnable(body))
    return;
  // A proof replaces a presumption; otherwise the first reason stays.
  if (loops[body] && loops[body]->confidence >= reason.confidence)
    return;
  loops[body] = std::move(reason);
  todo.push_back(body);
}

void Roots::addWorker(BodyIndex body) {
  if (!isRunnable(body) || workers[body])
    return;
  workers[body] = true;
  todo.push_back(body);
}

/// The coroutines that run when the result of `id` is spawned or awaited: its own body, or those
/// whose tasks it returns.
std::vector<BodyIndex> Roots::coroutinesOf(EntityId id) const {
  std::vector<BodyIndex> result;
  std::set<EntityId> seen;
  std::vector<EntityId> ids{id};
  while (!ids.empty()) {
    auto body = program.find(ids.back());
    ids.pop_back();
    if (!body || !seen.insert(program.body(*body).id).second)
      continue;
    if (isRunnable(*body))
      result.push_back(*body);
    else
      for (const TaskReturn &result : program.body(*body).returns)
        ids.push_back(result.child);
  }
  return result;
}

/// Spawns with a known executor.
void Roots::seed() {
  for (const Body &body : program.bodies())
    for (const HandOff &handOff : body.handOffs)
      for (BodyIndex target : coroutinesOf(handOff.target)) {
        if (handOff.where == Where::Worker)
          addWorker(target);
        else if (handOff.where == Where::Loop)
          addLoop(target, {LoopReason::Kind::Spawned, Confidence::Proven, handOff.place,
                           handOff.via, handOff.executor, 0});
        else
          unclearSpawns.emplace(target, &handOff);
        hasOrigin[target] =
            hasOrigin[target] || handOff.where == Where::Worker || handOff.where == Where::Loop;
      }
  for (BodyIndex parent = 0; parent != program.bodies().size(); ++parent) {
    if (!isRunnable(parent))
      continue;
    auto note = [&](EntityId id) {
      for (BodyIndex child : coroutinesOf(id))
        hasOrigin[child] = hasOrigin[child] || child != parent;
    };
    for (const Await &await : program.body(parent).awaits)
      note(await.child);
    for (const HandOff &handOff : program.body(parent).handOffs)
      if (handOff.where == Where::Here)
        note(handOff.target);
  }
}

/// Awaited children, and those spawned on the coroutine's own executor, run where their parent
/// does.
void Roots::spread() {
  while (!todo.empty()) {
    BodyIndex parent = todo.back();
    todo.pop_back();
    auto pass = [&](EntityId id, LoopReason reason) {
      for (BodyIndex child : coroutinesOf(id)) {
        if (workers[parent])
          addWorker(child);
        if (!loops[parent])
          continue;
        reason.confidence = loops[parent]->confidence;
        addLoop(child, reason);
      }
    };
    const Body &body = program.body(parent);
    for (const Await &await : body.awaits)
      pass(await.child, {LoopReason::Kind::Awaited, {}, await.place, "", "", parent});
    for (const HandOff &handOff : body.handOffs)
      if (handOff.where == Where::Here)
        pass(handOff.target,
             {LoopReason::Kind::Spawned, {}, handOff.place, handOff.via, handOff.executor, parent});
  }
}

/// Tasks of which nothing is seen; then, in order, what only a circle of awaits leads to.
void Roots::presume() {
  for (bool onlyOriginless : {true, false})
    for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
      if (loops[body] || workers[body] || (onlyOriginless && hasOrigin[body]))
        continue;
      addLoop(body, presumption(body));
      spread();
    }
}

LoopReason Roots::presumption(BodyIndex body) const {
  auto at = unclearSpawns.find(body);
  if (at == unclearSpawns.end())
    return {};
  const HandOff &spawn = *at->second;
  return {LoopReason::Kind::SpawnedNoIdea,
          Confidence::Presumed,
          spawn.place,
          spawn.via,
          spawn.executor,
          0};
}

} // namespace async_tidy
