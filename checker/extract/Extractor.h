// AST to facts. The only stage, with fix and the front ends, that knows Clang's AST.
#ifndef ASYNC_TIDY_EXTRACT_EXTRACTOR_H
#define ASYNC_TIDY_EXTRACT_EXTRACTOR_H

#include "extract/Project.h"
#include "facts/Facts.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/ASTContext.h"

namespace async_tidy {

struct ExtractOptions {
  bool keepsAll = false; // also bodies that lead nowhere
  bool reverse = false;  // visits declarations backwards; the result is the same, as a test proves
};

/// The facts of the unit in `context`: every body that the project owns and that was parsed, pruned
/// and normalized. The error is about annotations that contradict each other: "a.h:3: ...".
llvm::Expected<Unit> extractFacts(clang::ASTContext &context, const Knowledge &knowledge,
                                  Project &project, ExtractOptions options = {});

} // namespace async_tidy

#endif
