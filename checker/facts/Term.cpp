#include "facts/Term.h"
#include <algorithm>
#include <tuple>

namespace async_tidy {

// Terms are at most TermDepth deep, so these may recurse.

std::strong_ordering operator<=>(const Term &a, const Term &b) {
  if (auto order = std::tie(a.kind, a.id, a.index) <=> std::tie(b.kind, b.id, b.index); order != 0)
    return order;
  if (a.parts.isSharedWith(b.parts))
    return std::strong_ordering::equal;
  return std::lexicographical_compare_three_way(a.parts.begin(), a.parts.end(), b.parts.begin(),
                                                b.parts.end());
}

bool operator==(const Term &a, const Term &b) {
  return a.kind == b.kind && a.id == b.id && a.index == b.index &&
         (a.parts.isSharedWith(b.parts) ||
          std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end()));
}

TermParts::TermParts(std::initializer_list<Term> terms)
    : shared(terms.size() == 0 ? nullptr : std::make_shared<std::vector<Term>>(terms)) {}

TermParts::TermParts(std::vector<Term> terms)
    : shared(terms.empty() ? nullptr : std::make_shared<std::vector<Term>>(std::move(terms))) {}

const std::vector<Term> &TermParts::get() const {
  static const std::vector<Term> none;
  return shared ? *shared : none;
}

/// The parts, no longer shared with other terms.
std::vector<Term> &TermParts::own() {
  if (!shared)
    shared = std::make_shared<std::vector<Term>>();
  else if (shared.use_count() != 1)
    shared = std::make_shared<std::vector<Term>>(*shared);
  return *shared;
}

void TermParts::drop() {
  if (shared && shared->empty())
    shared = nullptr;
}

void TermParts::push_back(Term term) {
  own().push_back(std::move(term));
}

Term &TermParts::emplace_back() {
  return own().emplace_back();
}

void TermParts::resize(size_t count) {
  own().resize(count);
  drop();
}

namespace {

/// Whether a term of this kind means something only with its part.
bool needsPart(Term::Kind kind) {
  return kind == Term::Kind::Field || kind == Term::Kind::Moved || kind == Term::Kind::Made ||
         kind == Term::Kind::Member;
}

Term limitedTo(const Term &term, unsigned depth) {
  if (depth == 0 && !term.parts.empty()) {
    if (needsPart(term.kind) || term.is(Term::Kind::Result))
      return {};
    bool isExecutor = term.is(Term::Kind::Loop) || term.is(Term::Kind::Worker);
    Term cut = term;
    cut.parts = isExecutor ? TermParts{Term()} : TermParts();
    return cut;
  }
  return withParts(term, [&](const Term &part) { return limitedTo(part, depth - 1); });
}

} // namespace

Term limited(const Term &term) {
  return limitedTo(term, TermDepth - 1);
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

Term withoutMade(const Term &term) {
  return term.is(Term::Kind::Made) ? withoutMade(term.parts[0]) : withParts(term, withoutMade);
}

Term outside(const Term &term) {
  if (term.is(Term::Kind::This) && term.id != 0)
    return {Term::Kind::Some, term.id, 0, {}};
  if (term.is(Term::Kind::This) || (term.is(Term::Kind::Parameter) && term.id != 0))
    return {};
  return withParts(term, outside);
}

void forEachIdentity(Term &term, llvm::function_ref<void(EntityId &)> visit) {
  if (term.id != 0)
    visit(term.id);
  for (Term &part : term.parts)
    forEachIdentity(part, visit);
}

} // namespace async_tidy
