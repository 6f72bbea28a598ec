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

void forEachIdentity(Term &term, llvm::function_ref<void(EntityId &)> visit) {
  if (term.id != 0)
    visit(term.id);
  for (Term &part : term.parts)
    forEachIdentity(part, visit);
}

} // namespace async_tidy
