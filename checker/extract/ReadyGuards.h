// On which ways through a body an object is known to be ready: `if (f.wait_for(0s) == ready)
// f.get();` does not block. A forward analysis over the CFG; where ways meet, what is ready on all
// of them.
#ifndef ASYNC_TIDY_EXTRACT_READYGUARDS_H
#define ASYNC_TIDY_EXTRACT_READYGUARDS_H

#include "knowledge/Knowledge.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/FoldingSet.h"
#include <map>

namespace async_tidy {

class ReadyGuards {
public:
  /// `body` belongs to `function`; for a coroutine it is what the programmer wrote.
  ReadyGuards(const Knowledge &knowledge, const clang::FunctionDecl &function,
              const clang::Stmt *body)
      : knowledge(knowledge), function(function), body(body) {}

  /// Whether `receiver`, the object that `call` is made on, is ready whenever `call` is reached.
  bool isReady(const clang::Expr &call, const clang::Expr &receiver);

private:
  /// An object, by the shape of the expression that names it; with the variables in that
  /// expression.
  using Shape = llvm::FoldingSetNodeID;
  using Mentions = llvm::SmallVector<const clang::ValueDecl *, 2>;
  using Ready = std::map<Shape, Mentions>;

  void analyse();
  bool hasReadyChecks() const;
  Shape shapeOf(const clang::Expr &e) const;
  /// Adds the objects that are known to be ready where `condition` has turned out to be `value`.
  void addReadyIf(const clang::Expr *condition, bool value, Ready &ready, unsigned depth = 0) const;
  void step(const clang::Stmt &statement, Ready &ready);

  const Knowledge &knowledge;
  const clang::FunctionDecl &function;
  const clang::Stmt *body;
  bool isAnalysed = false;
  llvm::DenseMap<const clang::Stmt *, Ready> readyAt; // for calls only
};

} // namespace async_tidy

#endif
