#include "facts/Facts.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

namespace async_tidy {

void forEachFile(Body &body, llvm::function_ref<void(uint32_t &)> visit) {
  visit(body.place.file);
  visit(body.end.file);
  if (body.runs != Where::Unknown)
    visit(body.runsPlace.file);
  for (Call &call : body.calls)
    visit(call.place.file);
  for (HandOff &handOff : body.handOffs) {
    visit(handOff.place.file);
    for (Place &place : handOff.waits)
      visit(place.file);
    for (Place &place : handOff.after)
      visit(place.file);
  }
  for (Await &await : body.awaits)
    visit(await.place.file);
  for (Use &use : body.uses)
    visit(use.place.file);
  for (Store &store : body.stores)
    visit(store.place.file);
  for (Stretch &stretch : body.stretches)
    for (Place &place : stretch.places)
      visit(place.file);
  for (LoopRange &loop : body.loops) {
    visit(loop.begin.file);
    visit(loop.end.file);
  }
  for (LockRange &lock : body.locks) {
    visit(lock.begin.file);
    visit(lock.end.file);
  }
  for (Wake &wake : body.wakes)
    visit(wake.place.file);
  for (Wait &wait : body.waits)
    visit(wait.place.file);
}

void forEachTerm(Body &body, llvm::function_ref<void(Term &)> visit) {
  auto visitAll = [&](std::vector<Term> &terms) {
    for (Term &term : terms)
      visit(term);
  };
  for (Call &call : body.calls) {
    visit(call.value);
    visitAll(call.passed);
  }
  for (HandOff &handOff : body.handOffs) {
    visit(handOff.target);
    visit(handOff.where);
    visitAll(handOff.passed);
  }
  for (Await &await : body.awaits)
    visit(await.task);
  for (Store &store : body.stores) {
    visit(store.target);
    visit(store.value);
  }
  for (TaskReturn &result : body.returns)
    visitAll(result.passed);
  for (Use &use : body.uses)
    visit(use.thing);
  for (Alias &alias : body.aliases)
    visit(alias.value);
  for (Stretch &stretch : body.stretches)
    visit(stretch.where);
  for (Stretch &stretch : body.goesOn)
    visit(stretch.where);
  visitAll(body.gives);
}

void forEachIdentity(Body &body, llvm::function_ref<void(EntityId &)> visit) {
  visit(body.id);
  visit(body.around);
  for (Call &call : body.calls)
    visit(call.callee);
  for (TaskReturn &result : body.returns)
    visit(result.child);
  for (EntityId &id : body.overrides)
    visit(id);
  for (Alias &alias : body.aliases) {
    visit(alias.variable);
    visit(alias.field);
  }
  for (HandOff &handOff : body.handOffs)
    visit(handOff.holder);
  for (LockRange &lock : body.locks)
    visit(lock.mutex);
  for (Wait &wait : body.waits)
    visit(wait.thing);
  forEachTerm(body, [&](Term &term) { forEachIdentity(term, visit); });
}

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

  for (Body &body : unit.bodies) {
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
    sortUnique(body.wakes);
    sortUnique(body.waits);
    for (Stretch &stretch : body.stretches)
      sortUnique(stretch.places);
    sortUnique(body.goesOn);
  }
  sortUnique(unit.variables);
  sortUnique(unit.bodies);
  sortUnique(unit.suppressions);
  sortUnique(unit.advice);
}

} // namespace async_tidy
