// Expressions to terms: which variable, parameter or field the thing comes from that one body
// names.
#ifndef ASYNC_TIDY_EXTRACT_TERMS_H
#define ASYNC_TIDY_EXTRACT_TERMS_H

#include "extract/Locals.h"
#include "extract/UnitContext.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

class Terms {
public:
  /// Writes to `facts` what local variables stand for that only the whole program can tell.
  Terms(UnitContext &unit, const clang::FunctionDecl &function, Locals &locals, Body &facts)
      : unit(unit), function(function), locals(locals), facts(facts) {}

  /// The object that `e` is, or that it refers or points to.
  Term of(const clang::Expr *e);

  /// The same for a variable that this body sees.
  Term of(const clang::ValueDecl &variable);

  /// The same for what another thread or a closure gets from `e`: it says so if the owner gives the
  /// object up.
  Term given(const clang::Expr *e);

  /// What `callee` is passed: the object, then the arguments. Only what may lead to a loop-bound
  /// thing is known; nothing at all gives an empty list.
  std::vector<Term> passed(const clang::FunctionDecl *callee, Term object,
                           llvm::ArrayRef<const clang::Expr *> arguments);

  /// What the function that `call` calls is passed.
  std::vector<Term> passed(const clang::CallExpr &call);

  /// What lambda `lambda` captures under a name that stands for something else.
  std::vector<Alias> aliases(const clang::LambdaExpr &lambda);

  /// Notes where a constructor makes a member.
  void member(const clang::CXXCtorInitializer &initializer);

private:
  Term build(const clang::Expr *e, unsigned depth);
  Term buildMember(const clang::MemberExpr &member, unsigned depth);
  Term buildOperator(const clang::Expr &e, unsigned depth);
  Term buildCall(const clang::CallExpr &call, unsigned depth);
  Term buildConstruct(const clang::CXXConstructExpr &construct, unsigned depth);
  Term buildLocal(const clang::VarDecl &variable, unsigned depth);
  Term buildVariable(const clang::VarDecl &variable, unsigned depth);
  bool isCopy(const clang::ValueDecl &variable);
  Term mention(const clang::FieldDecl &field);
  Term mention(const clang::ValueDecl &variable, bool isSeat);
  bool isMadeOnPool(const clang::ValueDecl &variable);
  bool isOnPool(const clang::Expr &value);
  std::optional<Term> onlyValue(const clang::VarDecl &variable, unsigned depth);

  UnitContext &unit;
  const clang::FunctionDecl &function;
  Locals &locals;
  Body &facts;
  llvm::SmallPtrSet<const clang::VarDecl *, 8> resolving;
};

} // namespace async_tidy

#endif
