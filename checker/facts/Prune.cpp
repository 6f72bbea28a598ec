#include "facts/Prune.h"
#include "llvm/ADT/STLExtras.h"
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace async_tidy {

namespace {

/// Leaves those arguments only that a callee, or what it passes them to, asks about, or that is not
/// seen here.
class Givens {
public:
  explicit Givens(Unit &unit) : unit(unit) {
    for (const Body &body : unit.bodies)
      here.insert(body.id);
  }

  void drop() {
    for (const Body &body : unit.bodies)
      for (const Call &call : body.calls)
        for (const ParameterValue &value : call.onlyIf)
          asked.insert({body.id, value.parameter});
    while (spread()) {
    }
    for (Body &body : unit.bodies)
      for (Call &call : body.calls)
        llvm::erase_if(call.gives, [&](const GivenValue &value) { return !isAsked(call, value); });
  }

private:
  bool isAsked(const Call &call, const GivenValue &value) const {
    return call.isVirtual || !here.contains(call.callee) ||
           asked.contains({call.callee, value.parameter});
  }

  /// Whether anything was new: who passes a parameter on asks about it too.
  bool spread() {
    size_t before = asked.size();
    for (const Body &body : unit.bodies)
      for (const Call &call : body.calls)
        for (const GivenValue &value : call.gives)
          if (value.kind == GivenValue::Kind::Same && isAsked(call, value))
            asked.insert({body.id, value.same});
    return asked.size() != before;
  }

  Unit &unit;
  std::unordered_set<EntityId> here;
  std::set<std::pair<EntityId, uint32_t>> asked;
};

} // namespace

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
        body.runs != Where::Unknown || !body.forgotten.empty() || body.mayStart)
      keep(body.id);
    // What runs later matters by its captures alone.
    for (const Capture &capture : body.captures)
      keep(capture.callable);
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
  Givens(unit).drop();
}

} // namespace async_tidy
