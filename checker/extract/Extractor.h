// AST to facts. The only stage, with fix and the front ends, that knows Clang's AST.
#ifndef ASYNC_TIDY_EXTRACT_EXTRACTOR_H
#define ASYNC_TIDY_EXTRACT_EXTRACTOR_H

#include "extract/Project.h"
#include "facts/Facts.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/ASTContext.h"

namespace async_tidy {

/// Makes what the compiler has not made where the bodies of library functions were not parsed.
class CodeMaker {
public:
  virtual ~CodeMaker() = default;

  /// Declares the constructors and the destructor of `record`, which a library makes an object of.
  virtual void declareMembers(const clang::CXXRecordDecl &record) = 0;

  /// Gives `function` its body, if it has one as soon as it is used.
  virtual void define(const clang::FunctionDecl &function) = 0;
};

struct ExtractOptions {
  bool keepsAll = false; // also bodies that lead nowhere
  bool reverse = false;  // visits declarations backwards; the result is the same, as a test proves
  CodeMaker *maker = nullptr; // null: library code was parsed like any other
  /// A library's public headers, and folders of such, absolute: what they offer is noted, and packs
  /// that describe it are not asked.
  std::vector<std::string> interface;
  std::vector<std::string> ownPacks; // such packs that are known already
};

/// The facts of the unit in `context`: every body that the project owns and that was parsed, pruned
/// and normalized. The error is about annotations that contradict each other: "a.h:3: ...".
llvm::Expected<Unit> extractFacts(clang::ASTContext &context, const Knowledge &knowledge,
                                  Project &project, ExtractOptions options = {});

} // namespace async_tidy

#endif
