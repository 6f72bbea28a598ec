// What a piece of code changes: itself, and with which of the things that it sees its calls could.
#ifndef ASYNC_TIDY_EXTRACT_EFFECTS_H
#define ASYNC_TIDY_EXTRACT_EFFECTS_H

#include "extract/Expressions.h"
#include "extract/ValueTypes.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

/// What code changes, by its own text.
struct Effects {
  struct Called {
    const clang::FunctionDecl *function;
    Extent given;
  };

  bool isShared = false; // it may change what others see, or cannot be read
  bool changesGiven = false;
  bool waits = false;        // for what a library does
  std::vector<Called> calls; // of the project's functions

  void reach(Extent extent) {
    isShared |= extent == Extent::Shared;
    changesGiven |= extent == Extent::Given;
  }
};

/// The variables that a piece of code sees.
class Scope {
public:
  virtual ~Scope() = default;

  /// To what the variable belongs that is no local variable of the code with a value of its own.
  virtual Extent ofOuter(const clang::ValueDecl &variable) = 0;

  /// Whether it is such a variable.
  virtual bool owns(const clang::VarDecl &variable) = 0;

  virtual Extent ofThis() = 0;

  /// Whether the code may change what it does with `write`, whosever that is.
  virtual bool isAllowed(const clang::Expr & /*write*/) { return false; }
};

class EffectReader {
public:
  EffectReader(UnitContext &unit, ValueTypes &types, Scope &scope)
      : unit(unit), types(types), scope(scope) {}

  /// Adds what `code` does. It may be null.
  void read(const clang::Stmt *code);

  /// Adds what a constructor does with `initializer`.
  void read(const clang::CXXCtorInitializer &initializer);

  /// Adds what the end of an object of `record` does with its members and bases.
  void readMembersOf(const clang::CXXRecordDecl &record);

  /// What is changed when the object is that `e` is, or refers to.
  Extent extentOf(const clang::Expr *e);
  Extent extentOf(const clang::ValueDecl &variable);

  Effects effects;

private:
  void visit(const clang::Stmt &part);
  void visitCall(const clang::CallExpr &call);
  void visitConstruct(const clang::CXXConstructExpr &construct);
  void visitLambda(const clang::LambdaExpr &lambda);
  void visitVariable(const clang::VarDecl &variable);
  void visitEnd(clang::QualType type);
  void visitAwait(const clang::CoawaitExpr &await);
  void assigned(const clang::Expr &write, const clang::Expr &target, const clang::Expr &value);
  bool isSelfContained(const clang::FunctionDecl &callee, const KnownFunction &known);
  void calledLibrary(const clang::CallExpr &call, const clang::FunctionDecl &callee,
                     const CallParts &parts);
  void calledProject(const clang::FunctionDecl &callee, Extent given);
  bool runsUnseen(const clang::Expr &argument);
  Extent given(const clang::FunctionDecl &callee, llvm::ArrayRef<const clang::Expr *> arguments,
               bool byLibrary);
  Extent extentOfAll(llvm::ArrayRef<const clang::Expr *> all);
  Extent extentOfCall(const clang::CallExpr &call);
  Extent extentOfLambda(const clang::LambdaExpr &lambda);

  void push(const clang::Stmt *part) {
    if (part)
      todo.push_back(part);
  }

  UnitContext &unit;
  ValueTypes &types;
  Scope &scope;
  std::vector<const clang::Stmt *> todo;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> resolving;
  unsigned depth = 0; // of what extentOf asks
};

} // namespace async_tidy

#endif
