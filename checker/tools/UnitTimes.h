// How long each unit took when it was last analysed, and how much memory: kept in one file from
// run to run, to plan the next. It is only ever advice; what cannot be read counts as not there.
#ifndef ASYNC_TIDY_TOOLS_UNITTIMES_H
#define ASYNC_TIDY_TOOLS_UNITTIMES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace async_tidy {

/// What the analysis of one unit takes.
struct UnitCost {
  std::chrono::milliseconds time{0};
  uint64_t peak = 0; // bytes of memory
};

class UnitTimes {
public:
  /// Reads what `folder` has. An empty name stands for no folder: nothing is known, and nothing is
  /// kept.
  explicit UnitTimes(llvm::StringRef folder);

  /// What is known of a unit; null if that is nothing.
  const UnitCost *find(llvm::StringRef name) const;

  /// `name` is made of letters, digits, '.', '-' and '_'.
  void set(llvm::StringRef name, UnitCost cost);

  /// Writes the file anew if anything was set; others see the old file or the new one. Units that
  /// were not set stay in it, but for those beyond a limit. The error names the file.
  llvm::Error save() const;

private:
  void read(llvm::StringRef text);

  std::string path;
  std::map<std::string, UnitCost, std::less<>> costs;
  std::set<std::string, std::less<>> isNew; // those that were set
};

} // namespace async_tidy

#endif
