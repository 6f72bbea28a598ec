#include "infer/Things.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

// Terms nest at most TermDepth deep, so what walks them may recurse.

namespace {

unsigned depthOf(const Term &term) {
  unsigned deepest = 0;
  for (const Term &part : term.parts)
    deepest = std::max(deepest, 1 + depthOf(part));
  return deepest;
}

bool isKnown(const Term &term) {
  return !isNothing(term);
}

/// The field of `base` that is `like` but for what it is of, cut where terms grow too deep, as in
/// recursion over a list.
Term fieldOf(const Term &like, Term base) {
  EntityId field = like.id;
  if (base.is(Term::Kind::Fresh))
    return field == ExecutorField && !base.parts.empty() ? base.parts[0] : Term::fresh();
  if (base.is(Term::Kind::Object)) {
    for (const Term &member : base.parts)
      if (member.id == field)
        return member.parts[0];
    return Term::fresh();
  }
  if (depthOf(base) + 1 >= TermDepth)
    base = Term();
  if (base == std::as_const(like).parts[0])
    return like;
  Term result = Term::field(field, std::move(base));
  result.index = like.index;
  return result;
}

Term movedFrom(Term what) {
  bool stays = !isKnown(what) || what.is(Term::Kind::Moved);
  return stays ? what : Term::moved(std::move(what));
}

} // namespace

Things::Things(const Program &program)
    : program(program), aliases(program.bodies().size()), members(program.bodies().size()) {
  gatherMembers();
  // Twice, because what a function gives may be one of its own such variables.
  for (unsigned round = 0; round != 2; ++round)
    resolveAliases();
  for (const Body &body : program.bodies())
    for (const Alias &alias : body.aliases)
      standIns.insert(alias.variable);
}

/// Aliases in terms of calls wait for what these give; where that is not known, the variable stands
/// for itself.
void Things::resolveAliases() {
  for (BodyIndex body = 0; body != aliases.size(); ++body) {
    std::map<EntityId, Term> known;
    for (const Alias &alias : program.body(body).aliases) {
      if (alias.field != 0)
        continue;
      Term value = resolve(alias.value, body, 0);
      const Variable *variable = program.variable(alias.variable);
      bool isOwn = variable && variable->owner == program.body(body).id;
      if (isKnown(value) || (!isOwn && isNew(value)))
        known.emplace(alias.variable, std::move(value));
      else if (isNew(value))
        madeForIt.insert(alias.variable);
    }
    aliases[body] = std::move(known);
  }
}

/// A member that is given two things stands for neither.
void Things::gatherMembers() {
  for (BodyIndex body = 0; body != members.size(); ++body)
    for (const Alias &alias : program.body(body).aliases) {
      if (alias.field == 0)
        continue;
      auto [at, isNew] = members[body].emplace(std::pair(alias.variable, alias.field), alias.value);
      if (!isNew && at->second != alias.value)
        at->second = Term();
    }
}

/// `term` with what members of the variables of `body` stand for in their place.
Term Things::withMembers(Term term, BodyIndex body) const {
  if (body >= members.size() || members[body].empty())
    return term;
  term = withParts(term, [&](const Term &part) { return withMembers(part, body); });
  if (!term.is(Term::Kind::Field) || !term.parts[0].is(Term::Kind::Variable))
    return term;
  auto at = members[body].find({term.parts[0].id, term.id});
  return at == members[body].end() || at->second.is(Term::Kind::Unknown) ? term : at->second;
}

