// Types whose objects are work that has not begun: one that is neither awaited nor started never
// does. Models say so, or it is proven from what a coroutine type of the project does before its
// coroutine begins, and when it ends.
#ifndef ASYNC_TIDY_EXTRACT_LAZYTYPES_H
#define ASYNC_TIDY_EXTRACT_LAZYTYPES_H

#include "extract/Project.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace async_tidy {

/// A lazy type: how models name it, and where its coroutines are suspended before they begin.
struct LazyType {
  std::string name;
  clang::SourceLocation suspends; // invalid: a model says that it is lazy
};

class LazyTypes {
public:
  LazyTypes(const Knowledge &knowledge, Project &project)
      : knowledge(knowledge), project(project) {}

  /// What is known of `type`, or what it refers to, if it is lazy; else null. Whatever is not
  /// proven is not lazy.
  const LazyType *of(clang::QualType type);

private:
  std::optional<LazyType> find(clang::QualType type, const clang::CXXRecordDecl &record);
  std::optional<clang::SourceLocation> suspendedAt(const clang::CXXRecordDecl &promise);
  bool isProjects(const clang::NamedDecl &decl);
  bool givesItself(const clang::CXXRecordDecl &promise, const clang::CXXRecordDecl &task);
  bool isMadeQuietly(const clang::CXXRecordDecl &promise);
  bool endsQuietly(const clang::CXXRecordDecl &record, unsigned depth);
  bool isQuiet(const clang::FunctionDecl &function, unsigned depth);
  bool isQuiet(const clang::Stmt *code, unsigned depth);
  bool isQuietCall(const clang::CallExpr &call, unsigned depth);
  bool isQuietConstruction(const clang::CXXConstructExpr &construct, unsigned depth);
  bool isHandle(const clang::CXXRecordDecl &record);

  const Knowledge &knowledge;
  Project &project;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::optional<LazyType>> known;
};

} // namespace async_tidy

#endif
