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
  if (body < program.bodies().size())
    return program.body(body).name;
  const Variable *variable = program.variable(resourceOf(places[body - program.bodies().size()]));
  return variable ? variable->name : "";
}

Term Links::liftedHome(const Term &term, const Link &link) const {
  return isPlace(link.from) ? things.liftKept(term, link.home, link.passed)
                            : things.lift(term, link.from.body, link.home, link.passed);
}

Term Links::lifted(const Term &term, const Link &link) const {
  Term result = liftedHome(term, link);
  for (const Link *step : link.way)
    result = lifted(result, *step);
  return isPlace(link.target()) ? outside(result) : result;
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
static bool isLoopThread(const Links &links, const Link &link) {
  return link.handOff && link.executor.is(Term::Kind::Worker) && links.runsLoop(link.from.body);
}

std::vector<bool> Links::loopStarters() const {
  std::vector<BodyIndex> found;
  for (const Link &link : links)
    if (isLoopThread(*this, link) && !isPlace(link.target()))
      found.push_back(link.into);
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
  for (uint32_t index : into(statementsOf(body)))
    if (isLoopThread(*this, links[index]))
      starts.push_back(links[index].site);
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
