// What messages say of executors.
#ifndef ASYNC_TIDY_EXTRACT_EXECUTORS_H
#define ASYNC_TIDY_EXTRACT_EXECUTORS_H

#include "clang/AST/Expr.h"
#include <string>

namespace async_tidy {

/// The text of `e` in the source, for messages; empty if it is long or made by a macro.
std::string sourceText(const clang::ASTContext &context, const clang::Expr &e);

} // namespace async_tidy

#endif
