// Declarations' names as models and messages spell them.
#ifndef ASYNC_TIDY_EXTRACT_NAMES_H
#define ASYNC_TIDY_EXTRACT_NAMES_H

#include "knowledge/Knowledge.h"
#include "clang/AST/DeclCXX.h"

namespace async_tidy {

/// The absolute name of `decl` without template arguments and inline namespaces.
std::string qualifiedName(const clang::NamedDecl &decl);

/// The name of `function` for messages: 'Store::load', 'lambda'.
std::string displayName(const clang::FunctionDecl &function);

/// The class of `type`, through references and (if `throughPointers`) pointers; null if it is not
/// one.
const clang::CXXRecordDecl *recordOf(clang::QualType type, bool throughPointers = true);

/// Calls `visit` for `record` and its bases, nearest first, until it answers true; whether it did.
bool anyClass(const clang::CXXRecordDecl &record,
              llvm::function_ref<bool(const clang::CXXRecordDecl &)> visit);

/// Whether `type` (or what it refers or points to) is, or derives from, one of `names`.
/// Enumerations count too.
bool isOrDerivesFrom(clang::QualType type, const NameSet &names);

/// The models of `function` when called on an object of class `receiver` (null: no object): those
/// of the most specific class between `receiver` and the one that declares it.
KnownFunction knownFunction(const Knowledge &knowledge, const clang::FunctionDecl &function,
                            const clang::CXXRecordDecl *receiver);

/// The models of the function, or function object, that `call` names, as called on what the call is
/// made on.
KnownFunction knownCall(const Knowledge &knowledge, const clang::CallExpr &call);

/// What models say of `type`, through references; null if nothing.
const TypeModel *knownType(const Knowledge &knowledge, clang::QualType type);

} // namespace async_tidy

#endif
