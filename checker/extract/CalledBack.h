// Which functions of libraries may lead the compiler to make code of the project: code that exists
// only once it is used, such as the call operator of a generic lambda.
#ifndef ASYNC_TIDY_EXTRACT_CALLEDBACK_H
#define ASYNC_TIDY_EXTRACT_CALLEDBACK_H

#include "extract/Project.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/DenseMap.h"

namespace async_tidy {

class CalledBack {
public:
  CalledBack(Project &project, const Knowledge &knowledge)
      : project(project), knowledge(knowledge) {}

  /// Whether a type for which `function`, of a library, was instantiated has code that is made on
  /// use, and that facts are about: a call operator that is a template, virtual functions and call
  /// operators of a class template, or the members of one that is not complete, which it may make
  /// so. Ask when the file has been parsed: answers are kept.
  bool mayMake(const clang::FunctionDecl &function);

private:
  bool around(const clang::DeclContext *context);
  bool of(llvm::ArrayRef<clang::TemplateArgument> arguments);
  bool of(const clang::TemplateArgument &argument);
  bool of(clang::QualType type);
  bool of(const clang::CXXRecordDecl &record);
  bool compute(const clang::CXXRecordDecl &record);
  bool hasPart(const clang::CXXRecordDecl &record);

  Project &project;
  const Knowledge &knowledge;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> known;
};

} // namespace async_tidy

#endif
