// One unit's facts as a file: sections of records, with tables of their texts and identities. The
// same facts give the same bytes.
#ifndef ASYNC_TIDY_FACTS_FACTSFILE_H
#define ASYNC_TIDY_FACTS_FACTSFILE_H

#include "facts/Facts.h"
#include "llvm/Support/Error.h"

namespace async_tidy {

/// What files of facts are called.
constexpr llvm::StringLiteral FactsSuffix = ".facts";

/// The bytes of the file of `unit`, which must be normalized.
std::string encodeFacts(const Unit &unit);

/// Reads what encodeFacts gave. The error says what is wrong; `file` may be anything.
llvm::Expected<Unit> decodeFacts(llvm::StringRef file);

/// Writes `unit` to a temporary file next to `path` and renames it, so that `path` is whole or not
/// there at all.
llvm::Error saveFacts(const Unit &unit, llvm::StringRef path);

/// Reads the facts file `path`; errors name it.
llvm::Expected<Unit> loadFacts(llvm::StringRef path);

/// Reads only from which files the unit of the facts file `path` was made. The error names it, also
/// if anything else in it is not as it was written.
llvm::Expected<std::vector<FileRead>> loadReads(llvm::StringRef path);

} // namespace async_tidy

#endif
