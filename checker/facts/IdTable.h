// Numbers identities in the order in which they first come. A table of its own, since a link asks
// it for each identity of each unit: two numbers a slot, no allocation an entry.
#ifndef ASYNC_TIDY_FACTS_IDTABLE_H
#define ASYNC_TIDY_FACTS_IDTABLE_H

#include "facts/Term.h"
#include <algorithm>

namespace async_tidy {

class IdTable {
public:
  /// The number of `id`, a new one if it has none yet.
  uint32_t number(EntityId id) {
    if ((ids.size() + 1) * 2 > slots.size())
      grow();
    uint32_t &slot = slotOf(id);
    if (slot == 0) {
      ids.push_back(id);
      slot = uint32_t(ids.size());
    }
    return slot - 1;
  }

  /// All identities, by number.
  const std::vector<EntityId> &all() const { return ids; }

private:
  /// Where `id` stands, or would. Identities are hashes, but what is read may be anything.
  uint32_t &slotOf(EntityId id) {
    size_t mask = slots.size() - 1;
    constexpr uint64_t Spread = 0x9e3779b97f4a7c15;
    size_t at = size_t((id * Spread) >> 20) & mask;
    while (slots[at] != 0 && ids[slots[at] - 1] != id)
      at = (at + 1) & mask;
    return slots[at];
  }

  void grow() {
    slots.assign(std::max<size_t>(slots.size() * 2, 1024), 0);
    for (uint32_t i = 0; i != ids.size(); ++i)
      slotOf(ids[i]) = i + 1;
  }

  std::vector<EntityId> ids;
  std::vector<uint32_t> slots; // number + 1; 0: free. Its size is a power of two
};

} // namespace async_tidy

#endif
