// Terms of a whole program: what a body says of its own parameters in the terms of who runs it, and
// whether two terms may be one thing.
#ifndef ASYNC_TIDY_INFER_THINGS_H
#define ASYNC_TIDY_INFER_THINGS_H

#include "facts/Program.h"
#include <set>

namespace async_tidy {

class Things {
public:
  explicit Things(const Program &program);

  /// `term`, of `body`, with what the program's own functions give in place of their calls.
  Term resolved(const Term &term, BodyIndex body) const { return resolve(term, body, 0); }

  /// `term`, of body `inner`, in the terms of body `outer` that runs it and passes it `passed`, all
  /// of them resolved. Fresh if the thing belongs to `inner` alone.
  Term lift(const Term &term, BodyIndex inner, BodyIndex outer,
            const std::vector<Term> &passed) const;

  /// The same for what is run because a variable keeps it: only `passed` counts, of body `outer`.
  Term liftKept(const Term &term, BodyIndex outer, const std::vector<Term> &passed) const;

  /// As `resolved`, of a variable or member that keeps something: it stands for itself.
  Term resolvedSeat(const Term &term, BodyIndex body) const;

  /// Whether callers of `body`, or the body around it if it is a lambda, can tell more of `term`.
  bool isOpen(const Term &term, BodyIndex body) const;

  /// Whether `term` means the same to all that run the body whose it is, however far up.
  bool isFixed(const Term &term) const;

  /// Whether `a` and `b` may be one thing: the same variable, or the same field of the same class,
  /// unless the program shows two objects.
  bool maybeSame(const Term &a, const Term &b) const;

  /// The body whose local variable `term` starts from; 0 if there is none.
  EntityId owner(const Term &term) const;

private:
  Term resolve(const Term &term, BodyIndex body, unsigned depth) const;
  Term substitute(const Term &term, bool isLambda, const std::vector<Term> &passed,
                  llvm::function_ref<Term(const Term &)> variable) const;
  Term liftVariable(const Term &term, BodyIndex inner, BodyIndex outer) const;
  bool maybeSameObject(const Term &a, const Term &b) const;
  bool isSeat(EntityId id) const;
  void resolveAliases();
  void gatherMembers();
  Term withMembers(Term term, BodyIndex body) const;

  const Program &program;
  std::vector<std::map<EntityId, Term>> aliases; // by body; those whose value is known
  // By body, variable and field: what members of local structs stand for.
  std::vector<std::map<std::pair<EntityId, EntityId>, Term>> members;
  std::set<EntityId> standIns;  // variables that stand for something else in some body
  std::set<EntityId> madeForIt; // variables whose object a function of the program made for them
};

/// Whether it depends on the caller what `term` is.
bool dependsOnCaller(const Term &term);

/// `term` where nothing is known of the caller: a parameter is taken for itself, and `this` for any
/// object of its class.
Term withoutCaller(const Term &term);

/// The same, but `this` alone is some object of its class.
Term someOf(const Term &term);

/// The variable or field that `term` ends in, or the class of which it is some object; 0 if it is
/// neither.
EntityId thingIn(const Term &term);

/// The thing whose own executor `term` is; null if it is no such term.
const Term *ownerOfExecutor(const Term &term);

/// Whether nobody else can have the thing yet.
bool isBeingMade(const Term &term);

/// As withoutCaller, for executors: `this` is some object of its class.
Term settled(const Term &term);

/// The variable or field that `term` ends in; 0 if it is none.
EntityId resourceOf(const Term &term);

/// The variable that `term` starts from; 0 if it starts from something else.
EntityId originOf(const Term &term);

/// Whether ownership of the thing goes along.
bool isMoved(const Term &term);

} // namespace async_tidy

#endif
