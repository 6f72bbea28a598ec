#include "infer/Links.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

Links::Links(const Program &program, const Things &things, llvm::function_ref<bool(Place)> counts)
    : program(program), things(things), counts(counts), runsLoop(loopRunners()),
      startsLoop(loopStarters()), bySource(program.bodies().size() * 2) {
  for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
    addCalls(body);
    addTasks(body);
    addHandOffs(body);
    addLambda(body);
  }
  for (uint32_t i = 0; i != links.size(); ++i)
    bySource[links[i].from.index()].push_back(i);
}

void Links::add(Link link, const std::vector<Term> &passed) {
  if (!counts(link.site))
    return;
  for (const Term &term : passed)
    link.passed.push_back(things.resolved(term, link.into));
  links.push_back(std::move(link));
}

Link Links::linkInto(BodyIndex body, Node from, Place site) const {
  Link link;
  link.from = from;
  link.into = body;
  link.intoTask = statementsOf(body).isTask;
  link.site = site;
  return link;
}

void Links::addCalls(BodyIndex body) {
  for (const Call &call : program.body(body).calls)
    for (BodyIndex target : program.targets(call))
      // Calling a coroutine only makes its task.
      if (program.body(target).kind == BodyKind::Function) {
        Link link = linkInto(body, {target, false}, call.place);
        link.call = &call;
        add(std::move(link), call.passed);
      }
}

void Links::addTasks(BodyIndex body) {
  const Body &facts = program.body(body);
  for (const Await &await : facts.awaits)
    if (auto child = program.find(await.child)) {
      Link link = linkInto(body, {*child, true}, await.place);
      link.await = &await;
      add(std::move(link), await.passed);
    }
  if (!isTask(facts))
    for (const TaskReturn &result : facts.returns)
      if (auto child = program.find(result.child)) {
        Link link = linkInto(body, {*child, true}, facts.place);
        link.intoTask = true;
        add(std::move(link), result.passed);
      }
}

/// When and where a lambda runs that is only kept is not known, but whose variables it sees is.
void Links::addLambda(BodyIndex body) {
  auto around = program.find(program.body(body).around);
  if (!program.body(body).isLambda || !around)
    return;
  Link link = linkInto(*around, statementsOf(body), program.body(body).place);
  link.where = Where::Unknown;
  add(std::move(link), {});
}

void Links::addHandOffs(BodyIndex body) {
  for (const HandOff &handOff : program.body(body).handOffs) {
    auto target = program.find(handOff.target);
    if (!target)
      continue;
    const Body &callable = program.body(*target);
    bool givesTask = isTask(callable) || !callable.returns.empty();
    Link link = linkInto(body, {*target, givesTask}, handOff.place);
    link.handOff = &handOff;
    link.where = handOff.where;
    link.reason = {LoopReason::Kind::Spawned,
                   Confidence::Proven,
                   handOff.place,
                   handOff.via,
                   handOff.executor,
                   0};
    if (link.where == Where::Unknown && givesTask) {
      link.where = Where::Loop;
      link.reason.kind = LoopReason::Kind::SpawnedNoIdea;
      link.reason.confidence = Confidence::Presumed;
    }
    // A thread that runs a loop is no worker.
    if (link.where == Where::Worker && runsLoop[*target])
      link.where = Where::Unknown;
    add(std::move(link), handOff.passed);
  }
}

/// `bodies`, and all that call them, at any depth.
std::vector<bool> Links::callersOf(std::vector<BodyIndex> bodies) const {
  std::vector<std::vector<BodyIndex>> callers(program.bodies().size());
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    for (const Call &call : program.body(body).calls)
      for (BodyIndex target : program.targets(call))
        callers[target].push_back(body);
  std::vector<bool> result(program.bodies().size());
  while (!bodies.empty()) {
    BodyIndex body = bodies.back();
    bodies.pop_back();
    if (result[body])
      continue;
    result[body] = true;
    llvm::append_range(bodies, callers[body]);
  }
  return result;
}

std::vector<bool> Links::loopRunners() const {
  std::vector<BodyIndex> found;
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    if (llvm::any_of(program.body(body).calls, [](const Call &call) { return call.runsLoop; }))
      found.push_back(body);
  return callersOf(std::move(found));
}

std::vector<bool> Links::loopStarters() const {
  std::vector<BodyIndex> found;
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    if (llvm::any_of(program.body(body).handOffs,
                     [&](const HandOff &handOff) { return isLoopThread(handOff); }))
      found.push_back(body);
  return callersOf(std::move(found));
}

bool Links::isLoopThread(const HandOff &handOff) const {
  auto target = program.find(handOff.target);
  return handOff.where == Where::Worker && target && runsLoop[*target];
}

bool Links::startsLoopAfter(BodyIndex body, Place place) const {
  if (!startsLoop[body])
    return false;
  const Body &facts = program.body(body);
  auto isStart = [&](const Call &call) {
    return llvm::any_of(program.targets(call), [&](BodyIndex at) { return startsLoop[at]; });
  };
  std::vector<Place> starts;
  for (const HandOff &handOff : facts.handOffs)
    if (isLoopThread(handOff))
      starts.push_back(handOff.place);
  for (const Call &call : facts.calls)
    if (isStart(call))
      starts.push_back(call.place);
  auto goesRound = [&](Place start) {
    return llvm::any_of(facts.loops, [&](const LoopRange &loop) {
      return loop.begin <= place && place <= loop.end && loop.begin <= start && start <= loop.end;
    });
  };
  return llvm::any_of(starts, [&](Place start) {
    return start.file == place.file && place < start && !goesRound(start);
  });
}

} // namespace async_tidy
