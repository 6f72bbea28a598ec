// Which names units define in different places: they belong to different programs.
#ifndef ASYNC_TIDY_FACTS_DEFINITIONS_H
#define ASYNC_TIDY_FACTS_DEFINITIONS_H

#include "facts/FactsTables.h"
#include "facts/NumberTables.h"
#include <map>
#include <set>

namespace async_tidy {

/// Nearly all names have one record, the same in all units that have any: then they have one place.
/// So only where records differ are they looked at.
class Definitions {
public:
  /// Notes what `unit` has: a number, one more than that of the unit before.
  void note(uint32_t unit, const Directory &directory, llvm::ArrayRef<EntityId> identities);

  /// How many names there are, and how many bytes one record of each has.
  struct Amount {
    size_t names = 0;
    size_t bytes = 0;
  };

  Amount bodyAmount() const { return bodies.amount(); }

  Amount variableAmount() const { return variables.amount(); }

  /// A record that must be looked at.
  struct Doubt {
    uint32_t unit;
    bool isVariable;
    uint32_t entry; // in the unit's directory
    friend auto operator<=>(const Doubt &, const Doubt &) = default;
  };

  /// All of these, by unit. Asked for once, when all units are noted.
  std::vector<Doubt> takeDoubts();

  /// Notes where one of them is defined.
  void define(EntityId id, llvm::StringRef file, Place place);

  /// Whether there are two definitions in two places. Asked when all doubts are settled.
  bool differ(EntityId id) const { return !twice.empty() && twice.contains(id); }

private:
  struct First {
    uint64_t hash;
    uint32_t unit;
    uint32_t entry;
    bool isDoubtful = false;
  };

  /// What was first seen of bodies, or of variables.
  struct Seen {
    IdTable ids;
    std::vector<First> firsts; // by the numbers of their identities
    size_t bytes = 0;          // of the records of these

    Amount amount() const { return {firsts.size(), bytes}; }
  };

  void note(Seen &seen, Doubt at, llvm::ArrayRef<DirectoryEntry> entries,
            llvm::ArrayRef<EntityId> identities);

  Seen bodies;
  Seen variables;
  std::vector<Doubt> doubts;
  std::map<EntityId, std::tuple<std::string, uint32_t, uint32_t>> places;
  std::set<EntityId> twice;
};

} // namespace async_tidy

#endif
