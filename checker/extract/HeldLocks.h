// What one coroutine does with locks, and where it sleeps.
#ifndef ASYNC_TIDY_EXTRACT_HELDLOCKS_H
#define ASYNC_TIDY_EXTRACT_HELDLOCKS_H

#include "extract/LockFlow.h"
#include "extract/UnitContext.h"
#include "extract/UseRecorder.h"
#include "llvm/ADT/FoldingSet.h"
#include <map>

namespace async_tidy {

class HeldLocks {
public:
  /// `written`: what the programmer wrote of `function`; it may be null.
  HeldLocks(UnitContext &unit, const clang::FunctionDecl &function, const clang::Stmt *written,
            Locals &locals);

  /// Notes that `call` takes locks.
  void taken(const Made &call, LocksKind how);

  /// Notes that `call` gives one back.
  void givenBack(const Made &call);

  /// Notes that `guard` is an object of a class of the project's own, which has the lock of
  /// `mutex` from `call` to its end.
  void takenBy(const Made &call, const clang::ValueDecl &guard, std::string mutex);

  /// What a message calls `mutex`.
  std::string nameOf(const clang::Expr &mutex) const;

  /// Notes that the body sleeps in `suspend`, which stands at `place`. `children`: the coroutines
  /// that it awaits there, if that is all.
  void sleeps(const clang::CoroutineSuspendExpr &suspend, Place place,
              std::vector<EntityId> children);

  /// Writes down which locks it has there.
  void finish(Body &facts);

private:
  using Shape = llvm::FoldingSetNodeID;

  struct Sleep {
    Place place;
    bool isYield = false;
    std::vector<EntityId> children;
  };

  using Statements = llvm::SmallPtrSet<const clang::Stmt *, 16>;

  bool isMutex(clang::QualType type) const;
  const clang::VarDecl *guardMadeBy(const Made &call);
  llvm::SmallVector<const clang::Expr *, 4> lockedBy(const Made &call) const;
  std::optional<size_t> holderOf(const clang::Expr &object);
  size_t holderOf(const clang::VarDecl &guard);
  void add(const Made &call, LockEvent::Kind kind, size_t holder);
  void addHarmless(const clang::CallExpr &call, Statements &harmless) const;
  void releaseGivenAway();
  void dropUnclear();

  UnitContext &unit;
  Locals &locals;
  LockFlowInput flow;
  bool isCoroutine;
  std::vector<Sleep> sleepPlaces;
  llvm::DenseMap<const clang::ValueDecl *, size_t> guards;
  std::map<std::pair<size_t, Place>, std::vector<std::string>> madeWith; // by guard: the mutexes
  std::map<Shape, size_t> mutexes;             // that are locked by hand, by what names them
  std::vector<const clang::ValueDecl *> lasts; // by holder: the last part of that name
  std::vector<bool> isKnown;                   // by holder: it is a guard, or a mutex
};

} // namespace async_tidy

#endif
