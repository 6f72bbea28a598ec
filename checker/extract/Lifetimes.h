// How long the variables of one body live, and which statement an expression is a part of.
#ifndef ASYNC_TIDY_EXTRACT_LIFETIMES_H
#define ASYNC_TIDY_EXTRACT_LIFETIMES_H

#include "extract/Locals.h"
#include "extract/UnitContext.h"
#include "clang/AST/StmtCXX.h"

namespace async_tidy {

class Lifetimes {
public:
  /// `written` is what the programmer wrote of `function`'s body.
  Lifetimes(UnitContext &unit, const clang::FunctionDecl &function, const clang::Stmt &written,
            Locals &locals);

  struct Life {
    Place begin;         // where the variable is declared
    Place end;           // of its scope
    bool isTurn = false; // it is another, or changes, each time round a loop
  };

  /// The life of `variable`; null if the body does not declare it.
  const Life *of(const clang::VarDecl &variable) const;

  /// The innermost statement of a block, or branch, in which `place` stands: from its first to its
  /// last character. The whole body if there is none.
  std::pair<Place, Place> statementAround(Place place) const;

private:
  void visit(const clang::Stmt &statement);
  void scope(const clang::CompoundStmt &block);
  void declared(const clang::Stmt *declarations, const clang::Stmt &scope, bool isTurn = false);
  void add(const clang::VarDecl &variable, clang::SourceLocation end, bool isTurn);
  void addStatement(const clang::Stmt *statement);
  bool isChanged(const clang::VarDecl &variable);

  UnitContext &unit;
  Locals &locals;
  llvm::DenseMap<const clang::VarDecl *, Life> lives;
  std::vector<std::pair<Place, Place>> statements; // by where they begin, the longer first
};

} // namespace async_tidy

#endif
