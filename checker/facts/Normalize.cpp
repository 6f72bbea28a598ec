#include "facts/Facts.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

namespace async_tidy {

namespace {

template <class T> void sortUnique(std::vector<T> &items) {
  llvm::sort(items);
  items.erase(llvm::unique(items), items.end());
}

void forEachFile(Unit &unit, llvm::function_ref<void(uint32_t &)> visit) {
  for (Body &body : unit.bodies)
    async_tidy::forEachFile(body, visit);
  for (Variable &variable : unit.variables)
    visit(variable.place.file);
  for (Suppression &suppression : unit.suppressions)
    visit(suppression.file);
}

/// Leaves only those variables that a term mentions, or whose alias one is.
void dropUnmentioned(Unit &unit) {
  std::set<EntityId> mentioned;
  for (Body &body : unit.bodies) {
    for (Alias &alias : body.aliases)
      mentioned.insert(alias.variable);
    for (HandOff &handOff : body.handOffs)
      mentioned.insert(handOff.holder);
    forEachTerm(body, [&](Term &term) {
      forEachIdentity(term, [&](EntityId &id) { mentioned.insert(id); });
    });
  }
  llvm::erase_if(unit.variables, [&](const Variable &v) { return !mentioned.contains(v.id); });
}

} // namespace

void sortRecords(Body &body) {
  sortUnique(body.calls);
  sortUnique(body.handOffs);
  sortUnique(body.awaits);
  sortUnique(body.returns);
  sortUnique(body.overrides);
  sortUnique(body.uses);
  sortUnique(body.gives);
  sortUnique(body.aliases);
  sortUnique(body.loops);
  sortUnique(body.stores);
  sortUnique(body.locks);
  for (HeldLock &lock : body.heldLocks)
    sortUnique(lock.children);
  sortUnique(body.heldLocks);
  sortUnique(body.sleepsWith);
  sortUnique(body.wakes);
  sortUnique(body.waits);
  sortUnique(body.forgotten);
  sortUnique(body.captures);
  sortUnique(body.pauses);
  for (Stretch &stretch : body.stretches)
    sortUnique(stretch.places);
  sortUnique(body.goesOn);
  if (body.isolation)
    sortUnique(body.isolation->calls);
  for (AwaitSeries &series : body.series)
    sortUnique(series.isolation.calls);
  sortUnique(body.series);
}

void normalize(Unit &unit) {
  dropUnmentioned(unit);
  std::map<std::string, uint32_t> order;
  forEachFile(unit, [&](uint32_t &file) { order.emplace(unit.files[file], 0); });
  std::vector<std::string> sorted;
  for (auto &[file, index] : order) {
    index = uint32_t(sorted.size());
    sorted.push_back(file);
  }
  forEachFile(unit, [&](uint32_t &file) { file = order[unit.files[file]]; });
  unit.files = std::move(sorted);

  for (Body &body : unit.bodies)
    sortRecords(body);
  sortUnique(unit.variables);
  sortUnique(unit.bodies);
  sortUnique(unit.suppressions);
  sortUnique(unit.advice);
  sortUnique(unit.reads);
  for (PublicFunction &function : unit.offers)
    sortUnique(function.bodies);
  sortUnique(unit.offers);
  sortUnique(unit.ownPacks);
}

} // namespace async_tidy
