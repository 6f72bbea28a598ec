#include "infer/Linker.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// How many bodies may leave one fact to their callers: the nearest do. What is known where a body
/// is called does not count, so a wrapper may have any number of callers; what virtual functions do
/// would else be asked of all callers of each of them, and of theirs. Where it only decides whether
/// something more is called, a few are enough; what is kept may be an executor. On which thread
/// code goes on is asked without end: not to know that would be a false alarm.
constexpr uint32_t CallLimit = 128;
constexpr uint32_t StoreLimit = 2048;

void Linker::run() {
  size_t bodies = program.bodies().size();
  addStretches();
  size_t nodes = 2 * (bodies + result.stretches.size());
  result.bySource.resize(nodes);
  runsAt.resize(nodes);
  storesAt.resize(nodes);
  Demand demand(program);
  for (BodyIndex body = 0; body != bodies; ++body) {
    addFacts(body, demand);
    addSwitches(body);
  }
  do
    work();
  while (addEnds() || settle() || addUnclear());
  result.byTarget.resize(result.bySource.size());
  for (uint32_t i = 0; i != result.links.size(); ++i)
    result.byTarget[result.links[i].target().index()].push_back(i);
}

/// Whether `value`, which is stored, is what runs, or may be.
static bool isCallable(const Term &value) {
  return !value.is(Term::Kind::Field) && !value.is(Term::Kind::Variable);
}

void Linker::addFacts(BodyIndex body, const Demand &demand) {
  const Body &facts = program.body(body);
  addCalls(body);
  for (const Await &await : facts.awaits) {
    awaitIn[&await] = body;
    facts.forEachStretch(await.stretches, [&](uint32_t stretch) {
      Run run;
      run.node = result.statementsOf(body, stretch);
      run.fact = newFact();
      run.callee = await.task;
      run.site = await.place;
      run.await = &await;
      run.isAwaited = true;
      addRun(std::move(run));
    });
  }
  if (!Links::isTask(facts))
    for (const TaskReturn &returned : facts.returns)
      if (auto child = program.find(returned.child)) {
        Link link;
        link.from = {*child, true};
        link.into = link.frame = link.home = body;
        link.intoTask = true;
        link.site = facts.place;
        for (const Term &term : returned.passed)
          link.passed.push_back(things.resolved(term, body));
        addLink(std::move(link));
      }
  for (const HandOff &handOff : facts.handOffs)
    addHandOff(body, handOff);
  for (const async_tidy::Store &store : facts.stores)
    // A callable that nobody runs is kept nevertheless: it is not unused.
    if (isCallable(store.value) || demand.isAskedFor(store))
      addStore({result.statementsOf(body), newFact(), store.target, store.value, store.place});
  addLambda(body);
  addAnnotated(body);
}

void Linker::addHandOff(BodyIndex body, const HandOff &handOff) {
  Run run;
  run.fact = newFact();
  run.callee = handOff.target;
  run.executor = run.given = things.resolved(handOff.where, body);
  run.passed = handOff.passed;
  run.site = handOff.place;
  run.handOff = &handOff;
  run.isAwaited = handOff.isAwaited;
  bool isHere = run.executor.is(Term::Kind::Current);
  bool isRun = false;
  program.body(body).forEachStretch(handOff.stretches, [&](uint32_t stretch) {
    // On an executor, it is the same for all of them.
    if (isRun && !isHere)
      return;
    isRun = true;
    run.node = result.statementsOf(body, isHere ? stretch : 0);
    addRun(run);
  });
}

/// What an annotation says is as if somebody unseen handed the body off; so is what a library
/// calls.
void Linker::addAnnotated(BodyIndex body) {
  const Body &facts = program.body(body);
  if (facts.runs == Where::Unknown)
    return;
  HandOff &handOff = result.handOffs.emplace_back();
  handOff.place = facts.runsPlace;
  handOff.library = facts.runsLibrary;
  Link link;
  link.from = result.statementsOf(body);
  link.frame = link.home = link.into = place(Term::function(facts.id));
  link.site = facts.runsPlace;
  link.handOff = &handOff;
  link.executor = link.given = facts.runs == Where::Worker ? Term::worker() : Term::loop();
  addLink(std::move(link));
}

