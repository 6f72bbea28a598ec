// Facts as JSON, to a file and back. The same facts give the same bytes.
#ifndef ASYNC_TIDY_FACTS_FACTSJSON_H
#define ASYNC_TIDY_FACTS_FACTSJSON_H

#include "facts/Facts.h"
#include "llvm/Support/Error.h"

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// The version of the format; a reader takes no other.
constexpr int64_t FactsFormat = 7;

/// Writes `unit`, which must be normalized.
void writeFacts(const Unit &unit, llvm::raw_ostream &out);

/// Reads what writeFacts wrote. The error names what is wrong; `text` may be anything.
llvm::Expected<Unit> readFacts(llvm::StringRef text);

/// Writes `unit` to a temporary file next to `path` and renames it, so that `path` is whole or not
/// there at all.
llvm::Error saveFacts(const Unit &unit, llvm::StringRef path);

/// Reads the facts file `path`; errors name it.
llvm::Expected<Unit> loadFacts(llvm::StringRef path);

} // namespace async_tidy

#endif
