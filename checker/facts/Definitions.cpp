#include "facts/Definitions.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

void Definitions::note(uint32_t unit, const Directory &directory,
                       llvm::ArrayRef<EntityId> identities) {
  note(bodies, {unit, false, 0}, directory.bodies, identities.take_front(directory.bodies.size()));
  note(variables, {unit, true, 0}, directory.variables,
       identities.slice(directory.bodies.size(), directory.variables.size()));
}

/// `at`: the first of `entries`.
void Definitions::note(Seen &seen, Doubt at, llvm::ArrayRef<DirectoryEntry> entries,
                       llvm::ArrayRef<EntityId> identities) {
  seen.ids.numberAll(identities, [&](uint32_t number) {
    uint64_t hash = entries[at.entry].hash;
    if (number == seen.firsts.size()) {
      seen.firsts.push_back({hash, at.unit, at.entry});
      seen.bytes += entries[at.entry].size;
    }
    First &first = seen.firsts[number];
    if (first.hash != hash) {
      if (!first.isDoubtful)
        doubts.push_back({first.unit, at.isVariable, first.entry});
      first.isDoubtful = true;
      doubts.push_back(at);
    }
    ++at.entry;
  });
}

std::vector<Definitions::Doubt> Definitions::takeDoubts() {
  bodies = {};
  variables = {};
  llvm::sort(doubts);
  return std::exchange(doubts, {});
}

void Definitions::define(EntityId id, llvm::StringRef file, Place place) {
  auto [at, isNew] = places.try_emplace(id, file.str(), place.line, place.column);
  if (!isNew && at->second != std::tuple(file, place.line, place.column))
    twice.insert(id);
}

} // namespace async_tidy
