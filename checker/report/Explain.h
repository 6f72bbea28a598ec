// --explain: what is known of a name, in words.
#ifndef ASYNC_TIDY_REPORT_EXPLAIN_H
#define ASYNC_TIDY_REPORT_EXPLAIN_H

#include "knowledge/Knowledge.h"

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// Writes what `knowledge` says of the function or type `name`, which is absolute, and where that
/// stands. Whether it says anything; if not, what is most like that name is written.
bool explainName(const Knowledge &knowledge, llvm::StringRef name, llvm::raw_ostream &out);

} // namespace async_tidy

#endif
