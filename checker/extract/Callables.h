// What an expression stands for when it is called: lambdas, functions, function objects, what
// std::bind makes of them, and variables that hold them.
#ifndef ASYNC_TIDY_EXTRACT_CALLABLES_H
#define ASYNC_TIDY_EXTRACT_CALLABLES_H

#include "extract/Locals.h"
#include "facts/Term.h"
#include "knowledge/Knowledge.h"
#include "llvm/ADT/SetVector.h"

namespace async_tidy {

using CallSet = llvm::SmallSetVector<const clang::CallExpr *, 4>;

/// Something that can be called.
struct Callable {
  Term term;
  const clang::FunctionDecl *function = nullptr; // its code, if this body shows it
};

/// The code of a lambda of `type`; null if it is no lambda's, or if there are several (`auto`
/// parameters).
const clang::CXXMethodDecl *onlyLambda(clang::QualType type);

/// Adds the calls of which `e` may be the result, also through variables, and through operators
/// that join results (`a() && b()`). Where coroutines are called, their bodies run when the result
/// is spawned or awaited.
void addCalls(const clang::Expr *e, Locals &locals, CallSet &to);

/// Whether a call of `function` gives a task: its type is a coroutine's.
bool returnsTask(const Knowledge &knowledge, const clang::FunctionDecl &function);

/// The constructor of `record` that takes `arguments`, if no other could; null if that is not sure.
const clang::CXXConstructorDecl *constructorFor(const clang::CXXRecordDecl &record,
                                                llvm::ArrayRef<const clang::Expr *> arguments);

} // namespace async_tidy

#endif
