// Uses of loop-bound things, written down as facts.
#ifndef ASYNC_TIDY_EXTRACT_USERECORDER_H
#define ASYNC_TIDY_EXTRACT_USERECORDER_H

#include "extract/Callables.h"
#include "extract/Names.h"
#include "extract/Terms.h"
#include "extract/Values.h"

namespace async_tidy {

/// A call that is made of a known function.
struct Made {
  const clang::FunctionDecl *callee;
  CallForm form;
  bool isVirtual = false;
  const clang::Expr *expression = nullptr;
  llvm::ArrayRef<const clang::Expr *> arguments;
  ReceiverObject receiver;
  clang::SourceLocation site;
  const clang::ValueDecl *keeper = nullptr; // of what it makes
};

class UseRecorder {
public:
  UseRecorder(UnitContext &unit, Terms &terms, Body &facts)
      : unit(unit), terms(terms), facts(facts) {}

  /// Notes what `call`, which is no project code, does with loop-bound things. `isAsync`: it starts
  /// an asynchronous operation; `isAwaited`: the body goes on when that has ended.
  void call(const Made &call, llvm::StringRef name, bool isAsync, bool isAwaited);

  /// Notes that `call`, of project code, works on an object whose class is said to be loop-bound.
  void ownCall(const Made &call, llvm::StringRef name);

  /// Notes that a loop-bound thing, or what leads to one, is put into what `seat` names.
  void made(const clang::Expr &seat, clang::SourceLocation site);
  void made(const clang::FieldDecl &seat, clang::SourceLocation site);

  /// Notes what a model says that `call`, of the function `name`, makes.
  void madeBy(const Made &call, const TypedArgument &what, llvm::StringRef name);

  /// Notes what a model says that `call`, of the function `name`, works on.
  void worksOn(const Made &call, const TypedArgument &what, llvm::StringRef name);

private:
  bool mayBeMade(clang::QualType type);
  void madeIn(Term seat, clang::SourceLocation site);
  void receiver(const Made &call, Use use);
  void argument(const Made &call, unsigned index, Use use);
  void add(const clang::Expr &thing, const BoundType &type, Use use);
  bool worksOn(const Made &call, unsigned index, const BoundType &type) const;

  UnitContext &unit;
  Terms &terms;
  Body &facts;
};

} // namespace async_tidy

#endif
