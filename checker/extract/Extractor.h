// AST to facts. The only stage, with fix and the front ends, that knows Clang's AST.
#ifndef ASYNC_TIDY_EXTRACT_EXTRACTOR_H
#define ASYNC_TIDY_EXTRACT_EXTRACTOR_H

#include "extract/Project.h"
#include "facts/Facts.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/ASTContext.h"

namespace async_tidy {

/// The facts of the unit in `context`: every body that the project owns and that was parsed, pruned
/// and normalized.
/// `reverse` visits declarations backwards; the result is the same, and a test proves it.
Unit extractFacts(clang::ASTContext &context, const Knowledge &knowledge, Project &project,
                  bool reverse = false);

} // namespace async_tidy

#endif
