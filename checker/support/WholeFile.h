// Files that are whole at any time, whoever reads them and whatever ends us.
#ifndef ASYNC_TIDY_SUPPORT_WHOLEFILE_H
#define ASYNC_TIDY_SUPPORT_WHOLEFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// Lets `write` fill a temporary file next to `path`, which then takes its place. Errors of files
/// name `path`; those of `write` stay as they are, and leave what was there.
llvm::Error writeWholeFile(llvm::StringRef path,
                           llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write);

} // namespace async_tidy

#endif
