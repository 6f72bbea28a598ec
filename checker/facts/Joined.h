// The facts of many units while they are joined: one table of texts, identities and files, one
// record an identity.
#ifndef ASYNC_TIDY_FACTS_JOINED_H
#define ASYNC_TIDY_FACTS_JOINED_H

#include "facts/Facts.h"
#include "facts/IdTable.h"
#include "facts/ProgramFile.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include <map>
#include <set>

namespace async_tidy {

/// Where names are defined.
class Definitions {
public:
  void add(EntityId id, Place place) {
    uint32_t number = ids.number(id);
    if (number == places.size())
      places.push_back(place);
    else if (places[number] != place)
      twice.insert(id);
  }

  /// Whether there are two definitions in two places.
  bool differ(EntityId id) const { return twice.contains(id); }

private:
  IdTable ids;
  std::vector<Place> places; // by the numbers of their identities
  std::set<EntityId> twice;
};

/// Records as bytes, by the numbers of their identities. What the first unit says of one is kept
/// apart from what others say differently.
class RecordPool {
public:
  /// Whether the record of `id` with this hash is known; a hash of 0 is that of none.
  bool has(uint32_t id, uint64_t hash) const;

  /// Adds a record that `has` does not know.
  void add(uint32_t id, uint64_t hash, bool isDefined, llvm::StringRef bytes);

  struct Other {
    uint64_t hash;
    bool isDefined;
    std::string bytes;
  };

  /// The identities that units say different things of, with all but the first of these.
  const std::map<uint32_t, std::vector<Other>> &others() const { return differing; }

  /// Puts one record in the place of all of `id`.
  void replace(uint32_t id, llvm::StringRef bytes);

  /// Whether there is a record of `id`, and what the first unit says.
  bool contains(uint32_t id) const { return id < slots.size() && slots[id].size != 0; }

  bool isDefined(uint32_t id) const { return slots[id].isDefined; }

  llvm::StringRef bytes(uint32_t id) const {
    return llvm::StringRef(arena).substr(slots[id].begin, slots[id].size);
  }

  /// One more than the largest number of an identity.
  uint32_t end() const { return uint32_t(slots.size()); }

private:
  struct Slot {
    uint64_t begin = 0;
    uint64_t hash = 0;
    uint32_t size = 0; // a record takes at least one byte
    bool isDefined = false;
  };

  std::string arena;
  std::vector<Slot> slots;
  std::map<uint32_t, std::vector<Other>> differing;
};

class Joined {
public:
  IdTable identities;
  RecordPool bodies;
  RecordPool variables;
  std::set<Suppression> suppressions;
  std::set<Advice> advice;

  /// Notes a file; gives its number for now.
  uint32_t addFile(llvm::StringRef file) {
    return fileNumbers.try_emplace(file, uint32_t(fileNumbers.size())).first->second;
  }

  /// Gives files their final numbers, once all are noted: so places keep their order.
  void sortFiles();

  uint32_t fileNumber(llvm::StringRef file) const { return fileNumbers.lookup(file); }

  uint32_t textNumber(llvm::StringRef text);

  /// `sum`: see LinkedUnit.
  void addUnit(llvm::StringRef mainFile, uint64_t sum, llvm::ArrayRef<FileRead> reads);

  /// Settles what units say differently, and writes the program file. `inputs`: see inputsHash.
  llvm::Error write(uint64_t inputs, llvm::raw_ostream &out);

private:
  friend class JoinedTables;

  llvm::Error settleBodies();
  llvm::Error settleVariables();
  void writeHead(std::string &head);
  void writeBodies(class SectionWriter &sections) const;

  llvm::StringMap<uint32_t> fileNumbers;
  std::vector<llvm::StringRef> files; // by number
  llvm::StringMap<uint32_t> textNumbers;
  std::vector<llvm::StringRef> texts;
  llvm::StringMap<uint32_t> readNumbers; // by path and hash
  std::vector<FileRead> reads;
  std::vector<LinkedUnit> units;
};

} // namespace async_tidy

#endif
