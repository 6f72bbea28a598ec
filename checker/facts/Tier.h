// How a call blocks, from worst to mildest; and the names that models, options and messages use.
#ifndef ASYNC_TIDY_FACTS_TIER_H
#define ASYNC_TIDY_FACTS_TIER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace async_tidy {

enum class Tier : uint8_t {
  Deadlock, // waits for its own loop
  Wait,     // unbounded: join, future, condition variable, semaphore
  Sleep,
  Network,
  Dns,
  Database,
  Process,
  Disk,
  Cpu, // password hashing, key generation, compression
  Lock,
  Console,
};

constexpr unsigned TierCount = static_cast<unsigned>(Tier::Console) + 1;

/// The name of `tier`, as written in models and in messages.
llvm::StringRef tierName(Tier tier);

/// The tier called `name`; nothing if there is none.
std::optional<Tier> tierFromName(llvm::StringRef name);

/// All tiers' names, in order.
llvm::ArrayRef<llvm::StringRef> tierNames();

/// What a call of `tier` keeps the thread waiting for, to stand after "until" or "while".
llvm::StringRef tierPhrase(Tier tier);

/// Tiers that are reported unless the user says otherwise: all but locks and console output, which
/// every program uses for moments that nobody feels.
bool isOnByDefault(Tier tier);

/// A set of tiers.
class TierSet {
public:
  static TierSet defaults();

  static TierSet none() { return {}; }

  void insert(Tier tier) { bits |= bit(tier); }

  void erase(Tier tier) { bits &= ~bit(tier); }

  bool contains(Tier tier) const { return (bits & bit(tier)) != 0; }

  bool empty() const { return bits == 0; }

  friend bool operator==(TierSet, TierSet) = default;

private:
  static uint16_t bit(Tier tier) { return uint16_t(1U << static_cast<unsigned>(tier)); }

  uint16_t bits = 0;
};

} // namespace async_tidy

#endif
