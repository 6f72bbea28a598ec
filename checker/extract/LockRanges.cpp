#include "extract/LockRanges.h"
#include "extract/Expressions.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// Whether `statement`, as it stands in its scope, does what `by` does.
bool does(const clang::Stmt &statement, const clang::Expr &by) {
  if (const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(&statement))
    return llvm::any_of(declarations->decls(), [&](const clang::Decl *declaration) {
      const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration);
      return variable && variable->getInit() && objectOf(variable->getInit()) == &by;
    });
  const auto *e = llvm::dyn_cast<clang::Expr>(&statement);
  return e && objectOf(e) == &by;
}

} // namespace

/// What is taken, or given back, in a branch only, is left out.
void LockRanges::inScope(const clang::CompoundStmt &scope, Body &facts) const {
  for (auto at = scope.body_begin(); at != scope.body_end(); ++at)
    for (const Event &taken : all) {
      if (!does(**at, *taken.by))
        continue;
      auto end = std::find_if(std::next(at), scope.body_end(), [&](const clang::Stmt *later) {
        return llvm::any_of(ends, [&](const Event &given) {
          bool isSame = (given.guard && given.guard == taken.guard) || given.mutex == taken.mutex;
          return isSame && does(*later, *given.by);
        });
      });
      clang::SourceLocation last =
          end == scope.body_end() ? scope.getRBracLoc() : (*end)->getBeginLoc();
      facts.locks.push_back({unit.project.place((*at)->getBeginLoc()), unit.project.place(last),
                             taken.mutex, unit.variables[taken.mutex].name});
    }
}

void LockRanges::finish(const clang::Stmt *body, Body &facts) const {
  if (all.empty())
    return;
  forEachStatement(body, [&](const clang::Stmt &statement) {
    if (const auto *scope = llvm::dyn_cast<clang::CompoundStmt>(&statement))
      inScope(*scope, facts);
    return !llvm::isa<clang::LambdaExpr>(statement);
  });
}

} // namespace async_tidy
