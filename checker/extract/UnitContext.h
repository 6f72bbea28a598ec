// What all bodies of one unit share while they are extracted.
#ifndef ASYNC_TIDY_EXTRACT_UNITCONTEXT_H
#define ASYNC_TIDY_EXTRACT_UNITCONTEXT_H

#include "extract/Annotations.h"
#include "extract/BoundTypes.h"
#include "extract/Extractor.h"
#include "extract/GuardClasses.h"
#include "extract/Identity.h"
#include "extract/LazyTypes.h"
#include "extract/Project.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include <map>

namespace async_tidy {

class UnitContext {
public:
  UnitContext(clang::ASTContext &ast, const Knowledge &knowledge, Project &project,
              CodeMaker *maker)
      : ast(ast), knowledge(knowledge), project(project), maker(maker), identity(ast, project),
        annotations(project), bound(knowledge, annotations, project), guards(knowledge),
        lazy(knowledge, project) {}

  clang::ASTContext &ast;
  const Knowledge &knowledge;
  Project &project;
  CodeMaker *maker; // may be null
  Identity identity;
  Annotations annotations;
  BoundTypes bound;
  GuardClasses guards;
  LazyTypes lazy;

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

  /// Lambdas and local classes that a body brought to light.
  std::vector<const clang::Decl *> found;

  /// Functions that code of the project calls, or names, or has a library construct something with.
  std::vector<const clang::FunctionDecl *> used;

  /// Has the constructors of `record` declared, which a library makes an object of. Only where
  /// library code was not parsed is there anything to do.
  void declareConstructors(const clang::CXXRecordDecl &record);

  /// Notes that a library uses `constructor`, and has it defined.
  void use(const clang::CXXConstructorDecl &constructor);

  /// Whether anything was defined since this was last set to false.
  bool hasNews = false;

private:
  llvm::DenseMap<const clang::FunctionDecl *, bool> projectCode;
};

} // namespace async_tidy

#endif
