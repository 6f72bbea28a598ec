// What becomes of the callables that functions are given, and what else runs because of them:
// objects that they construct. Written down as facts.
#ifndef ASYNC_TIDY_EXTRACT_CALLABLERECORDER_H
#define ASYNC_TIDY_EXTRACT_CALLABLERECORDER_H

#include "extract/CaptureRecorder.h"

namespace async_tidy {

class CallableRecorder {
public:
  /// `awaited`: the calls that the body is known to wait for.
  CallableRecorder(UnitContext &unit, Locals &locals, ReadyGuards &guards, Terms &terms,
                   const CallSet &awaited, CaptureRecorder &dependences, Body &facts)
      : unit(unit), locals(locals), guards(guards), terms(terms), awaited(awaited),
        dependences(dependences), facts(facts) {}

  /// `call`, of the function `name`, which `model` says to run its callables.
  void handOff(const Made &call, const HandOffModel &model, llvm::StringRef name);

  /// `call`, of the function `name`, which constructs an object from its arguments.
  void constructed(const Made &call, ConstructsKind kind, llvm::StringRef name);

  /// `callable` is called at `site` with `passed`; if a library function calls it, `via` is that
  /// one's name.
  void calledInline(Callable callable, std::vector<Term> passed, clang::SourceLocation site,
                    CallForm form, llvm::StringRef via);

  /// The body waits with `call`, of the function `name`, for the thread or future that it is called
  /// on, or given.
  void waitedFor(const Made &call, llvm::StringRef name);

  /// Tells hand-offs where the body waits for them, and what has ended when they begin.
  void finish();

private:
  HandOff handOffBy(const Made &call, const HandOffModel &model, llvm::StringRef name);
  bool isDetached(const clang::ValueDecl &holder) const;
  EntityId holderOf(const Made &call) const;
  EntityId seatOf(const clang::Expr &threadOrFuture) const;
  bool follow(HandOff &handOff, const clang::Expr *before);
  void noteArguments(const Made &call, const HandOffModel &model, size_t callable,
                     const clang::FunctionDecl &function);
  std::vector<Term> restOf(const Made &call, size_t callable);
  llvm::SmallVector<size_t, 4> callableArguments(const Made &call, const HandOffModel &model) const;

  UnitContext &unit;
  Locals &locals;
  ReadyGuards &guards;
  Terms &terms;
  const CallSet &awaited;
  CaptureRecorder &dependences;
  Body &facts;
  std::map<EntityId, std::vector<Place>> waits;      // by what they wait for
  llvm::DenseMap<const clang::Expr *, Place> givers; // the calls that hand off
  // By its index, what hand-off begins when this future's function has ended, or, where that is
  // null, what else its call hands off.
  std::map<size_t, const clang::Expr *> whenDone;
};

} // namespace async_tidy

#endif
