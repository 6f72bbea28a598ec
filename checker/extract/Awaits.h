// How a coroutine goes on after an await: what models say of what is awaited, and of the
// coroutine's own type, and what the code of an awaiter shows.
#ifndef ASYNC_TIDY_EXTRACT_AWAITS_H
#define ASYNC_TIDY_EXTRACT_AWAITS_H

#include "extract/Names.h"
#include "extract/Terms.h"
#include "extract/Values.h"
#include "clang/AST/ExprCXX.h"

namespace async_tidy {

/// What may follow one await.
struct Going {
  bool mayStay = false; // the coroutine goes on where it was
  bool isQuiet = false; // nothing but a way to another place is awaited, which does not fail

  struct Step {
    Resumption resumption = Resumption::Unclear;
    Term where;
    std::string via;
    std::string executor;
  };

  std::vector<Step> steps;
  std::vector<const clang::FunctionDecl *> children; // whose tasks are awaited; if all are known
};

class Awaits {
public:
  Awaits(UnitContext &unit, const clang::FunctionDecl &function, Locals &locals,
         ReadyGuards &guards, Terms &terms)
      : unit(unit), function(function), locals(locals), guards(guards), terms(terms) {}

  Going after(const clang::CoroutineSuspendExpr &suspend);

  /// The same for whoever awaits `value`, which this body returns and which is no coroutine's task.
  Going ofResult(const clang::Expr &value);

  /// The tasks that are awaited with `operand`: it is one, or a library's function that awaits
  /// those it is given.
  std::vector<Term> tasks(const clang::Expr *operand);

  /// The coroutines whose tasks are awaited in `suspend`; none if that may be anything else.
  std::vector<const clang::FunctionDecl *> coroutines(const clang::CoroutineSuspendExpr &suspend);

  /// Whether the coroutine may sleep in `suspend`: its awaiter does not always go on at once.
  static bool maySleep(const clang::CoroutineSuspendExpr &suspend);

  /// The call of await_suspend in `suspend`; null if there is none.
  static const clang::CXXMemberCallExpr *suspendCall(const clang::CoroutineSuspendExpr &suspend);

private:
  using Expressions = llvm::SmallVector<const clang::Expr *, 4>;

  Expressions sources(const clang::Expr *operand);
  void addSource(const clang::Expr &source, const clang::CoroutineSuspendExpr &suspend,
                 Going &going);
  const FunctionModel *modelOf(const clang::CallExpr &call);
  bool addModelled(const clang::Expr &e, Going &going, unsigned depth);
  void addStep(const GoesOn &goesOn, const clang::CallExpr *call, const clang::Expr &what,
               std::string via, Going &going);
  bool isPlainHop(const clang::Expr &source);
  bool isLibraryCall(const clang::Expr &e);
  const GoesOn *ofFramework(clang::QualType type);
  void addOfAwaiter(const clang::CoroutineSuspendExpr &suspend, Going &going);

  UnitContext &unit;
  const clang::FunctionDecl &function;
  Locals &locals;
  ReadyGuards &guards;
  Terms &terms;
};

} // namespace async_tidy

#endif