void Linker::addCalls(BodyIndex body) {
  const Body &facts = program.body(body);
  for (const Call &call : facts.calls)
    facts.forEachStretch(call.stretches, [&](uint32_t stretch) {
      addCall(body, result.statementsOf(body, stretch), call);
    });
}

void Linker::addCall(BodyIndex body, Node node, const Call &call) {
  if (!call.value.is(Term::Kind::Unknown)) {
    Run run;
    run.node = node;
    run.fact = newFact();
    run.callee = call.value;
    run.passed = call.passed;
    run.site = call.place;
    run.call = &call;
    addRun(std::move(run));
  }
  for (BodyIndex target : program.targets(call)) {
    // Calling a coroutine only makes its task, unless that begins at once.
    const Body &callee = program.body(target);
    bool isCall = callee.kind == BodyKind::Function;
    if (!isCall && !callee.isEager)
      continue;
    Link link;
    link.from = {target, !isCall};
    link.into = node.body;
    link.frame = link.home = body;
    link.intoTask = node.isTask;
    link.site = call.place;
    link.call = &call;
    for (const Term &term : call.passed)
      link.passed.push_back(things.resolved(term, body));
    addLink(std::move(link));
  }
}

/// When and where a lambda runs that is only kept is not known, but whose variables it sees is.
void Linker::addLambda(BodyIndex body) {
  auto around = program.find(program.body(body).around);
  if (!program.body(body).isLambda || !around)
    return;
  Link link;
  link.from = result.statementsOf(body);
  link.into = link.frame = link.home = *around;
  link.intoTask = result.statementsOf(*around).isTask;
  link.site = program.body(body).place;
  link.executor = Term();
  addLink(std::move(link));
}

/// A number for what a body does, with which all that follows from it is counted.
uint32_t Linker::newFact() {
  waits.push_back(0);
  return uint32_t(waits.size() - 1);
}

void Linker::addRun(Run run) {
  if (!result.isPlace(run.node)) {
    BodyIndex body = result.bodyOf(run.node);
    run.callee = things.resolved(run.callee, body);
    for (Term &term : run.passed)
      term = things.resolved(term, body);
  }
  run.callee = withoutMove(run.callee);
  if (run.wrapper.empty() && run.executor.is(Term::Kind::Current))
    askMaker(run);
  if (!run.isAtHome) {
    run.isAtHome = isFunction(run.callee) || !isOpen(run.callee, run.node);
    run.home = result.bodyOf(run.node);
    run.homeCallee = run.callee;
    run.homePassed = run.passed;
    run.way.clear();
  }
  if (isNothing(run.callee) || runsAt[run.node.index()].size() >= NodeLimit)
    return;
  const void *fact = run.call    ? static_cast<const void *>(run.call)
                     : run.await ? static_cast<const void *>(run.await)
                                 : run.handOff;
  if (!knownRuns.emplace(run.node.index(), run.site, run.callee, run.executor, run.passed, fact)
           .second)
    return;
  runs.push_back(std::move(run));
}

void Linker::addStore(Store store) {
  if (!result.isPlace(store.node)) {
    store.target = things.resolvedSeat(store.target, result.bodyOf(store.node));
    store.value = things.resolved(store.value, result.bodyOf(store.node));
  }
  store.target = withoutMade(store.target);
  store.value = withoutMade(withoutMove(store.value));
  if (isNothing(store.target) || storesAt[store.node.index()].size() >= NodeLimit ||
      !knownStores.emplace(store.node.index(), store.target, store.value).second)
    return;
  stores.push_back(std::move(store));
}

void Linker::addLink(Link link) {
  if (!knownLinks
           .emplace(link.from.index(), link.target().index(), link.site, link.executor, link.passed)
           .second)
    return;
  result.bySource[link.from.index()].push_back(uint32_t(result.links.size()));
  result.links.push_back(std::move(link));
}

