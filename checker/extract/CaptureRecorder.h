// What lambdas and coroutines that a body makes depend on of its own variables: captures by
// reference, references and pointers that they are given, the closures of lambda coroutines.
#ifndef ASYNC_TIDY_EXTRACT_CAPTURERECORDER_H
#define ASYNC_TIDY_EXTRACT_CAPTURERECORDER_H

#include "extract/Lifetimes.h"
#include "extract/UseRecorder.h"
#include <set>

namespace async_tidy {

class CaptureRecorder {
public:
  CaptureRecorder(UnitContext &unit, const clang::FunctionDecl &function,
                  const clang::Stmt *written, Locals &locals, Terms &terms, Body &facts)
      : unit(unit), function(function), written(written), locals(locals), terms(terms),
        facts(facts) {}

  /// What `lambda` captures by reference, or a pointer to.
  void lambda(const clang::LambdaExpr &lambda);

  /// What the task that `call` gives, of a coroutine, refers to.
  void call(const clang::CallExpr &call);

  /// `argument` is passed to `callable` when that runs.
  void bound(const clang::FunctionDecl &callable, const clang::Expr &argument);

  /// `callable` is handed off with `argument`: if that is a pointer to a variable of the body (a
  /// sender, or a context), the callable goes with it.
  void handedOffWith(const clang::FunctionDecl &callable, const clang::Expr &argument);

  /// `callable` is given to `receiver`: if that is a variable of the body which dies first, it has
  /// then done with it, as is to be hoped.
  void givenTo(const clang::FunctionDecl &callable, const clang::Expr &receiver) {
    if (const clang::VarDecl *owner = ownerOf(&receiver))
      receivers.emplace_back(&callable, owner);
  }

  /// `call` hands callables off.
  void handsOff(const clang::Expr &call) { givers.insert(&call); }

  /// `call` suspends the body, which is a fiber's.
  void suspends(const clang::Expr &call) { suspensions.push_back(&call); }

  /// Nothing is known of what `call` does.
  void unknown(const clang::Expr &call) { unknownCalls.push_back(&call); }

  /// Writes down what may matter. `awaited`: the calls that the body is known to wait for.
  void finish(const CallSet &awaited);

private:
  static constexpr unsigned DepthLimit = 8; // of references to references

  struct Candidate {
    CaptureForm form;
    const clang::VarDecl *variable; // null: a temporary
    clang::SourceLocation at;
    const clang::LambdaExpr *lambda = nullptr; // one of these is set
    const clang::FunctionDecl *callable = nullptr;
    const clang::CallExpr *call = nullptr; // that gives the task, if it is one
  };

  const clang::VarDecl *ownerOf(const clang::ValueDecl *variable, unsigned depth = 0) const;
  const clang::VarDecl *ownerOf(const clang::Expr *e, unsigned depth = 0) const;
  const clang::VarDecl *pointeeOf(const clang::Expr *e, unsigned depth = 0) const;
  const clang::VarDecl *wrapped(const clang::Expr &e) const;
  const clang::VarDecl *holderIn(const clang::Expr *e, unsigned depth) const;
  const clang::VarDecl *iteratedBy(const clang::Expr &e, unsigned depth) const;
  const clang::VarDecl *shownBy(const clang::Expr *e, CaptureForm &form, unsigned depth = 0) const;
  const clang::Expr *onlyValueOf(const clang::Expr &e) const;
  bool isView(clang::QualType type) const;
  bool showsTemporary(const clang::Expr &value) const;
  void argument(const clang::CallExpr &call, clang::QualType parameter, const clang::Expr &value);
  void object(const clang::CallExpr &call, const clang::Expr &object);
  std::vector<EntityId> callablesOf(const Candidate &candidate, const Lifetimes &lives) const;
  std::set<EntityId> mentioned() const;
  std::optional<Capture> captureOf(const Candidate &candidate, const Lifetimes &lives) const;
  void addPauses();
  bool isPause(const clang::Stmt &statement) const;
  bool mentionsCaptured(const clang::Stmt *statement) const;
  bool getsSuspender(const clang::CallExpr &call) const;
  bool hasResult(const clang::Expr &call) const;

  UnitContext &unit;
  const clang::FunctionDecl &function;
  const clang::Stmt *written;
  Locals &locals;
  Terms &terms;
  Body &facts;
  std::vector<Candidate> candidates;
  std::vector<const clang::Expr *> unknownCalls;
  std::vector<const clang::Expr *> suspensions;
  llvm::SmallPtrSet<const clang::Expr *, 4> givers; // what hands off
  llvm::SmallPtrSet<const clang::FunctionDecl *, 4> tied;
  std::vector<std::pair<const clang::FunctionDecl *, const clang::VarDecl *>> receivers;
  llvm::SmallPtrSet<const clang::VarDecl *, 8> captured; // that are written down
};

} // namespace async_tidy

#endif
