// Where the code of a line runs, and how that is known.
#ifndef ASYNC_TIDY_REPORT_WHY_H
#define ASYNC_TIDY_REPORT_WHY_H

#include "infer/Roots.h"
#include "report/Words.h"

namespace async_tidy {

/// One message for each body that the line is part of, the innermost first: where it runs, and the
/// hand-offs, calls and values behind that. Empty if no body stands there.
std::vector<Message> explain(const Program &program, const Links &links, const Roots &roots,
                             llvm::StringRef file, uint32_t line);

/// One message for each line of `file` on which something happens: where it runs.
std::vector<Message> explainAll(const Program &program, const Links &links, const Roots &roots,
                                llvm::StringRef file);

} // namespace async_tidy

#endif
