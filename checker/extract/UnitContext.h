// What all bodies of one unit share while they are extracted.
#ifndef ASYNC_TIDY_EXTRACT_UNITCONTEXT_H
#define ASYNC_TIDY_EXTRACT_UNITCONTEXT_H

#include "extract/Annotations.h"
#include "extract/BoundTypes.h"
#include "extract/GuardClasses.h"
#include "extract/Identity.h"
#include "extract/Project.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include <map>

namespace async_tidy {

class UnitContext {
public:
  UnitContext(clang::ASTContext &ast, const Knowledge &knowledge, Project &project)
      : ast(ast), knowledge(knowledge), project(project), identity(ast, project),
        annotations(project), bound(knowledge, annotations), guards(knowledge) {}

  clang::ASTContext &ast;
  const Knowledge &knowledge;
  Project &project;
  Identity identity;
  Annotations annotations;
  BoundTypes bound;
  GuardClasses guards;

  /// The variables and fields that terms mention.
  std::map<EntityId, Variable> variables;

  /// Whether `function` is the project's own code: it stands in the project, no pack owns it, and
  /// the compiler does not provide it.
  bool isProjectCode(const clang::FunctionDecl &function);

  /// Whether `call` is known to call such a function.
  bool isProjectCall(const clang::CallExpr &call) {
    const clang::FunctionDecl *callee = call.getDirectCallee();
    return callee && isProjectCode(*callee);
  }

  /// Notes that a term stands for some object of `record`.
  void mention(const clang::CXXRecordDecl &record);

  /// Functions, lambdas and local classes that a body brought to light.
  std::vector<const clang::Decl *> found;

private:
  llvm::DenseMap<const clang::FunctionDecl *, bool> projectCode;
};

} // namespace async_tidy

#endif
