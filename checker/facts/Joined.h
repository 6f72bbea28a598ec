// The facts of many units while they are joined: one table of texts, identities and files, one
// record an identity.
#ifndef ASYNC_TIDY_FACTS_JOINED_H
#define ASYNC_TIDY_FACTS_JOINED_H

#include "facts/Definitions.h"
#include "facts/Facts.h"
#include "facts/ProgramFile.h"
#include "support/PagesAhead.h"
#include "llvm/Support/Error.h"
#include <map>
#include <set>

namespace async_tidy {

/// Records as bytes, by the numbers of their identities. What the first unit says of one is kept
/// apart from what others say differently.
class RecordPool {
public:
  /// Whether the record of `id` with this hash is known; a hash of 0 is that of none.
  bool has(uint32_t id, uint64_t hash) const;

  /// Makes room for so many records, of so many bytes in the units; in a program numbers are
  /// larger, and other identities have numbers too. What is not needed takes no memory.
  void reserve(Definitions::Amount amount, PagesAhead &pages) {
    arena.reserve(amount.bytes * 2);
    pages.add(arena.data(), amount.bytes + amount.bytes / 4);
    slots.reserve(amount.names * 2);
    pages.add(slots.data(), amount.names * sizeof(Slot));
  }

  void prefetch(uint32_t id) const {
    if (id < slots.size())
      __builtin_prefetch(&slots[id]);
  }

  /// Adds a record that `has` does not know.
  void add(uint32_t id, uint64_t hash, llvm::StringRef bytes);

  struct Other {
    uint64_t hash;
    std::string bytes;
  };

  /// The identities that units say different things of, with all but the first of these.
  const std::map<uint32_t, std::vector<Other>> &others() const { return differing; }

  /// Puts one record in the place of all of `id`.
  void replace(uint32_t id, llvm::StringRef bytes);

  /// Whether there is a record of `id`, and what the first unit says.
  bool contains(uint32_t id) const { return id < slots.size() && slots[id].size != 0; }

  llvm::StringRef bytes(uint32_t id) const { return all().substr(slots[id].begin, slots[id].size); }

  /// All records that ever were in the pool, and where in that of `id` begins.
  llvm::StringRef all() const { return {arena.data(), arena.size()}; }

  uint64_t begin(uint32_t id) const { return slots[id].begin; }

  /// One more than the largest number of an identity.
  uint32_t end() const { return uint32_t(slots.size()); }

private:
  struct Slot {
    uint64_t begin = 0;
    uint64_t hash = 0;
    uint32_t size = 0; // a record takes at least one byte
  };

  LargeVector<char> arena;
  LargeVector<Slot> slots;
  std::map<uint32_t, std::vector<Other>> differing;
};

class Joined {
public:
  IdTable identities;
  TextTable texts;
  RecordPool bodies;
  RecordPool variables;
  std::set<Suppression> suppressions;
  std::set<Advice> advice;

  /// Makes room for about so much; of texts, as many bytes as units have, with repeats.
  void reserve(Definitions::Amount forBodies, Definitions::Amount forVariables,
               uint64_t textBytes) {
    constexpr uint64_t Much = uint64_t(1) << 28; // files may say anything
    texts.reserve(size_t(std::min(textBytes, Much)));
    identities.reserve(forBodies.names + forVariables.names);
    bodies.reserve(forBodies, pages);
    variables.reserve(forVariables, pages);
    pages.start();
  }

  void addFile(llvm::StringRef file) { fileNames.number(file); }

  /// Gives files their numbers, once all are noted: so places keep their order.
  void sortFiles();

  uint32_t fileNumber(llvm::StringRef file) { return fileOrder[fileNames.number(file)]; }

  /// `sum`: see LinkedUnit. `unitReads`: the hash of each, eight bytes, before its path.
  void addUnit(llvm::StringRef mainFile, uint64_t sum, const HashedTexts &unitReads);

  /// Settles what units say differently, and writes the program file. `inputs`: see inputsHash.
  llvm::Error write(uint64_t inputs, llvm::raw_ostream &out);

private:
  friend class JoinedTables;

  llvm::Error settleBodies();
  llvm::Error settleVariables();
  void writeHead(uint64_t inputs, SectionWriter &sections);
  std::vector<std::pair<EntityId, uint32_t>> inOrder(const RecordPool &pool) const;
  void writeBodies(SectionWriter &sections) const;

  TextTable fileNames;             // in the order in which they came
  std::vector<uint32_t> fileOrder; // the number of each of these
  std::vector<uint32_t> files;     // the inverse
  TextTable reads;                 // hashes and paths, see addUnit
  std::vector<LinkedUnit> units;
  PagesAhead pages; // last: it ends before what it works on
};

} // namespace async_tidy

#endif
