#include "checks/Waits.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// Whether other code may run to its end while a call of that tier blocks: with `cpu`, that which
/// works on its behalf.
bool letsOthersRun(Tier tier) {
  switch (tier) {
  case Tier::Deadlock:
  case Tier::Wait:
  case Tier::Sleep:
  case Tier::Network:
  case Tier::Process:
  case Tier::Cpu:
    return true;
  case Tier::Dns:
  case Tier::Database:
  case Tier::Disk:
  case Tier::Lock:
  case Tier::Console:
    return false;
  }
  llvm_unreachable("all tiers are handled");
}

/// To call a coroutine mostly only makes its task.
bool runsWhenCalled(const Body &body) {
  return body.kind == BodyKind::Function || body.isEager;
}

} // namespace

Waits::Waits(const CheckInput &input) : program(input.program) {
  // By body, who calls it.
  std::vector<std::vector<BodyIndex>> callers(program.bodies().size());
  std::vector<BodyIndex> todo;
  waits.resize(program.bodies().size());
  for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
    const Body &facts = program.body(body);
    for (const Call &call : facts.calls) {
      for (BodyIndex target : targetsOf(call))
        if (runsWhenCalled(program.body(target)))
          callers[target].push_back(body);
    }
    auto isSure = [](const Call &call) {
      return call.runsLoop || (call.sink && letsOthersRun(call.sink->tier));
    };
    if (facts.isLambda && llvm::any_of(facts.calls, isSure))
      lambdasOf[facts.around].push_back(body);
    if (facts.unknownCalls != 0 ||
        llvm::any_of(facts.calls, [&](const Call &call) { return mayWait(call); }))
      todo.push_back(body);
  }
  while (!todo.empty()) {
    BodyIndex body = todo.back();
    todo.pop_back();
    if (waits[body])
      continue;
    waits[body] = true;
    llvm::append_range(todo, callers[body]);
  }
}

/// Asked before it is known which bodies wait, it tells which calls do of their own.
bool Waits::mayWait(const Call &call) const {
  if (call.runsLoop)
    return true;
  if (call.sink)
    return letsOthersRun(call.sink->tier);
  std::vector<BodyIndex> targets = targetsOf(call);
  return targets.empty() || llvm::any_of(targets, [&](BodyIndex target) {
           return waits[target] && runsWhenCalled(program.body(target));
         });
}

/// The bodies that `call` is seen to run.
std::vector<BodyIndex> Waits::targetsOf(const Call &call) const {
  if (call.callee != 0)
    return program.targets(call);
  auto target = call.value.is(Term::Kind::Function) ? program.find(call.value.id) : std::nullopt;
  return target ? std::vector{*target} : std::vector<BodyIndex>();
}

/// Whether `wait` comes between the making of what captures and the end of what is captured. What
/// comes before, in the same round of a loop, comes after as well.
bool Waits::isInside(const Body &body, const Capture &capture, Place wait) {
  if (wait.file != capture.since.file || wait < capture.begin || capture.end < wait)
    return false;
  return capture.since <= wait || llvm::any_of(body.loops, [&](const LoopRange &loop) {
           return loop.contains(wait) && loop.contains(capture.since) &&
                  capture.begin < loop.begin && loop.end <= capture.end;
         });
}

bool Waits::mayWait(BodyIndex body, const Capture &capture) const {
  const Body &facts = program.body(body);
  auto isBetween = [&](Place place) { return isInside(facts, capture, place); };
  // What ends before the callable is made may be an argument that stands before it.
  auto isPause = [&](Place end) {
    return isBetween(end) && !(capture.since <= end && end <= capture.place);
  };
  return llvm::any_of(facts.pauses, isPause) || hasWaitingLambda(facts, capture) ||
         llvm::any_of(
             facts.handOffs,
             [&](const HandOff &handOff) { return llvm::any_of(handOff.waits, isBetween); }) ||
         llvm::any_of(facts.calls, [&](const Call &call) {
           // What is declared later is destroyed earlier.
           bool isEnd = call.form == CallForm::Destruction &&
                        call.place.file == capture.begin.file && capture.begin < call.place &&
                        call.place <= capture.end;
           return (isEnd || isBetween(call.place)) && mayWait(call);
         });
}

/// Whether another lambda that the body makes waits: a guard may run it at the end of its scope.
bool Waits::hasWaitingLambda(const Body &facts, const Capture &capture) const {
  auto at = lambdasOf.find(facts.id);
  return at != lambdasOf.end() && llvm::any_of(at->second, [&](BodyIndex index) {
           const Body &lambda = program.body(index);
           return lambda.id != capture.callable && capture.begin < lambda.place &&
                  lambda.place <= capture.end && lambda.place.file == capture.begin.file;
         });
}

bool Waits::mayWaitAfter(BodyIndex body, Place site) const {
  const Body &facts = program.body(body);
  auto isAfter = [&](Place place) { return place.file != site.file || site <= place; };
  // A coroutine goes on later.
  return facts.kind != BodyKind::Function || llvm::any_of(facts.pauses, isAfter) ||
         llvm::any_of(facts.calls, [&](const Call &call) {
           return (call.form == CallForm::Destruction || isAfter(call.place)) && mayWait(call);
         });
}

} // namespace async_tidy
