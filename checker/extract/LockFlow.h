// Which locks a coroutine has where it sleeps: forward over the CFG of what the programmer wrote.
#ifndef ASYNC_TIDY_EXTRACT_LOCKFLOW_H
#define ASYNC_TIDY_EXTRACT_LOCKFLOW_H

#include "extract/Locals.h"
#include "facts/Facts.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace async_tidy {

/// What has a lock: a guard, or whoever calls the functions of a mutex.
struct LockHolder {
  const clang::ValueDecl *guard = nullptr; // null: a mutex is locked and unlocked by hand
  std::vector<std::string> mutexes;        // as the source has them
};

/// What an expression does to the lock of a holder.
struct LockEvent {
  enum class Kind : uint8_t {
    Take,
    IfTrue,  // takes it, or tells that it is taken, if its value is true
    IfZero,  // the same for zero
    Release, // gives it back, or gives the guard to somebody else
  };
  Kind kind = Kind::Take;
  size_t holder = 0;
  Place place;
};

struct LockFlowInput {
  LockFlowInput(const clang::FunctionDecl &function, const clang::Stmt *written, Locals &locals)
      : function(function), written(written), locals(locals) {}

  const clang::FunctionDecl &function;
  const clang::Stmt *written; // what the programmer wrote of it
  Locals &locals;
  std::vector<LockHolder> holders;
  llvm::DenseMap<const clang::Stmt *, llvm::SmallVector<LockEvent, 1>> events;
  std::vector<const clang::CoroutineSuspendExpr *> sleeps;
};

struct LockedAt {
  size_t sleep = 0;
  size_t holder = 0;
  Place taken;
};

/// Where the coroutine sleeps with which lock. A guard's lock counts if it is had on some way
/// there; one that is taken by hand, if it is had on all ways, and is given back afterwards: by
/// hand, locks are often taken and given back under one condition.
std::vector<LockedAt> lockedSleeps(const LockFlowInput &input);

} // namespace async_tidy

#endif
