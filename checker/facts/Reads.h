// The list of what a unit read, or looked for in vain: one name in many folders, most of it, so it
// is written as names and as the folders that each was looked for in.
#ifndef ASYNC_TIDY_FACTS_READS_H
#define ASYNC_TIDY_FACTS_READS_H

#include "facts/Facts.h"
#include "llvm/Support/Error.h"

namespace async_tidy {

/// The hash of what was read, never 0. It is not longer than it must be, since a unit has hundreds.
uint64_t hashOfRead(llvm::StringRef contents);

/// Appends `reads` to `out`; nothing if there are none.
void writeReads(llvm::ArrayRef<FileRead> reads, std::string &out);

/// Calls `visit` for each of what writeReads wrote, folder by folder.
llvm::Error forEachRead(llvm::StringRef bytes,
                        llvm::function_ref<void(llvm::StringRef path, uint64_t hash)> visit);

/// What writeReads wrote, by path.
llvm::Expected<std::vector<FileRead>> readReads(llvm::StringRef bytes);

} // namespace async_tidy

#endif
