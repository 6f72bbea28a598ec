// Parts of sentences that several checks use.
#ifndef ASYNC_TIDY_REPORT_PHRASES_H
#define ASYNC_TIDY_REPORT_PHRASES_H

#include "report/Words.h"

namespace async_tidy {

std::string quoted(llvm::StringRef name);

/// "coroutine 'serve'", "a lambda", "'main'".
std::string bodyName(const Body &body);

/// "'load' calls 'read' here". `runs`: the body that is entered, null if none is.
std::string stepText(const Body &caller, const Call &call, const Body *runs);

/// Why `root` is loop code.
Remark reasonText(const Body &root, const LoopReason &why, const Program &program);

} // namespace async_tidy

#endif
