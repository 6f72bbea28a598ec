// What one body does with its variables, as far as conditions and callables ask: their values,
// whether they are moved away, which members are called on them. Gathered in one walk, when first
// asked.
#ifndef ASYNC_TIDY_EXTRACT_LOCALS_H
#define ASYNC_TIDY_EXTRACT_LOCALS_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace async_tidy {

class Locals {
public:
  /// `body` may be null.
  explicit Locals(const clang::Stmt *body) : body(body) {}

  struct Variable {
    llvm::SmallVector<const clang::Expr *, 2> values;     // initialiser and all that is assigned
    llvm::SmallVector<const clang::CallExpr *, 2> called; // on it, or with it
    bool isMoved = false;                                 // moved from, or returned
    bool isChangedInPlace = false;                        // written in part
    bool isStepped = false;                               // incremented or decremented
  };

  /// What is known of `variable`; an empty record if it does not occur.
  const Variable &of(const clang::ValueDecl *variable);

  /// The variable whose only value `made` is; null if there is none.
  const clang::ValueDecl *holderOf(const clang::Expr *made);

  /// The same, or one of its values.
  const clang::ValueDecl *keeperOf(const clang::Expr *made);

private:
  void walk();
  void visit(const clang::Stmt &statement);
  void visitCall(const clang::CallExpr &call);
  void assigned(const clang::ValueDecl &variable, const clang::Expr &value);
  void noteReturned(const clang::Expr *value);

  const clang::Stmt *body;
  bool isWalked = false;
  llvm::DenseMap<const clang::ValueDecl *, Variable> variables;
  llvm::DenseMap<const clang::Expr *, const clang::ValueDecl *> holders;   // by initialiser
  llvm::DenseMap<const clang::Expr *, const clang::ValueDecl *> assignees; // by what is assigned
  Variable none;
};

} // namespace async_tidy

#endif
