// Expressions to terms: which variable, parameter or field the thing, callable or executor comes
// from that one body names.
#ifndef ASYNC_TIDY_EXTRACT_TERMS_H
#define ASYNC_TIDY_EXTRACT_TERMS_H

#include "extract/Callables.h"
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

  /// The same, but a variable stands for itself and not for its value.
  Term plain(const clang::Expr *e) { return limited(buildPlain(e, 0)); }

  /// The variable or member that `e` names, as what keeps a value.
  Term seat(const clang::Expr *e);

  /// `this`.
  Term self();

  /// What calling `e` may run.
  std::vector<Callable> callables(const clang::Expr *e);

  /// The tasks that `e` may be: what coroutines, and functions that return tasks, give.
  std::vector<Term> tasks(const clang::Expr *e);

  /// The executor that `e` is, or that the context `e` has.
  Term executor(const clang::Expr *e);

  /// The executor that `e`, which may also be an object that has one, runs things with.
  Term runsAt(const clang::Expr *e);

  /// The same for executors of the type that is argument `index` of template class `type`.
  Term executorOfArgument(clang::QualType type, unsigned index);

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

  /// Notes what `target` keeps from now on, if that is a callable, an executor or a task, or made
  /// with an executor.
  void store(Term target, clang::QualType type, const clang::Expr *value);

  /// Notes that `holder`, a container, keeps `value` from now on, or what `value`, another one,
  /// keeps.
  void keep(const clang::Expr &holder, const clang::Expr &value);

  /// Where `e`, an object, lives, if that is seen.
  Term homeOf(const clang::Expr *e);

  /// Notes that `object` lives on executor `to` from now on.
  void moved(const clang::Expr &object, const clang::Expr &to);

  /// Notes that the object which `holder` refers to is made with the executor of `from`.
  void madeFor(const clang::ValueDecl &holder, const clang::Expr *from);

  /// As above.
  Term seatOf(const clang::ValueDecl &variable);

  /// Notes what `member`, of a struct that is a local variable, stands for if `value` is assigned.
  void member(const clang::MemberExpr &member, const clang::Expr &value);

  /// Notes that `parameter`, a struct that is passed by value, refers to what the caller's does.
  void copied(const clang::ParmVarDecl &parameter);

  /// Notes what a local variable keeps that has a value.
  void declared(const clang::VarDecl &variable);

  /// Whether `variable` belongs to this body.
  bool owns(const clang::VarDecl &variable) const;

private:
  Term build(const clang::Expr *e, unsigned depth);
  Term buildPlain(const clang::Expr *e, unsigned depth);
  Term buildCallable(const clang::Expr *e);
  Term buildExecutor(const clang::Expr *e, unsigned depth);
  Term buildExecutorOrigin(const clang::Expr &e, unsigned depth);
  Term executorOf(const clang::Expr *thing);
  std::optional<Term> toldBy(const clang::CallExpr &call);
  const clang::Expr *makerOf(const clang::Expr *e);
  bool isContext(const clang::CXXConstructExpr &construct);
  Term madeWith(const clang::CXXConstructExpr &construct);
  Term buildMember(const clang::MemberExpr &member, unsigned depth);
  bool holdsSeveral(clang::QualType type);
  Term buildBinding(const clang::BindingDecl &binding, unsigned depth);
  Term buildOperator(const clang::Expr &e, unsigned depth);
  Term buildCall(const clang::CallExpr &call, unsigned depth);
  Term objectOfList(const clang::InitListExpr &list, unsigned depth);
  Term objectOfConstruct(const clang::CXXConstructExpr &construct, unsigned depth);
  bool standsForOther(const clang::FieldDecl &field);
  Term buildConstruct(const clang::CXXConstructExpr &construct, unsigned depth);
  Term buildLocal(const clang::VarDecl &variable, unsigned depth);
  Term buildVariable(const clang::VarDecl &variable, unsigned depth);
  bool isSoleOwner(const clang::VarDecl &variable);
  bool isCopy(const clang::ValueDecl &variable);
  Term mention(const clang::FieldDecl &field);
  Term mention(const clang::ValueDecl &variable, bool isSeat);
  Term buildValue(const clang::VarDecl &variable, unsigned depth);
  void membersOf(const clang::VarDecl &variable);
  void storeFirst(const clang::ValueDecl &variable, const Term &self);
  std::optional<Term> onlyValue(const clang::VarDecl &variable, unsigned depth);

  UnitContext &unit;
  const clang::FunctionDecl &function;
  Locals &locals;
  Body &facts;
  llvm::SmallPtrSet<const clang::VarDecl *, 8> resolving;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> mentioned;
  unsigned nesting = 0; // of calls whose arguments are calls
};

} // namespace async_tidy

#endif
