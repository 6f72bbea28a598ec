// What a body leaves to those that run it, in their terms.
#include "infer/Linker.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// Whether `node` is a lambda of which it is known which body makes it.
bool Linker::hasMaker(Node node) const {
  if (result.isPlace(node) || result.stretchOf(node))
    return false;
  const Body &body = program.body(node.body);
  return body.isLambda && program.find(body.around);
}

/// What is known of `callee` without its caller: what it keeps, or what its type says.
/// What a lambda calls of what it captured, the body that makes it may know.
void Linker::askMaker(Run &run) const {
  auto around = hasMaker(run.node) ? program.find(program.body(run.node.body).around)
                                   : std::optional<BodyIndex>();
  if (!around || isFunction(run.callee) || hasParameter(run.callee))
    return;
  Term known = things.lift(run.callee, run.node.body, *around, {});
  if (isFunction(known))
    run.callee = outside(known);
}

/// Takes `run` up by `link`, step by step: what is run is at home where it first becomes known.
void Linker::climb(Run &run, const Link &link) const {
  auto liftAll = [&](auto lift) {
    run.callee = lift(run.callee);
    run.executor = lift(run.executor);
    for (Term &term : run.passed)
      term = lift(term);
  };
  if (run.isAtHome) {
    liftAll([&](const Term &term) { return result.lifted(term, link); });
    run.way.push_back(&link);
    return;
  }
  liftAll([&](const Term &term) { return result.liftedHome(term, link); });
  if (isFunction(withoutMove(run.callee))) {
    run.callee = withoutMove(run.callee);
    run.isAtHome = true;
    run.home = link.home;
    run.homeCallee = run.callee;
    run.homePassed = run.passed;
    run.way.clear();
  }
  for (const Link *step : link.way)
    climb(run, *step);
  if (result.isPlace(link.target()))
    liftAll([](const Term &term) { return outside(term); });
}

void Linker::lift(Run &run, const Link &link) {
  if (runsAt[link.target().index()].size() >= NodeLimit) {
    run.isLifted = true; // it would be dropped there
    return;
  }
  if (link.stretch)
    return liftStretch(run, link);
  // Whoever runs a lambda decides on which executor; what it sees of the body around it, that body
  // knows.
  bool isOwn = run.executor.is(Term::Kind::Current);
  bool isMaker = link.executor.is(Term::Kind::Unknown);
  bool isMakers = !isOwn && hasMaker(run.node) && !hasParameter(run.callee) &&
                  !hasParameter(run.executor) && llvm::none_of(run.passed, hasParameter);
  if (isMaker != isMakers)
    return;
  Run outer = run;
  outer.isLifted = false;
  outer.isByCaller |=
      (!isFunction(run.callee) && hasParameter(run.callee)) || (isOwn && !link.handOff);
  outer.isExecutorGiven |= !isOwn && hasParameter(run.executor);
  climb(outer, link);
  outer.executor = result.withHome(outer.executor, link);
  if (isOwn)
    outer.executor = link.executor;
  if (isNothing(outer.executor) && !isOwn)
    outer.executor = outside(run.executor); // of some object
  if (isNothing(withoutMove(outer.callee)))
    return;
  run.isLifted = true;
  outer.node = link.target();
  outer.rise.push_back(&link);
  if (isOwn && link.handOff)
    outer.given = link.given, outer.rise = link.rise, outer.isByCaller = false;
  if (!isMaker) {
    outer.site = link.site;
    outer.wrapper = isOwn && link.handOff ? "" : wrapperName(link);
  }
  // Who waits for a task, or for a function that waits, waits for what these wait for.
  bool waits = run.isAwaited || (run.handOff && !run.handOff->waits.empty());
  outer.isAwaited = waits && (link.await || link.call || (link.handOff && link.handOff->isAwaited));
  if (isOwn && link.handOff) {
    outer.handOff = link.handOff, outer.call = nullptr, outer.await = nullptr;
    outer.isOnLoopThread = link.isLoopThread;
  }
  addRun(std::move(outer));
}

void Linker::lift(Store &store, const Link &link) {
  if (storesAt[link.target().index()].size() >= NodeLimit) {
    store.isLifted = true;
    return;
  }
  if (link.stretch) {
    Store outer = store;
    outer.isLifted = false;
    outer.node = link.target();
    store.isLifted = true;
    return addStore(std::move(outer));
  }
  bool isMakers = hasMaker(store.node) && !hasParameter(store.target) && !hasParameter(store.value);
  if (isMakers != link.executor.is(Term::Kind::Unknown))
    return;
  Store outer = store;
  outer.isLifted = false;
  outer.target = result.lifted(store.target, link);
  outer.value = result.lifted(store.value, link);
  if (isNothing(withoutMade(outer.target)))
    outer.target = outside(store.target); // of an object that has no name
  if (isNothing(outer.value))
    outer.value = outside(store.value);
  if (isNothing(withoutMade(outer.target)))
    return;
  store.isLifted = true;
  outer.node = link.target();
  addStore(std::move(outer));
}

std::string Linker::wrapperName(const Link &link) const {
  if (link.handOff)
    return link.handOff->via;
  return result.name(link.from.body);
}

} // namespace async_tidy
