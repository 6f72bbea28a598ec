#include "facts/Term.h"
#include <algorithm>
#include <tuple>

namespace async_tidy {

// Terms are at most TermDepth deep, so these may recurse.

std::strong_ordering operator<=>(const Term &a, const Term &b) {
  if (auto order = std::tie(a.kind, a.id, a.index) <=> std::tie(b.kind, b.id, b.index); order != 0)
    return order;
  return std::lexicographical_compare_three_way(a.parts.begin(), a.parts.end(), b.parts.begin(),
                                                b.parts.end());
}

namespace {

/// Whether a term of this kind means something only with its part.
bool needsPart(Term::Kind kind) {
  return kind == Term::Kind::Field || kind == Term::Kind::Moved || kind == Term::Kind::Made ||
         kind == Term::Kind::Member;
}

Term limitedTo(Term term, unsigned depth) {
  if (depth == 0 && !term.parts.empty()) {
    if (needsPart(term.kind) || term.is(Term::Kind::Result))
      return {};
    bool isExecutor = term.is(Term::Kind::Loop) || term.is(Term::Kind::Worker);
    term.parts.assign(isExecutor ? 1 : 0, Term());
  }
  for (Term &part : term.parts)
    part = limitedTo(std::move(part), depth == 0 ? 0 : depth - 1);
  return term;
}

} // namespace

Term limited(Term term) {
  return limitedTo(std::move(term), TermDepth - 1);
}

bool isNew(const Term &term) {
  return term.is(Term::Kind::Fresh) || term.is(Term::Kind::Object);
}

bool isNothing(const Term &term) {
  return term.is(Term::Kind::Unknown) || isNew(term);
}

bool isFunction(const Term &term) {
  return term.is(Term::Kind::Function) || term.is(Term::Kind::Result) || term.is(Term::Kind::Rest);
}

bool hasParameter(const Term &term) {
  return term.is(Term::Kind::Parameter) ||
         std::any_of(term.parts.begin(), term.parts.end(), hasParameter);
}

Term withoutMove(const Term &term) {
  return term.is(Term::Kind::Moved) ? term.parts[0] : term;
}

Term withoutMade(Term term) {
  while (term.is(Term::Kind::Made))
    term = Term(term.parts[0]);
  for (Term &part : term.parts)
    part = withoutMade(std::move(part));
  return term;
}

Term outside(const Term &term) {
  if (term.is(Term::Kind::This) && term.id != 0)
    return {Term::Kind::Some, term.id, 0, {}};
  if (term.is(Term::Kind::This) || (term.is(Term::Kind::Parameter) && term.id != 0))
    return {};
  Term result = term;
  for (Term &part : result.parts)
    part = outside(part);
  return result;
}

void forEachIdentity(Term &term, llvm::function_ref<void(EntityId &)> visit) {
  if (term.id != 0)
    visit(term.id);
  for (Term &part : term.parts)
    forEachIdentity(part, visit);
}

} // namespace async_tidy
