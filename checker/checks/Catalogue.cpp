#include "checks/Catalogue.h"
#include "infer/Reach.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

static constexpr Check Checks[] = {
    {"async-blocking-call", "calls that block the event loop, made from coroutines and handlers",
     findBlockingCalls},
    {"async-loop-bound-capture",
     "resources that belong to the event loop, used by code that runs on another thread",
     findLoopBoundCaptures},
    {"async-unawaited-task", "lazy tasks that are never awaited or started, so that they never run",
     findUnawaitedTasks},
    {"async-lock-across-await", "locks that a coroutine holds while it sleeps", findLockedSleeps},
    {"async-sequential-await", "independent awaits, one after the other, that could run together",
     findSequentialAwaits},
    {"async-task-capture",
     "variables that tasks and handlers refer to, which may run when those are gone",
     findTaskCaptures},
};

llvm::ArrayRef<Check> catalogue() {
  return Checks;
}

Coverage coverage(const Inference &inference) {
  Coverage result;
  const Program &program = inference.program;
  std::vector<Node> coroutines;
  for (BodyIndex index = 0; index != program.bodies().size(); ++index)
    if (program.body(index).kind != BodyKind::Function)
      coroutines.push_back(inference.links.statementsOf(index));
  result.coroutines = coroutines.size();
  auto never = [](auto) { return false; };
  Reach reach(program, inference.links, [](const Call &) { return false; }, never);
  result.unknownCalls = reach.countUnknown(coroutines);
  return result;
}

namespace {

/// Findings of one check at one place for which this is equal say the same.
using Sameness = std::pair<unsigned, Place>;

Sameness samenessOf(const BlockingChain &blocking) {
  return {unsigned(blocking.sink().tier), Place()};
}

Sameness samenessOf(const SharedThing &shared) {
  return {shared.crowd ? 1 : 0, shared.thing.place};
}

Sameness samenessOf(const UnawaitedTask &) {
  return {0, Place()};
}

Sameness samenessOf(const LockedSleep &locked) {
  return {0, locked.taken};
}

Sameness samenessOf(const AwaitsInSeries &) {
  return {0, Place()};
}

Sameness samenessOf(const DyingCapture &dying) {
  return {unsigned(dying.capture.form), dying.capture.begin};
}

/// Of those, the one for which this is least is reported.
using Preference = std::tuple<size_t, std::string, BodyIndex, Place>;

Preference preferenceOf(const BlockingChain &blocking) {
  return {blocking.chain.size(), blocking.chain.back().call.name, blocking.root, Place()};
}

Preference preferenceOf(const SharedThing &shared) {
  return {shared.chain.size(), shared.use.name, shared.user, shared.handOff.place};
}

Preference preferenceOf(const UnawaitedTask &unawaited) {
  return {0, unawaited.task.name, unawaited.body, Place()};
}

Preference preferenceOf(const LockedSleep &locked) {
  return {locked.others.size(), locked.mutexes.front(), locked.body, Place()};
}

Preference preferenceOf(const AwaitsInSeries &awaits) {
  return {0, awaits.series.names.front(), awaits.body, awaits.series.loop};
}

Preference preferenceOf(const DyingCapture &dying) {
  // The hand-off in the statement that makes what is captured, if there is one.
  const Capture &capture = dying.capture;
  bool isApart = dying.site < capture.since || capture.place < dying.site;
  return {isApart ? 1 : 0, dying.handOff.via, dying.callable, dying.site};
}

std::tuple<Place, llvm::StringRef, Sameness> samenessKey(const Finding &finding) {
  return {finding.place, finding.check,
          std::visit([](const auto &what) { return samenessOf(what); }, finding.what)};
}

Preference preferenceKey(const Finding &finding) {
  return std::visit([](const auto &what) { return preferenceOf(what); }, finding.what);
}

} // namespace

void sort(std::vector<Finding> &findings) {
  // Files are sorted by name, so their indices are too.
  llvm::sort(findings, [](const Finding &a, const Finding &b) {
    return std::tuple(samenessKey(a), preferenceKey(a)) <
           std::tuple(samenessKey(b), preferenceKey(b));
  });
}

std::vector<Finding> runChecks(const Inference &inference, const CheckOptions &options,
                               llvm::function_ref<bool(llvm::StringRef)> isOn) {
  CheckInput input{inference.program, inference.things, inference.links, inference.roots, options};
  std::vector<Finding> findings;
  for (const Check &check : Checks)
    if (isOn(check.name))
      llvm::append_range(findings, check.run(input));
  // Bodies of one template that differ only in their arguments report the same place; the first
  // stands for all.
  sort(findings);
  auto same = [&](const Finding &a, const Finding &b) { return samenessKey(a) == samenessKey(b); };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
  return findings;
}

} // namespace async_tidy
