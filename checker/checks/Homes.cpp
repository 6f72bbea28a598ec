#include "checks/Homes.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

Homes::Homes(const CheckInput &input) : input(input) {
  const Program &program = input.program;
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    for (const Use &use : program.body(body).uses) {
      if (use.kind != UseKind::Make)
        continue;
      if (isNothing(use.thing)) {
        allMade.insert(use.type);
        continue;
      }
      bool isOnWorker = false;
      program.body(body).forEachStretch(use.stretches, [&](uint32_t stretch) {
        isOnWorker |= input.roots.onWorker(input.links.statementsOf(body, stretch)) != nullptr;
      });
      Term thing = input.things.resolved(use.thing, body);
      if (EntityId id = resourceOf(thing))
        makings[id].push_back({&use, std::move(thing), isOnWorker});
    }
}

/// Whether the thing, or an object on the way to it, may have been made by a worker itself.
bool Homes::isMadeOnWorker(const Term &thing) const {
  if (auto at = makings.find(resourceOf(thing));
      at != makings.end() &&
      llvm::any_of(at->second, [](const Making &making) { return making.isOnWorker; }))
    return true;
  return !thing.parts.empty() && isMadeOnWorker(thing.parts[0]);
}

bool Homes::isForeign(const Access &worker) const {
  if (!worker.use->isAffine || worker.use->kind == UseKind::Move || isMadeOnWorker(worker.thing))
    return false;
  // Who hands it over on a worker may own it there.
  const Link &handOff = worker.handOff();
  if (input.links.isPlace(handOff.target()))
    return true;
  return !input.roots.onWorker(handOff.target());
}

const Use *Homes::makingOf(const Access &worker) const {
  auto at = makings.find(resourceOf(worker.thing));
  return at == makings.end() ? nullptr : at->second.front().use;
}

bool Homes::isExclusive(const Access &worker) const {
  if (!worker.use->needsMaker || allMade.contains(worker.use->type))
    return true;
  auto at = makings.find(resourceOf(worker.thing));
  return at != makings.end() && llvm::any_of(at->second, [&](const Making &making) {
           return making.use->type == worker.use->type &&
                  input.things.maybeSame(making.thing, worker.thing);
         });
}

} // namespace async_tidy
