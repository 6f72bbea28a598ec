#include "infer/Links.h"
#include "infer/Linker.h"
#include "infer/Wheres.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

Links::Links(const Program &program, const Things &things)
    : program(program), things(things), loopRuns(loopRunners()) {
  Linker(*this).run();
  startsLoop = loopStarters();
  wheres = std::make_unique<Wheres>(*this);
}

Links::~Links() = default;

std::string Links::name(BodyIndex body) const {
  if (!isPlace(body))
    return program.body(bodyOf(body)).name;
  size_t place = body - bodyCount() - stretches.size();
  const Variable *variable = program.variable(resourceOf(places[place]));
  return variable ? variable->name : "";
}

Term Links::liftedHome(const Term &term, const Link &link) const {
  if (link.stretch)
    return term;
  if (isPlace(link.from))
    return things.liftKept(term, link.home, link.passed);
  // What keeps a callable has no variables of its own.
  BodyIndex home = isPlace(link.home) ? link.from.body : link.home;
  return things.lift(term, link.from.body, home, link.passed);
}

Term Links::lifted(const Term &term, const Link &link) const {
  Term result = liftedHome(term, link);
  for (const Link *step : link.way)
    result = lifted(result, *step);
  return withHome(isPlace(link.target()) ? outside(result) : result, link);
}

/// `term` with what a coroutine's own executor is to whoever spawns it.
Term Links::withHome(const Term &term, const Link &link) const {
  bool isSpawn = link.handOff && link.from.isTask && !link.stretch;
  if (!isSpawn || link.executor.is(Term::Kind::Current))
    return term;
  if (term.is(Term::Kind::Own))
    return link.executor;
  return withParts(term, [&](const Term &part) { return withHome(part, link); });
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

/// Whether `link` starts a thread that runs an event loop.
static bool startsLoopThread(const Link &link) {
  return link.isLoopThread && link.executor.is(Term::Kind::Worker);
}

std::vector<bool> Links::loopStarters() const {
  std::vector<BodyIndex> found;
  for (const Link &link : links)
    if (startsLoopThread(link) && !isPlace(link.target()))
      found.push_back(bodyOf(link.target()));
  return callersOf(std::move(found));
}

bool Links::startsLoopAfter(BodyIndex body, Place place) const {
  if (body >= startsLoop.size() || !startsLoop[body])
    return false;
  const Body &facts = program.body(body);
  auto isStart = [&](const Call &call) {
    return llvm::any_of(program.targets(call), [&](BodyIndex at) { return startsLoop[at]; });
  };
  std::vector<Place> starts;
  forEachNode(body, [&](Node node) {
    for (uint32_t index : into(node))
      if (startsLoopThread(links[index]))
        starts.push_back(links[index].site);
  });
  for (const Call &call : facts.calls)
    if (isStart(call))
      starts.push_back(call.place);
  auto goesRound = [&](Place start) {
    return llvm::any_of(facts.loops, [&](const LoopRange &loop) {
      return loop.contains(place) && loop.contains(start);
    });
  };
  return llvm::any_of(starts, [&](Place start) {
    return start.file == place.file && place < start && !goesRound(start);
  });
}

} // namespace async_tidy
