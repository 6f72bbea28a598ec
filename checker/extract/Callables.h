// Which bodies an expression stands for when it is called: lambdas, functions, function objects, and
// variables that hold them.
#ifndef ASYNC_TIDY_EXTRACT_CALLABLES_H
#define ASYNC_TIDY_EXTRACT_CALLABLES_H

#include "extract/Locals.h"
#include "knowledge/Knowledge.h"
#include "llvm/ADT/SetVector.h"

namespace async_tidy {

using FunctionSet = llvm::SmallSetVector<const clang::FunctionDecl *, 4>;

/// Adds the bodies that calling `e` may run, as far as this body (`locals`) shows.
void addCallables(const Knowledge &knowledge, const clang::Expr *e, Locals &locals, FunctionSet &to);

/// The function that `e` is the result of a call of; null if it is none. For a coroutine, that is the
/// body which runs when the result is spawned or awaited.
const clang::FunctionDecl *calledFunction(const clang::Expr *e);

/// The constructor of `record` that takes `arguments`, if no other could; null if that is not sure.
const clang::CXXConstructorDecl *constructorFor(const clang::CXXRecordDecl &record,
                                                llvm::ArrayRef<const clang::Expr *> arguments);

} // namespace async_tidy

#endif
