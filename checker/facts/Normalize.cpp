#include "facts/Facts.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

namespace async_tidy {

void forEachFile(Body &body, llvm::function_ref<void(uint32_t &)> visit) {
  visit(body.place.file);
  for (Call &call : body.calls)
    visit(call.place.file);
  for (HandOff &handOff : body.handOffs)
    visit(handOff.place.file);
  for (Await &await : body.awaits)
    visit(await.place.file);
}

void forEachIdentity(Body &body, llvm::function_ref<void(EntityId &)> visit) {
  visit(body.id);
  for (Call &call : body.calls)
    visit(call.callee);
  for (HandOff &handOff : body.handOffs)
    visit(handOff.target);
  for (Await &await : body.awaits)
    visit(await.child);
  for (EntityId &id : body.returns)
    visit(id);
  for (EntityId &id : body.overrides)
    visit(id);
}

namespace {

template <class T> void sortUnique(std::vector<T> &items) {
  llvm::sort(items);
  items.erase(llvm::unique(items), items.end());
}

void forEachFile(Unit &unit, llvm::function_ref<void(uint32_t &)> visit) {
  for (Body &body : unit.bodies)
    async_tidy::forEachFile(body, visit);
  for (Suppression &suppression : unit.suppressions)
    visit(suppression.file);
}

} // namespace

void normalize(Unit &unit) {
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
  }
  sortUnique(unit.bodies);
  sortUnique(unit.suppressions);
}

} // namespace async_tidy
