// Lazy tasks that a body makes and that never run: what dies with the full expression, and what is
// kept in a local variable that nothing uses. Whatever else becomes of a task counts as its use.
#ifndef ASYNC_TIDY_EXTRACT_FORGOTTENTASKS_H
#define ASYNC_TIDY_EXTRACT_FORGOTTENTASKS_H

#include "extract/UnitContext.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

class ForgottenTasks {
public:
  /// Writes to `facts`, which is of the body.
  ForgottenTasks(UnitContext &unit, Body &facts) : unit(unit), facts(facts) {}

  /// Notes `call`, which the body evaluates, if it gives a lazy task.
  void made(const clang::CallExpr &call);

  /// The end of the body, of which the programmer wrote `written`. It may be null.
  void finish(const clang::Stmt *written);

private:
  /// A part of the body that is still to be visited.
  struct Item {
    const clang::Stmt *statement;
    bool isDropped = false;     // nobody gets its value
    clang::SourceLocation cast; // to void
  };

  /// What happens to a local variable.
  struct Holder {
    llvm::SmallVector<const clang::CallExpr *, 1> held;
    llvm::SmallVector<const clang::VarDecl *, 1> movedTo;
    clang::SourceLocation cast;
    bool isUsed = false;
  };

  void visit(const Item &item);
  void visitDropped(const clang::Expr &e, const Item &item);
  void visitDeclaration(const clang::VarDecl &variable);
  bool visitDroppedCall(const clang::CallExpr &call, const Item &item);
  bool keep(const clang::VarDecl &holder, const clang::Expr &value);
  void push(const clang::Stmt *statement, bool isDropped = false, clang::SourceLocation cast = {});
  void pushChildren(const clang::Stmt &statement);
  bool holdsLike(const clang::VarDecl &holder, clang::QualType task);
  void spreadUses();
  void add(const clang::CallExpr &call, const clang::VarDecl *holder, clang::SourceLocation cast);

  UnitContext &unit;
  Body &facts;
  llvm::SmallPtrSet<const clang::CallExpr *, 4> tasks;
  std::vector<Item> todo;
  llvm::MapVector<const clang::VarDecl *, Holder> holders;
};

/// Whether `function`, which is no coroutine and of which `facts` are, gives a lazy task that it
/// may have begun, or the work of which it may have done already.
bool mayStart(UnitContext &unit, const clang::FunctionDecl &function, const Body &facts);

} // namespace async_tidy

#endif