Term Things::substitute(const Term &term, bool isLambda, const std::vector<Term> &passed,
                        llvm::function_ref<Term(const Term &)> variable) const {
  auto at = [&](size_t index) { return index < passed.size() ? passed[index] : Term(); };
  switch (term.kind) {
  case Term::Kind::Unknown:
  case Term::Kind::Current:
  case Term::Kind::Some:
  case Term::Kind::Own:
  case Term::Kind::Rest:
  case Term::Kind::Runner:
    return term;
  case Term::Kind::Variable:
    return variable(term);
  case Term::Kind::Parameter:
    return at(size_t(term.index) + 1);
  case Term::Kind::This:
    return isLambda ? term : at(0);
  case Term::Kind::Field:
    return fieldOf(term, substitute(term.parts[0], isLambda, passed, variable));
  case Term::Kind::Moved:
    return movedFrom(substitute(term.parts[0], isLambda, passed, variable));
  case Term::Kind::Fresh:
  case Term::Kind::Made:
  case Term::Kind::Result:
  case Term::Kind::Function:
  case Term::Kind::Loop:
  case Term::Kind::Worker:
  case Term::Kind::Object:
  case Term::Kind::Member:
    break;
  }
  Term result = withParts(
      term, [&](const Term &part) { return substitute(part, isLambda, passed, variable); });
  // What a context's executor is made from may be passed as such an executor.
  bool isExecutor = term.is(Term::Kind::Loop) || term.is(Term::Kind::Worker);
  const TermParts &parts = result.parts;
  if (isExecutor && (parts[0].is(Term::Kind::Loop) || parts[0].is(Term::Kind::Worker))) {
    Term inner = parts[0];
    if (term.is(Term::Kind::Loop) && inner.is(Term::Kind::Loop))
      inner.index |= term.index;
    return inner;
  }
  return limited(result);
}

Term Things::liftKept(const Term &term, BodyIndex outer, const std::vector<Term> &passed) const {
  Term lifted = substitute(term, false, passed, [&](const Term &v) {
    bool isBody = outer < aliases.size();
    auto alias = isBody ? aliases[outer].find(v.id) : std::map<EntityId, Term>::const_iterator();
    return isBody && alias != aliases[outer].end() ? alias->second : v;
  });
  return withMembers(std::move(lifted), outer);
}

bool Things::isOpen(const Term &term, BodyIndex body) const {
  if (term.is(Term::Kind::Parameter) || term.is(Term::Kind::This))
    return true;
  if (term.is(Term::Kind::Variable) && body < aliases.size())
    for (auto at = program.find(program.body(body).around); at;
         at = program.find(program.body(*at).around))
      if (aliases[*at].contains(term.id))
        return true;
  return llvm::any_of(term.parts, [&](const Term &part) { return isOpen(part, body); });
}

bool Things::isFixed(const Term &term) const {
  switch (term.kind) {
  case Term::Kind::Unknown:
  case Term::Kind::Some:
    return true;
  case Term::Kind::Variable: {
    const Variable *variable = program.variable(term.id);
    return !standIns.contains(term.id) && (!variable || variable->owner == 0);
  }
  case Term::Kind::Field:
    return depthOf(term) < TermDepth && isFixed(term.parts[0]);
  case Term::Kind::Moved:
    return isKnown(term.parts[0]) && isFixed(term.parts[0]);
  default:
    return false;
  }
}

Term Things::resolvedSeat(const Term &term, BodyIndex body) const {
  if (!term.is(Term::Kind::Field))
    return term;
  return fieldOf(term, resolved(term.parts[0], body));
}

Term Things::resolve(const Term &term, BodyIndex body, unsigned depth) const {
  if (depth >= TermDepth)
    return {};
  if (term.is(Term::Kind::Variable)) {
    auto alias = aliases[body].find(term.id);
    return alias == aliases[body].end() ? term : alias->second;
  }
  Term result = withParts(term, [&](const Term &part) { return resolve(part, body, depth + 1); });
  if (result.is(Term::Kind::Field))
    return withMembers(fieldOf(term, std::as_const(result).parts[0]), body);
  if (result.is(Term::Kind::Moved))
    return movedFrom(std::as_const(result).parts[0]);
  if (!result.is(Term::Kind::Result))
    return result;
  auto callee = program.find(result.id);
  if (!callee) {
    // Of a function that is only declared, one body may be the one that runs.
    std::vector<BodyIndex> overriders = program.findWithOverriders(result.id);
    if (overriders.size() != 1 || program.body(overriders.front()).gives.size() != 1)
      return overriders.empty() ? Term() : result;
    callee = overriders.front();
  }
  // A task is the call that made it.
  const Body &function = program.body(*callee);
  if (function.kind != BodyKind::Function || !function.returns.empty() || !function.goesOn.empty())
    return result;
  if (function.gives.size() != 1)
    return {};
  Term given = resolve(program.body(*callee).gives.front(), *callee, depth + 1);
  return substitute(given, false, result.parts,
                    [&](const Term &v) { return liftVariable(v, *callee, *callee); });
}

Term Things::lift(const Term &term, BodyIndex inner, BodyIndex outer,
                  const std::vector<Term> &passed) const {
  Term lifted = substitute(term, program.body(inner).isLambda, passed,
                           [&](const Term &v) { return liftVariable(v, inner, outer); });
  return withMembers(std::move(lifted), outer);
}

