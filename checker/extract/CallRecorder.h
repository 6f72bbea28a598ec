// Calls, constructions, destructions, hand-offs and awaits of one body, written down as facts.
#ifndef ASYNC_TIDY_EXTRACT_CALLRECORDER_H
#define ASYNC_TIDY_EXTRACT_CALLRECORDER_H

#include "extract/Awaits.h"
#include "extract/CallableRecorder.h"
#include "extract/CaptureRecorder.h"
#include "extract/HeldLocks.h"
#include "extract/LockRanges.h"
#include "extract/ParameterGuards.h"
#include "extract/Terms.h"
#include "extract/UseRecorder.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

class CallRecorder {
public:
  /// Writes to `facts`. `written` is what the programmer wrote of the body; it may be null.
  CallRecorder(UnitContext &unit, const clang::FunctionDecl &function, const clang::Stmt *written,
               Body &facts);

  // `site`: where to report, if not where the expression stands.
  void call(const clang::CallExpr &call, clang::SourceLocation site);
  void construction(const clang::CXXConstructExpr &construct, clang::SourceLocation site);
  void inheritedConstruction(const clang::CXXInheritedCtorInitExpr &construct,
                             clang::SourceLocation site);
  void deletion(const clang::CXXDeleteExpr &deletion, clang::SourceLocation site);

  /// The end of `object`, which is of `type`.
  void destruction(clang::QualType type, clang::SourceLocation site, ReceiverObject object);

  /// `co_await operand`.
  void await(const clang::Expr *operand, clang::SourceLocation site);

  /// How the body goes on after `suspend`.
  Going goesOn(const clang::CoroutineSuspendExpr &suspend) { return awaits.after(suspend); }

  /// Notes that the body may sleep in `suspend`, which stands at `place`.
  void sleep(const clang::CoroutineSuspendExpr &suspend, Place place);

  /// Notes that the awaiter of `suspend` gets the rest of the body from `stretch` on.
  void rest(const clang::CoroutineSuspendExpr &suspend, uint32_t stretch);

  /// `return value` of an ordinary function.
  void result(const clang::Expr *value);

  /// What `lambda` captures.
  void captures(const clang::LambdaExpr &lambda) {
    llvm::append_range(facts.aliases, terms.aliases(lambda));
    dependences.lambda(lambda);
  }

  /// `initializer` of the constructor that this body is.
  void member(const clang::CXXCtorInitializer &initializer);

  /// `target = value`, of built-in types.
  void assignment(const clang::Expr &target, const clang::Expr &value);

  void parameter(const clang::ParmVarDecl &parameter) { terms.copied(parameter); }

  /// A local variable.
  void variable(const clang::VarDecl &variable) { terms.declared(variable); }

  /// The end of the body.
  void finish();

private:
  void made(const Made &call);
  template <class Expression>
  void constructed(const Expression &e, llvm::ArrayRef<const clang::Expr *> arguments,
                   clang::SourceLocation site);
  KnownFunction knownMade(const Made &call) const;
  bool applyAnnotations(const Made &call, const KnownFunction &known);
  std::optional<Sink> sinkOf(const Made &call, const KnownFunction &known, CallView &view);
  void applyModels(const Made &call, const KnownFunction &known, bool isProject);
  void throughValue(const clang::Expr &callee, llvm::ArrayRef<const clang::Expr *> arguments,
                    clang::SourceLocation site);
  void add(const Made &call, Call fact);
  void addProjectCall(const Made &call);
  Term calledOn(const Made &call);
  bool givesCallableToUnknown(const Made &call);
  void resumed(const Made &call);
  void kept(const Made &call, const KnownFunction &known);
  void lock(const Made &call, const KnownFunction &known, CallView &view);
  void ownLock(const Made &call);
  void homes(const Made &call, const KnownFunction &known, CallView &view);
  bool isOwnLambda(const clang::Expr &e);
  void advance(const clang::CXXMemberCallExpr &call, clang::SourceLocation site);

  UnitContext &unit;
  const clang::FunctionDecl &function;
  const clang::Stmt *written;
  Body &facts;
  Locals locals;
  LockRanges locks;
  ReadyGuards guards;
  ParameterGuards parameters;
  Terms terms;
  UseRecorder uses;
  Awaits awaits;
  HeldLocks held; // of a coroutine
  CallSet awaited;
  CaptureRecorder dependences;
  llvm::DenseMap<const clang::Expr *, uint32_t> rests; // calls of await_suspend: the stretch
  llvm::DenseMap<const clang::Expr *, const clang::FieldDecl *> members; // by what makes them
  CallableRecorder callables;
};

} // namespace async_tidy

#endif
