// Where a body holds locks: from the statement that takes one to the end of its scope, or to where
// it is given back.
#ifndef ASYNC_TIDY_EXTRACT_LOCKRANGES_H
#define ASYNC_TIDY_EXTRACT_LOCKRANGES_H

#include "extract/UnitContext.h"

namespace async_tidy {

class LockRanges {
public:
  explicit LockRanges(UnitContext &unit) : unit(unit) {}

  /// `by`, a variable's initialiser or a call, takes the lock of `mutex`. A guard, if there is one,
  /// gives it back at the end of its scope.
  void taken(const clang::Expr &by, EntityId mutex, const clang::ValueDecl *guard) {
    all.push_back({&by, mutex, guard});
  }

  /// `by` gives back the lock of `mutex`, or that which `guard` has.
  void givenBack(const clang::Expr &by, EntityId mutex, const clang::ValueDecl *guard) {
    ends.push_back({&by, mutex, guard});
  }

  /// Writes down what `body` holds.
  void finish(const clang::Stmt *body, Body &facts) const;

private:
  struct Event {
    const clang::Expr *by;
    EntityId mutex;
    const clang::ValueDecl *guard;
  };

  void inScope(const clang::CompoundStmt &scope, Body &facts) const;

  UnitContext &unit;
  std::vector<Event> all;
  std::vector<Event> ends;
};

} // namespace async_tidy

#endif
