#include "infer/Linker.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

Term withoutMade(Term term) {
  while (term.is(Term::Kind::Made))
    term = Term(std::move(term.parts[0]));
  for (Term &part : term.parts)
    part = withoutMade(std::move(part));
  return term;
}

Term withoutMove(const Term &term) {
  return term.is(Term::Kind::Moved) ? term.parts[0] : term;
}

bool isNothing(const Term &term) {
  return term.is(Term::Kind::Unknown) || term.is(Term::Kind::Fresh);
}

/// How many arguments are followed from one place to another, the object included.
constexpr uint32_t PlaceParameters = 4;

/// How much one body may leave to its callers. Hand-written code stays far below.
constexpr size_t NodeLimit = 128;

bool hasParameter(const Term &term) {
  return term.is(Term::Kind::Parameter) || llvm::any_of(term.parts, hasParameter);
}

bool isFunction(const Term &term) {
  return term.is(Term::Kind::Function) || term.is(Term::Kind::Result);
}

} // namespace

void Linker::run() {
  size_t bodies = program.bodies().size();
  result.bySource.resize(bodies * 2);
  runsAt.resize(bodies * 2);
  storesAt.resize(bodies * 2);
  for (BodyIndex body = 0; body != bodies; ++body)
    addFacts(body);
  do
    work();
  while (settle());
  result.byTarget.resize(result.bySource.size());
  for (uint32_t i = 0; i != result.links.size(); ++i)
    result.byTarget[result.links[i].target().index()].push_back(i);
}

