// What the project's own coroutine types do: read from the bodies of their promises.
#ifndef ASYNC_TIDY_EXTRACT_PROMISES_H
#define ASYNC_TIDY_EXTRACT_PROMISES_H

#include "extract/UnitContext.h"

namespace async_tidy {

/// What `function` returns on all ways, if that is a constant. It may be null.
std::optional<bool> constantResult(const clang::FunctionDecl *function);

/// The promise of coroutines that give a `type`, as the type itself names it; null if it does not.
const clang::CXXRecordDecl *promiseOf(clang::QualType type);

/// Calls `visit` for the methods of `record` and its bases that have this name.
void forEachMethod(const clang::CXXRecordDecl &record, llvm::StringRef name,
                   llvm::function_ref<void(const clang::FunctionDecl &)> visit);

/// Whether `function`, of the project, lets a coroutine go on before it returns: itself, or in what
/// it calls.
bool resumes(UnitContext &unit, const clang::FunctionDecl &function);

/// Whether who awaits a task of `type`, which the project defines, goes on where that ended: its
/// last awaiter, or what it is told its result with, lets the continuation go on at once.
bool leaksItsEnd(UnitContext &unit, clang::QualType type);

/// Whether a coroutine of `type`, which the project defines, begins to run when it is called.
bool isEager(clang::QualType type);

} // namespace async_tidy

#endif
