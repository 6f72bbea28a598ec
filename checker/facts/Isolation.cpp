#include "facts/Isolation.h"
#include <set>

namespace async_tidy {

std::optional<Isolation> resolved(const Isolation &of, IsolationLookup lookup) {
  Isolation result{of.changesGiven, of.waits, {}};
  std::set<Reaching> seen(of.calls.begin(), of.calls.end());
  std::vector<Reaching> todo(seen.begin(), seen.end());
  while (!todo.empty()) {
    Reaching call = todo.back();
    todo.pop_back();
    CalleeIsolation callee = lookup(call);
    if (callee.kind == CalleeIsolation::Kind::Shares)
      return std::nullopt;
    if (callee.kind == CalleeIsolation::Kind::Unseen) {
      result.calls.push_back(call);
      continue;
    }
    result.waits |= callee.isolation->waits;
    if (callee.isolation->changesGiven) {
      if (call.given == Extent::Shared)
        return std::nullopt;
      result.changesGiven |= call.given == Extent::Given;
    }
    for (Reaching inner : callee.isolation->calls) {
      // What the callee was given is what its caller gave it.
      if (inner.given == Extent::Given)
        inner.given = call.given;
      if (seen.insert(inner).second)
        todo.push_back(inner);
    }
  }
  return result;
}

} // namespace async_tidy
