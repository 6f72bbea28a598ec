#include "facts/Tier.h"

namespace async_tidy {

namespace {

constexpr llvm::StringRef Names[] = {"deadlock", "wait", "sleep", "network", "dns",    "database",
                                     "process",  "disk", "cpu",   "lock",    "console"};
static_assert(std::size(Names) == TierCount);

constexpr llvm::StringRef Phrases[] = {
    "waits for the loop that it runs on",
    "waits until another thread or event lets it go on",
    "sleeps",
    "waits for the network",
    "waits for a name server",
    "waits for a database",
    "waits for another process",
    "waits for the disk",
    "computes for a long time",
    "waits for a lock",
    "waits for the terminal or whoever reads the output",
};
static_assert(std::size(Phrases) == TierCount);

} // namespace

llvm::StringRef tierName(Tier tier) {
  return Names[static_cast<unsigned>(tier)];
}

llvm::StringRef tierPhrase(Tier tier) {
  return Phrases[static_cast<unsigned>(tier)];
}

llvm::ArrayRef<llvm::StringRef> tierNames() {
  return Names;
}

std::optional<Tier> tierFromName(llvm::StringRef name) {
  for (unsigned i = 0; i != TierCount; ++i)
    if (Names[i] == name)
      return static_cast<Tier>(i);
  return std::nullopt;
}

bool isOnByDefault(Tier tier) {
  return tier != Tier::Lock && tier != Tier::Console;
}

TierSet TierSet::defaults() {
  TierSet set;
  for (unsigned i = 0; i != TierCount; ++i)
    if (isOnByDefault(static_cast<Tier>(i)))
      set.insert(static_cast<Tier>(i));
  return set;
}

} // namespace async_tidy