void Linker::addFacts(BodyIndex body) {
  const Body &facts = program.body(body);
  Node node = result.statementsOf(body);
  addCalls(body);
  for (const Await &await : facts.awaits) {
    Run run;
    run.node = node;
    run.callee = await.task;
    run.site = await.place;
    run.await = &await;
    run.isAwaited = true;
    addRun(std::move(run));
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
  for (const HandOff &handOff : facts.handOffs) {
    Run run;
    run.node = node;
    run.callee = handOff.target;
    run.executor = run.given = things.resolved(handOff.where, body);
    run.passed = handOff.passed;
    run.site = handOff.place;
    run.handOff = &handOff;
    run.isAwaited = handOff.isAwaited;
    addRun(std::move(run));
  }
  for (const async_tidy::Store &store : facts.stores)
    addStore({node, store.target, store.value, store.place});
  addLambda(body);
  addAnnotated(body);
}

/// What an annotation says is as if somebody unseen handed the body off.
void Linker::addAnnotated(BodyIndex body) {
  const Body &facts = program.body(body);
  if (facts.runs == Where::Unknown)
    return;
  HandOff &handOff = result.handOffs.emplace_back();
  handOff.place = facts.runsPlace;
  Link link;
  link.from = result.statementsOf(body);
  link.frame = link.home = link.into = place(Term::function(facts.id));
  link.site = facts.runsPlace;
  link.handOff = &handOff;
  link.executor = link.given = facts.runs == Where::Worker ? Term::worker() : Term::loop();
  addLink(std::move(link));
}

void Linker::addCalls(BodyIndex body) {
  for (const Call &call : program.body(body).calls) {
    if (!call.value.is(Term::Kind::Unknown)) {
      Run run;
      run.node = result.statementsOf(body);
      run.callee = call.value;
      run.passed = call.passed;
      run.site = call.place;
      run.call = &call;
      addRun(std::move(run));
    }
    for (BodyIndex target : program.targets(call))
      // Calling a coroutine only makes its task.
      if (program.body(target).kind == BodyKind::Function) {
        Link link;
        link.from = {target, false};
        link.into = link.frame = link.home = body;
        link.intoTask = result.statementsOf(body).isTask;
        link.site = call.place;
        link.call = &call;
        for (const Term &term : call.passed)
          link.passed.push_back(things.resolved(term, body));
        addLink(std::move(link));
      }
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

void Linker::addRun(Run run) {
  if (!result.isPlace(run.node)) {
    run.callee = things.resolved(run.callee, run.node.body);
    for (Term &term : run.passed)
      term = things.resolved(term, run.node.body);
  }
  run.callee = withoutMove(run.callee);
  if (run.wrapper.empty() && run.executor.is(Term::Kind::Current))
    askMaker(run);
  if (!run.isAtHome) {
    run.isAtHome = isFunction(run.callee) || !isOpen(run.callee, run.node);
    run.home = run.node.body;
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

void Linker::addStore(Store store) {
  if (!result.isPlace(store.node)) {
    store.target = things.resolvedSeat(store.target, store.node.body);
    store.value = things.resolved(store.value, store.node.body);
  }
  store.target = withoutMade(std::move(store.target));
  store.value = withoutMade(withoutMove(store.value));
  if (!isNothing(store.target) && storesAt[store.node.index()].size() < NodeLimit &&
      knownStores.emplace(store.node.index(), store.target, store.value).second)
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
  return result.isPlace(node) ? dependsOnCaller(term) : things.isOpen(term, node.body);
}

template <class Item> void Linker::liftAll(Item &item) {
  for (size_t i = 0; i != result.bySource[item.node.index()].size(); ++i)
    lift(item, result.links[result.bySource[item.node.index()][i]]);
}

/// Until nothing is new. Lists grow at their ends only, and what they hold never moves.
void Linker::work() {
  while (nextLink != result.links.size() || nextStore != stores.size() || nextRun != runs.size()) {
    if (nextLink != result.links.size()) {
      const Link &link = result.links[nextLink++];
      for (size_t i = 0; i != runsAt[link.from.index()].size(); ++i)
        lift(runs[runsAt[link.from.index()][i]], link);
      for (size_t i = 0; i != storesAt[link.from.index()].size(); ++i)
        lift(stores[storesAt[link.from.index()][i]], link);
    } else if (nextStore != stores.size()) {
      Store &store = stores[nextStore++];
      if (!isOpen(store.target, store.node) && !isOpen(store.value, store.node)) {
        keep(store, store.target, store.value);
        continue;
      }
      storesAt[store.node.index()].push_back(uint32_t(nextStore - 1));
      liftAll(store);
    } else {
      Run &run = runs[nextRun++];
      bool isKnown = isFunction(run.callee) || !isOpen(run.callee, run.node);
      if (isKnown && isDecided(run)) {
        emit(run, run.callee, run.executor);
        continue;
      }
      runsAt[run.node.index()].push_back(uint32_t(nextRun - 1));
      liftAll(run);
    }
  }
}

/// Takes what no caller could tell more of for what it is. Whether that brought anything new.
bool Linker::settle() {
  size_t before = result.links.size();
  for (Store &store : stores)
    if (!store.isLifted && !store.isDone) {
      store.isDone = true;
      keep(store, outside(store.target), settled(store.value));
    }
  // What is run first: that tells more of those of which it is not known.
  for (bool isKnown : {true, false}) {
    for (size_t i = 0; i != runs.size(); ++i) {
      const Run &run = runs[i];
      if (run.isLifted || run.isDone || isFunction(run.callee) != isKnown)
        continue;
      runs[i].isDone = true;
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

/// Whether `node` is a lambda of which it is known which body makes it.
bool Linker::hasMaker(Node node) const {
  if (result.isPlace(node))
    return false;
  const Body &body = program.body(node.body);
  return body.isLambda && program.find(body.around);
}

/// What is known of `callee` without its caller: what it keeps, or what its type says.
Term Linker::lastKnown(const Term &callee) const {
  const Variable *variable =
      program.variable(callee.is(Term::Kind::Parameter) ? callee.id : resourceOf(callee));
  if (variable && variable->function != 0)
    return Term::function(variable->function);
  return outside(callee);
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
  if (isOwn && link.handOff)
    outer.handOff = link.handOff, outer.call = nullptr, outer.await = nullptr;
  addRun(std::move(outer));
}

void Linker::lift(Store &store, const Link &link) {
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

// ---- what is run
// ----------------------------------------------------------------------------------

void Linker::emit(const Run &run, const Term &callee, const Term &executor) {
  if (isNothing(callee))
    return;
  if (!isFunction(callee))
    return emitPlace(run, callee, executor);
  for (BodyIndex body : program.findWithOverriders(callee.id))
    emitBody(run, body, callee, executor);
}

void Linker::emitBody(const Run &run, BodyIndex body, const Term &callee, const Term &executor) {
  const Body &facts = program.body(body);
  bool givesTask = Links::isTask(facts) || !facts.returns.empty();
  bool isGenerator = facts.kind == BodyKind::Generator;
  if (run.call && run.call->form == CallForm::Advance) {
    if (callee.is(Term::Kind::Result) && isGenerator)
      emitTo(run, {body, false}, executor);
  } else if (run.await && callee.is(Term::Kind::Result)) {
    emitTo(run, {body, true}, executor);
  } else if (run.call || callee.is(Term::Kind::Result)) {
    // Calling a coroutine only makes its task; what an ordinary function gave has run before.
    if (run.call ? facts.kind == BodyKind::Function : givesTask)
      emitTo(run, {body, givesTask && !run.call}, executor);
  } else if (run.handOff || givesTask) {
    emitTo(run, {body, givesTask}, executor);
  }
}

void Linker::emitPlace(const Run &run, const Term &term, const Term &executor) {
  bool isSeat = term.is(Term::Kind::Variable) || term.is(Term::Kind::Field);
  if (!isSeat)
    return;
  if (const Variable *variable = program.variable(resourceOf(term));
      variable && variable->function != 0)
    return emit(run, Term::function(variable->function), executor);
  BodyIndex at = place(term);
  if (!run.await)
    emitTo(run, {at, false}, executor);
  if (!run.call)
    emitTo(run, {at, true}, executor);
}

/// What `callee` is passed by `run`, at home. A member function gets its
/// object first. Who takes more than there is gets something of the library's before that (a
/// stop_token).
std::vector<Term> Linker::passedTo(Node callee, const Run &run) const {
  std::vector<Term> passed =
      isFunction(run.homeCallee) ? run.homeCallee.parts : std::vector<Term>();
  if (run.homeCallee.is(Term::Kind::Result))
    return passed;
  if (result.isPlace(callee)) {
    passed.assign(1, Term());
    llvm::append_range(passed, run.homePassed);
    return passed;
  }
  const Body &facts = program.body(callee.body);
  size_t needed = facts.parameters;
  if (passed.empty() && (!facts.isMethod || run.homePassed.empty()))
    passed.emplace_back();
  size_t have = passed.size() + run.homePassed.size() - 1;
  if (run.handOff && !run.homePassed.empty() && have < needed)
    passed.resize(passed.size() + needed - have);
  llvm::append_range(passed, run.homePassed);
  return passed;
}

void Linker::emitTo(const Run &run, Node from, const Term &executor) {
  bool isWrapped = !run.wrapper.empty();
  bool fromPlace = result.isPlace(from);
  Link link;
  link.from = from;
  link.into = link.frame = run.node.body;
  link.home = run.home;
  link.way = run.way;
  link.given = run.given;
  link.rise = run.rise;
  link.intoTask = run.node.isTask;
  link.site = run.site;
  link.await = run.await;
  link.executor = executor;
  link.passed = passedTo(from, run);
  if (run.call) {
    Call &call = result.calls.emplace_back(*run.call);
    call.place = run.site;
    call.callee = fromPlace ? 0 : program.body(from.body).id;
    if (call.name.empty())
      call.name = result.name(from.body);
    if (isWrapped) {
      call.form = CallForm::Wrapped;
      call.via = call.name;
      call.name = run.wrapper;
      link.evidence = {run.call->place, ""};
    }
    link.call = &call;
  }
  if (run.handOff) {
    link.handOff = run.handOff;
    if (isWrapped && !run.isByCaller && run.isExecutorGiven)
      link.evidence = {run.site, ""};
    if (isWrapped && run.isByCaller) {
      HandOff &handOff = result.handOffs.emplace_back(*run.handOff);
      link.evidence = {run.handOff->place, run.handOff->via};
      handOff.place = run.site;
      handOff.via = run.wrapper;
      handOff.isAwaited = run.isAwaited;
      handOff.waits.clear();
      link.handOff = &handOff;
    }
  }
  addLink(std::move(link));
}

// ---- what is kept
// ---------------------------------------------------------------------------------

/// The place that `term` is: instances are told apart where the term shows the object itself.
Term Linker::placeKey(const Term &term) const {
  if (!term.is(Term::Kind::Field))
    return term;
  const Term &base = term.parts[0];
  const Variable *object = program.variable(resourceOf(base));
  if (!object || !object->isSeat)
    return Term::field(term.id, {});
  return Term::field(term.id, base.is(Term::Kind::Field) ? Term::field(base.id, {}) : base);
}

BodyIndex Linker::place(const Term &term) {
  Term key = placeKey(term);
  auto at = placeOf.find(key);
  if (at != placeOf.end())
    return at->second;
  BodyIndex body = BodyIndex(program.bodies().size() + result.places.size());
  placeOf.emplace(key, body);
  result.places.push_back(key);
  result.bySource.resize(result.bySource.size() + 2);
  runsAt.resize(runsAt.size() + 2);
  storesAt.resize(storesAt.size() + 2);
  return body;
}

void Linker::keep(const Store &store, Term target, Term value) {
  bool isExecutor = target.is(Term::Kind::Field) && target.id == ExecutorField;
  result.kept.push_back({target, value, store.node.body});
  if (isExecutor || !(target.is(Term::Kind::Field) || target.is(Term::Kind::Variable)))
    return;
  if (isFunction(value) || value.is(Term::Kind::Variable) || value.is(Term::Kind::Field)) {
    Term key = placeKey(target);
    bool isSome = key.is(Term::Kind::Field) && isNothing(key.parts[0]);
    BodyIndex at = isSome ? place(Term::field(key.id, Term::fresh())) : place(key);
    filled.insert(at);
    linkKept(store, {at, false}, value);
    if (key.is(Term::Kind::Field))
      linkPlaces(at, place(Term::field(key.id, {})));
  }
}

/// Lets `place` run `value`, with the arguments that whoever calls it passes.
void Linker::linkKept(const Store &store, Node place, const Term &value) {
  Link link;
  link.into = place.body;
  link.frame = link.home = store.node.body;
  link.site = store.place;
  bool isKnownFunction = isFunction(value);
  if (isKnownFunction) {
    auto body = program.find(value.id);
    if (!body)
      return;
    const Body &facts = program.body(*body);
    bool givesTask = Links::isTask(facts) || !facts.returns.empty();
    link.from = {*body, givesTask};
    link.passed = value.parts;
    if (value.is(Term::Kind::Function)) {
      if (link.passed.empty())
        link.passed.emplace_back();
      for (uint32_t i = 0; i != facts.parameters; ++i)
        link.passed.push_back(Term::parameter(i, 0));
    }
  } else {
    link.from = {this->place(value), place.isTask};
    if (link.from.body == place.body)
      return;
    for (uint32_t i = 0; i != PlaceParameters; ++i)
      link.passed.push_back(i == 0 ? Term() : Term::parameter(i - 1, 0));
  }
  link.intoTask = link.from.isTask;
  Call &call = result.calls.emplace_back();
  call.place = store.place;
  call.form = CallForm::Kept;
  call.name = result.name(link.from.body);
  link.call = link.intoTask ? nullptr : &call;
  addLink(std::move(link));
}

/// Whoever runs what `to` keeps may run what `from` does.
void Linker::linkPlaces(BodyIndex from, BodyIndex to) {
  for (bool isTask : {false, true}) {
    Link link;
    link.from = {from, isTask};
    link.into = link.frame = link.home = to;
    link.intoTask = isTask;
    for (uint32_t i = 0; i != PlaceParameters; ++i)
      link.passed.push_back(i == 0 ? Term() : Term::parameter(i - 1, 0));
    addLink(std::move(link));
  }
}

} // namespace async_tidy
