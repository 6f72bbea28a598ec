// Under which values of its parameters a body makes a call: `if (wait) sleep(1);` needs `wait` to
// be set, so a caller that passes false does not get there.
#ifndef ASYNC_TIDY_EXTRACT_PARAMETERGUARDS_H
#define ASYNC_TIDY_EXTRACT_PARAMETERGUARDS_H

#include "facts/Facts.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include <map>

namespace async_tidy {

class ParameterGuards {
public:
  /// `body` belongs to `function`; for a coroutine it is what the programmer wrote.
  ParameterGuards(const clang::FunctionDecl &function, const clang::Stmt *body)
      : function(function), body(body) {}

  /// What must be so of the parameters whenever `e`, a call or a construction, is reached.
  std::vector<ParameterValue> at(const clang::Expr &e);

  /// What is seen of the arguments of a call of `callee`: constants, and parameters passed on.
  std::vector<GivenValue> given(const clang::FunctionDecl &callee,
                                llvm::ArrayRef<const clang::Expr *> arguments);

private:
  using Values = std::map<unsigned, bool>; // by parameter: whether it is zero

  void analyse();
  void gatherSteady();
  bool hasGuards() const;
  const clang::ParmVarDecl *parameterIn(const clang::Expr *e) const;
  void addIf(const clang::Expr *condition, bool value, Values &values, unsigned depth = 0) const;
  void addComparison(const clang::BinaryOperator &comparison, bool value, Values &values) const;

  const clang::FunctionDecl &function;
  const clang::Stmt *body;
  bool isAnalysed = false;
  llvm::DenseMap<const clang::ParmVarDecl *, bool> steady; // keeps the value that it was given
  llvm::DenseMap<const clang::Stmt *, Values> known;       // for calls and constructions only
};

} // namespace async_tidy

#endif