/// Whether it is known what kind of executor it is.
bool Linker::isDecided(const Run &run) const {
  return run.executor.is(Term::Kind::Loop) || run.executor.is(Term::Kind::Worker) ||
         !isOpen(run.executor, run.node);
}

bool Linker::isOpen(const Term &term, Node node) const {
  return result.isPlace(node) ? dependsOnCaller(term) : things.isOpen(term, result.bodyOf(node));
}

uint32_t Linker::limitOf(const Run &run) {
  return run.call && run.call->form == CallForm::Call ? CallLimit : UINT32_MAX;
}

uint32_t Linker::limitOf(const Store &store) {
  return StoreLimit;
}

/// Lets `item` wait among `waiting`, by its `index`, for what callers tell. What is found on the
/// way is appended to the same lists.
template <class Item>
void Linker::wait(Item &item, uint32_t index, std::vector<uint32_t> &waiting) {
  if (waits[item.fact] >= limitOf(item)) {
    item.isLifted = true; // it is not what no caller knows
    return;
  }
  ++waits[item.fact];
  waiting.push_back(index);
  for (uint32_t link : std::vector(result.bySource[item.node.index()]))
    lift(item, result.links[link]);
}

/// Until nothing is new. Lists grow at their ends only, and what they hold never moves.
void Linker::work() {
  while (nextLink != result.links.size() || nextStore != stores.size() || nextRun != runs.size()) {
    if (nextLink != result.links.size()) {
      const Link &link = result.links[nextLink++];
      for (uint32_t index : std::vector(runsAt[link.from.index()]))
        lift(runs[index], link);
      for (uint32_t index : std::vector(storesAt[link.from.index()]))
        lift(stores[index], link);
    } else if (nextStore != stores.size()) {
      Store &store = stores[nextStore++];
      if (!isOpen(store.target, store.node) && !isOpen(store.value, store.node)) {
        keep(store, store.target, store.value);
        continue;
      }
      wait(store, uint32_t(nextStore - 1), storesAt[store.node.index()]);
    } else {
      Run &run = runs[nextRun++];
      bool isKnown = isFunction(run.callee) || !isOpen(run.callee, run.node);
      if (isKnown && isDecided(run)) {
        emit(run, run.callee, run.executor);
        continue;
      }
      wait(run, uint32_t(nextRun - 1), runsAt[run.node.index()]);
    }
  }
}

/// Takes what no caller could tell more of for what it is. Whether that brought anything new.
bool Linker::settle() {
  size_t before = result.links.size();
  for (Store &store : stores)
    if (!store.isDone) {
      store.isDone = true;
      if (!store.isLifted)
        keep(store, outside(store.target), settled(store.value));
      else
        keepOfClass(store);
    }
  // What is run first: that tells more of those of which it is not known.
  for (bool isKnown : {true, false}) {
    for (Run &run : runs) { // emitting adds links only
      if (run.isLifted || run.isDone || isFunction(run.callee) != isKnown)
        continue;
      run.isDone = true;
      emit(run, isKnown ? run.callee : lastKnown(run.callee),
           isDecided(run) ? run.executor : settled(run.executor));
    }
    if (result.links.size() != before)
      return true;
  }
  // Of an object into which nothing was put that is seen, what was put into some object counts.
  for (const auto &[term, body] : placeOf)
    if (term.is(Term::Kind::Field) && !isNothing(term.parts[0]) && !filled.contains(body))
      if (auto some = placeOf.find(Term::field(term.id, Term::fresh())); some != placeOf.end())
        linkPlaces(some->second, body);
  return result.links.size() != before;
}

Term Linker::lastKnown(const Term &callee) const {
  const Variable *variable =
      program.variable(callee.is(Term::Kind::Parameter) ? callee.id : resourceOf(callee));
  if (variable && variable->function != 0)
    return Term::function(variable->function);
  return outside(callee);
}

} // namespace async_tidy
