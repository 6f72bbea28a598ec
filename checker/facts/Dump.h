// Facts as JSON, for people and for tests: with the names of files, and words for all that is one
// of several.
#ifndef ASYNC_TIDY_FACTS_DUMP_H
#define ASYNC_TIDY_FACTS_DUMP_H

#include "facts/Facts.h"

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// Writes `unit`, which must be normalized.
void dumpFacts(const Unit &unit, llvm::raw_ostream &out);

} // namespace async_tidy

#endif
