// Functions that the compiler only makes when they are used: instantiations of templates, and
// members that nobody has written.
#ifndef ASYNC_TIDY_EXTRACT_MADEONUSE_H
#define ASYNC_TIDY_EXTRACT_MADEONUSE_H

#include "clang/AST/DeclCXX.h"
#include <vector>

namespace async_tidy {

/// Whether `function` has a body only because something uses it. Virtual functions count as used
/// like their class, and call operators like their object.
bool isMadeOnUse(const clang::FunctionDecl &function);

/// The declaration of `function` that has its body; null if it has none. A virtual destructor that
/// nobody has written does without: its members tell what it does.
const clang::FunctionDecl *definitionOf(const clang::FunctionDecl &function);

/// The class of a template that `record` is an instance of, if that is not complete because nothing
/// has asked for its members; else null.
const clang::CXXRecordDecl *patternToBeMade(const clang::CXXRecordDecl &record);

/// Adds what `statement` calls, constructs, or names. It may be null.
void addUsed(const clang::Stmt *statement, std::vector<const clang::FunctionDecl *> &to);

} // namespace async_tidy

#endif
