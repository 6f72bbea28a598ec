// Number identities and texts in the order in which they first come. Tables of their own, since a
// link asks them for each of every unit, and waits for memory most of that time: what is asked next
// can be told ahead, and nothing is allocated an entry.
#ifndef ASYNC_TIDY_FACTS_NUMBERTABLES_H
#define ASYNC_TIDY_FACTS_NUMBERTABLES_H

#include "facts/Term.h"
#include "support/LargeMemory.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>
#include <bit>

namespace async_tidy {

using TextHash = llvm::XXH128_hash_t;

/// Numbers by keys, which are hashes, or may be anything.
template <class Key> class NumberSlots {
public:
  /// Lets the memory that `find(key)` will look at come closer.
  void prefetch(Key key) const {
    if (!slots.empty())
      __builtin_prefetch(&slots[begin(key)]);
  }

  /// Makes room for `count` keys.
  void reserve(size_t count) {
    if (count * 2 > slots.size())
      grow(std::bit_ceil(count * 2));
  }

  /// The number of `key`; if it has none, it becomes `next`, which is how many there are.
  uint32_t find(Key key, size_t next) {
    constexpr size_t Least = 1024;
    if ((next + 1) * 2 > slots.size())
      grow(std::max(slots.size() * 2, Least));
    Slot &slot = slotOf(key);
    if (slot.number == None)
      slot = {key, uint32_t(next)};
    return slot.number;
  }

private:
  static constexpr uint32_t None = UINT32_MAX;

  struct Slot {
    Key key = {};
    uint32_t number = None;
  };

  static uint64_t word(EntityId id) { return id; }

  static uint64_t word(TextHash hash) { return hash.low64; }

  static bool areSame(EntityId a, EntityId b) { return a == b; }

  static bool areSame(TextHash a, TextHash b) { return a.low64 == b.low64 && a.high64 == b.high64; }

  size_t begin(Key key) const {
    constexpr uint64_t Spread = 0x9e3779b97f4a7c15;
    return size_t((word(key) * Spread) >> 20) & (slots.size() - 1);
  }

  Slot &slotOf(Key key) {
    size_t at = begin(key);
    while (slots[at].number != None && !areSame(slots[at].key, key))
      at = (at + 1) & (slots.size() - 1);
    return slots[at];
  }

  void grow(size_t size) {
    LargeVector<Slot> old(size);
    old.swap(slots);
    for (const Slot &slot : old)
      if (slot.number != None)
        slotOf(slot.key) = slot;
  }

  LargeVector<Slot> slots; // its size is a power of two
};

/// How many entries ahead memory is asked for.
constexpr size_t Ahead = 16;

class IdTable {
public:
  void reserve(size_t count) {
    ids.reserve(count);
    slots.reserve(count);
  }

  /// The number of `id`, a new one if it has none yet.
  uint32_t number(EntityId id) {
    uint32_t number = slots.find(id, ids.size());
    if (number == ids.size())
      ids.push_back(id);
    return number;
  }

  /// Gives numbers to all of `some`, and calls `take` with each.
  template <class Take> void numberAll(llvm::ArrayRef<EntityId> some, Take take) {
    for (size_t i = 0; i != some.size(); ++i) {
      if (i + Ahead < some.size())
        slots.prefetch(some[i + Ahead]);
      take(number(some[i]));
    }
  }

  /// All identities, by number.
  const std::vector<EntityId> &all() const { return ids; }

private:
  std::vector<EntityId> ids;
  NumberSlots<EntityId> slots;
};

inline TextHash hashOfText(llvm::StringRef text) {
  return llvm::xxh3_128bits({text.bytes_begin(), text.size()});
}

/// Texts one after the other, with their hashes.
struct HashedTexts {
  std::string bytes;
  std::vector<uint64_t> ends; // of each, in the bytes
  std::vector<TextHash> hashes;

  /// What was added to the bytes since the last one is a text.
  void endText() {
    hashes.push_back(hashOfText(llvm::StringRef(bytes).substr(ends.empty() ? 0 : ends.back())));
    ends.push_back(bytes.size());
  }

  size_t size() const { return ends.size(); }

  llvm::StringRef operator[](size_t number) const {
    return llvm::StringRef(bytes).slice(number == 0 ? 0 : ends[number - 1], ends[number]);
  }
};

/// Texts of one hash are taken for one.
class TextTable {
public:
  /// Makes room for texts of so many bytes in all. What is not needed takes no memory.
  void reserve(size_t size) { bytes.reserve(size); }

  /// The number of `text`, a new one if it has none yet.
  uint32_t number(llvm::StringRef text) { return number(text, hashOfText(text)); }

  uint32_t number(llvm::StringRef text, TextHash hash) {
    uint32_t number = slots.find(hash, ends.size());
    if (number == ends.size()) {
      bytes.insert(bytes.end(), text.begin(), text.end());
      ends.push_back(bytes.size());
    }
    return number;
  }

  /// The numbers of all of `some`.
  template <class Texts>
  void numberAll(const Texts &some, llvm::ArrayRef<TextHash> hashes,
                 llvm::MutableArrayRef<uint32_t> numbers) {
    for (size_t i = 0; i != some.size(); ++i) {
      if (i + Ahead < some.size())
        slots.prefetch(hashes[i + Ahead]);
      numbers[i] = number(some[i], hashes[i]);
    }
  }

  size_t size() const { return ends.size(); }

  /// The text with this number.
  llvm::StringRef operator[](size_t number) const {
    return all().slice(number == 0 ? 0 : ends[number - 1], ends[number]);
  }

  /// All texts, one after the other.
  llvm::StringRef all() const { return {bytes.data(), bytes.size()}; }

private:
  LargeVector<char> bytes;
  LargeVector<uint64_t> ends; // where each ends in that
  NumberSlots<TextHash> slots;
};

} // namespace async_tidy

#endif
