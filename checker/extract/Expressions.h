// What an expression is about, when copies, moves and conversions are taken away.
#ifndef ASYNC_TIDY_EXTRACT_EXPRESSIONS_H
#define ASYNC_TIDY_EXTRACT_EXPRESSIONS_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"

namespace async_tidy {

/// `e` without parentheses, implicit casts, temporaries, copies and moves (`std::move(x)` too): the
/// object itself. Null if `e` is.
const clang::Expr *objectOf(const clang::Expr *e);

/// Like objectOf, and also without conversions to another class by a constructor or operator:
/// `any_io_executor(pool.get_executor())` is `pool.get_executor()`.
const clang::Expr *originOf(const clang::Expr *e);

/// The variable, or the field of `this`, that objectOf(e) names; null if it is something else.
const clang::ValueDecl *variableOf(const clang::Expr *e);

/// What a call is made on, and with.
struct CallParts {
  const clang::Expr *object = nullptr; // null: it is no member function, or an unknown one
  llvm::SmallVector<const clang::Expr *, 8> arguments;
};

/// Where a call is reported: at the member's or operator's name, else where it begins.
clang::SourceLocation siteOf(const clang::CallExpr &call);

/// Whether nothing in `statement` is evaluated: `sizeof`, `noexcept`, `requires`.
bool isNeverEvaluated(const clang::Stmt &statement);

/// The object and the arguments of `call`, also if it is written as an operator.
CallParts partsOf(const clang::CallExpr &call);

/// The first call of a member function (of this name, if it is not empty) that is evaluated in `e`;
/// null if there is none.
const clang::CXXMemberCallExpr *memberCallIn(const clang::Expr *e, llvm::StringRef name = {});

/// Whether `e` is a null pointer.
bool isNull(const clang::ASTContext &context, const clang::Expr &e);

/// Whether `e` is moved on its way to where it is used.
bool isMoved(const clang::Expr *e);

/// Calls `visit` for `root` and, where it answers true, for what stands in it. A list and not
/// recursion: how deep statements nest is for the source to say. `root` may be null.
void forEachStatement(const clang::Stmt *root, llvm::function_ref<bool(const clang::Stmt &)> visit);

} // namespace async_tidy

#endif
