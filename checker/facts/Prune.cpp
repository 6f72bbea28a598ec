#include "facts/Prune.h"
#include "llvm/ADT/STLExtras.h"
#include <unordered_map>
#include <unordered_set>

namespace async_tidy {

void prune(Unit &unit) {
  std::unordered_map<EntityId, const Body *> here;
  std::unordered_map<EntityId, std::vector<EntityId>> callers;
  for (const Body &body : unit.bodies)
    here[body.id] = &body;

  std::unordered_set<EntityId> kept;
  std::vector<EntityId> todo;
  auto keep = [&](EntityId id) {
    if (kept.insert(id).second)
      todo.push_back(id);
  };
  for (const Body &body : unit.bodies) {
    bool leadsOut = llvm::any_of(body.calls, [&](const Call &call) {
      return call.sink || call.isVirtual || call.runsLoop || !call.value.is(Term::Kind::Unknown) ||
             (call.callee != 0 && !here.contains(call.callee));
    });
    if (leadsOut || body.kind != BodyKind::Function || !body.handOffs.empty() ||
        !body.overrides.empty() || !body.returns.empty() || body.unknownCalls != 0 ||
        !body.goesOn.empty() || !body.uses.empty() || !body.gives.empty() || !body.stores.empty() ||
        body.runs != Where::Unknown)
      keep(body.id);
    for (const Call &call : body.calls)
      callers[call.callee].push_back(body.id);
  }
  while (!todo.empty()) {
    EntityId id = todo.back();
    todo.pop_back();
    for (EntityId caller : callers[id])
      keep(caller);
  }

  llvm::erase_if(unit.bodies, [&](const Body &body) { return !kept.contains(body.id); });
  for (Body &body : unit.bodies)
    llvm::erase_if(body.calls, [&](const Call &call) {
      return call.callee != 0 && !call.isVirtual && here.contains(call.callee) &&
             !kept.contains(call.callee);
    });
}

} // namespace async_tidy
