// What an exception passes on its way out: handlers, and variables whose destructors run.
#ifndef ASYNC_TIDY_EXTRACT_TRYSCOPES_H
#define ASYNC_TIDY_EXTRACT_TRYSCOPES_H

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace async_tidy {

/// What may be thrown.
enum class Thrown : uint8_t {
  Nothing,
  Objects,  // what libraries throw: of a class
  Anything, // what is thrown is written somewhere, or is not seen
};

class TryScopes {
public:
  explicit TryScopes(const clang::Stmt &body);

  struct Way {
    llvm::SmallVector<const clang::CXXCatchStmt *, 4> handlers; // that may catch it
    llvm::SmallVector<const clang::VarDecl *, 4> ended;         // variables that end on the way
    bool escapes = true;                                        // it may leave the body
  };

  /// What happens to an exception that `statement` throws. A `throw` has its type. Destructors that
  /// run because a library failed are not counted.
  Way wayFrom(const clang::Stmt &statement, Thrown what) const;

private:
  /// A compound statement with variables that end with it, or the block of a `try`.
  struct Scope {
    size_t outer = 0;
    const clang::CXXTryStmt *tries = nullptr;
    std::vector<std::pair<size_t, const clang::VarDecl *>> variables; // with their order
  };

  struct At {
    size_t scope = 0;
    size_t order = 0; // in the source
  };

  std::vector<Scope> scopes;
  llvm::DenseMap<const clang::Stmt *, At> places;
};

/// Whether evaluating `statement` itself, and not a part of it, may throw.
bool mayThrow(const clang::Stmt &statement);

} // namespace async_tidy

#endif
