// Where an executor, or an execution context, runs what it is given: by its type, or by its origin
// where the type says nothing (`any_io_executor`).
#ifndef ASYNC_TIDY_EXTRACT_EXECUTORS_H
#define ASYNC_TIDY_EXTRACT_EXECUTORS_H

#include "extract/Locals.h"
#include "facts/Facts.h"
#include "knowledge/Knowledge.h"

namespace async_tidy {

/// Where the executor that `e` denotes runs things.
Where whereRuns(const Knowledge &knowledge, const clang::Expr *e, Locals &locals);

/// The text of `e` in the source, for messages; empty if it is long or made by a macro.
std::string sourceText(const clang::ASTContext &context, const clang::Expr &e);

} // namespace async_tidy

#endif
