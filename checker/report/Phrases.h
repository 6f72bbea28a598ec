// Parts of sentences that several checks use.
#ifndef ASYNC_TIDY_REPORT_PHRASES_H
#define ASYNC_TIDY_REPORT_PHRASES_H

#include "report/Words.h"

namespace async_tidy {

std::string quoted(llvm::StringRef name);

/// "coroutine 'serve'", "a lambda", "'main'".
std::string bodyName(const Body &body);

/// "'load' calls 'read' here". `runs`: what is entered, empty if nothing is.
std::string stepText(llvm::StringRef caller, const Call &call, llvm::StringRef runs);

/// "; see docs/models/std.md#std-this_thread-sleep_for"; empty if `page` is.
std::string seeText(llvm::StringRef page);

/// Why it is known where `body` runs, which says so itself: "is annotated so here", "overrides
/// 'QRunnable::run'".
std::string saidOf(const Body &body);

/// "pool.h:12".
std::string placeText(Place place, const Program &program);

/// How a coroutine comes to where it makes a call.
Remark arrivalText(const Body &body, const Arrival &arrival);

/// Why `root` is loop code, or a worker's.
Remark reasonText(const Body &root, const Reason &why, const Program &program,
                  Where where = Where::Loop);

} // namespace async_tidy

#endif