Term Things::liftVariable(const Term &term, BodyIndex inner, BodyIndex outer) const {
  if (auto alias = aliases[outer].find(term.id); alias != aliases[outer].end())
    return alias->second;
  const Variable *variable = program.variable(term.id);
  if (!variable || variable->owner != program.body(inner).id)
    return term;
  // Nobody else has a thing that was made here. A pointer may point to anything.
  return isSeat(term.id) ? Term::fresh() : Term();
}

bool Things::isSeat(EntityId id) const {
  const Variable *variable = program.variable(id);
  return madeForIt.contains(id) || (variable && variable->isSeat);
}

bool Things::maybeSame(const Term &a, const Term &b) const {
  if (a.is(Term::Kind::Moved))
    return maybeSame(a.parts[0], b);
  if (b.is(Term::Kind::Moved))
    return maybeSame(a, b.parts[0]);
  if (a.kind != b.kind || a.id != b.id)
    return false;
  // Any class may have an executor; two have two.
  if (a.is(Term::Kind::Field) && a.id == ExecutorField && a.parts[0].is(Term::Kind::Some) &&
      b.parts[0].is(Term::Kind::Some))
    return a.parts[0].id == b.parts[0].id;
  return a.is(Term::Kind::Variable) || a.is(Term::Kind::Some) ||
         (a.is(Term::Kind::Field) && maybeSameObject(a.parts[0], b.parts[0]));
}

/// Whether two objects, of which the same field is used, may be one.
bool Things::maybeSameObject(const Term &a, const Term &b) const {
  if (a.is(Term::Kind::Moved))
    return maybeSameObject(a.parts[0], b);
  if (b.is(Term::Kind::Moved))
    return maybeSameObject(a, b.parts[0]);
  if (a.is(Term::Kind::Field) && b.is(Term::Kind::Field) && a.id == b.id)
    return maybeSameObject(a.parts[0], b.parts[0]);
  // Two variables or members that hold their objects themselves hold two.
  auto isPlain = [&](const Term &term) {
    return (term.is(Term::Kind::Variable) || term.is(Term::Kind::Field)) && isSeat(term.id);
  };
  return a.id == b.id || !isPlain(a) || !isPlain(b);
}

EntityId Things::owner(const Term &term) const {
  const Variable *variable = program.variable(originOf(term));
  return variable ? variable->owner : 0;
}

EntityId originOf(const Term &term) {
  if (!term.parts.empty())
    return originOf(term.parts[0]);
  return term.is(Term::Kind::Variable) ? term.id : 0;
}

bool dependsOnCaller(const Term &term) {
  return term.is(Term::Kind::Parameter) || term.is(Term::Kind::This) ||
         llvm::any_of(term.parts, dependsOnCaller);
}

bool isBeingMade(const Term &term) {
  return term.is(Term::Kind::Made) || (!term.parts.empty() && isBeingMade(term.parts[0]));
}

Term settled(const Term &term) {
  if (term.is(Term::Kind::Parameter))
    return Term::variable(term.id);
  if (term.is(Term::Kind::This))
    return outside(term);
  return withParts(term, settled);
}

Term withoutCaller(const Term &term) {
  if (term.is(Term::Kind::Parameter))
    return Term::variable(term.id);
  if (term.is(Term::Kind::This))
    return {};
  return withParts(term, withoutCaller);
}

Term someOf(const Term &term) {
  Term known = withoutCaller(term);
  return term.is(Term::Kind::This) && term.id != 0 ? outside(term) : known;
}

EntityId thingIn(const Term &term) {
  if (term.is(Term::Kind::Moved))
    return thingIn(term.parts[0]);
  return term.is(Term::Kind::Some) ? term.id : resourceOf(term);
}

const Term *ownerOfExecutor(const Term &term) {
  return term.is(Term::Kind::Field) && term.id == ExecutorField ? term.parts.begin() : nullptr;
}

EntityId resourceOf(const Term &term) {
  if (term.is(Term::Kind::Moved))
    return resourceOf(term.parts[0]);
  return resourceIn(term);
}

bool isMoved(const Term &term) {
  return term.is(Term::Kind::Moved) || llvm::any_of(term.parts, isMoved);
}

} // namespace async_tidy
