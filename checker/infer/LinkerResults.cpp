// What the linker has found out becomes links, and places.
#include "infer/Linker.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// How many arguments are followed from one place to another, the object included.
constexpr uint32_t PlaceParameters = 4;

void Linker::emit(const Run &run, const Term &callee, const Term &executor) {
  if (isNothing(callee))
    return;
  if (callee.is(Term::Kind::Rest))
    return emitRest(run, callee, executor);
  if (!isFunction(callee))
    return emitPlace(run, callee, executor);
  for (BodyIndex body : program.findWithOverriders(callee.id))
    emitBody(run, body, callee, executor);
}

void Linker::emitBody(const Run &run, BodyIndex body, const Term &callee, const Term &executor) {
  const Body &facts = program.body(body);
  bool givesTask = Links::isTask(facts) || !facts.returns.empty() || !facts.goesOn.empty();
  bool isGenerator = facts.kind == BodyKind::Generator;
  if (run.call && run.call->form == CallForm::Resume) {
    if (callee.is(Term::Kind::Result) && givesTask)
      emitTo(run, {body, true}, executor);
  } else if (run.call && run.call->form == CallForm::Advance) {
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
  if (!run.call || run.call->form == CallForm::Resume)
    emitTo(run, {at, true}, executor);
}

/// What `callee` is passed by `run`, at home. A member function gets its
/// object first. Who takes more than there is gets something of the library's before that (a
/// stop_token).
std::vector<Term> Linker::passedTo(Node callee, const Run &run) const {
  std::vector<Term> passed;
  if (isFunction(run.homeCallee))
    passed = run.homeCallee.parts;
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
  link.into = run.node.body;
  link.frame = result.bodyOf(run.node);
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
    if (isWrapped && call.form == CallForm::Resume) {
      link.evidence = {run.call->place, ""};
    } else if (isWrapped) {
      call.form = CallForm::Wrapped;
      call.via = call.name;
      call.name = run.wrapper;
      link.evidence = {run.call->place, ""};
    }
    link.call = &call;
  }
  if (run.handOff) {
    link.handOff = run.handOff;
    link.isLoopThread = run.isOnLoopThread || result.runsLoop(from.body);
    if (isWrapped && !run.isByCaller && run.isExecutorGiven)
      link.evidence = {run.site, ""};
    if (isWrapped && run.isByCaller) {
      HandOff &handOff = result.handOffs.emplace_back(*run.handOff);
      link.evidence = {run.handOff->place, run.handOff->via};
      handOff.place = run.site;
      handOff.via = run.wrapper;
      handOff.isAwaited = run.isAwaited;
      handOff.waits.clear();
      // What one call of the library orders, one call of the wrapper orders.
      bool isOrdered = llvm::is_contained(handOff.after, run.handOff->place);
      handOff.after.clear();
      if (isOrdered)
        handOff.after.push_back(run.site);
      link.handOff = &handOff;
    }
  }
  addLink(std::move(link));
}

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
  BodyIndex body = BodyIndex(result.bodyCount() + result.stretches.size() + result.places.size());
  placeOf.emplace(key, body);
  result.places.push_back(key);
  result.bySource.resize(result.bySource.size() + 2);
  runsAt.resize(runsAt.size() + 2);
  storesAt.resize(storesAt.size() + 2);
  return body;
}

/// What a constructor says of the executor of its object goes for all objects, of whom those that
/// make them know it too.
void Linker::keepOfClass(const Store &store) {
  const Term *object = ownerOfExecutor(store.target);
  if (object && object->is(Term::Kind::This) && object->id != 0)
    result.kept.push_back(
        {outside(store.target), settled(store.value), result.bodyOf(store.node), true});
}

void Linker::keep(const Store &store, const Term &target, const Term &value) {
  bool isExecutor = target.is(Term::Kind::Field) && target.id == ExecutorField;
  result.kept.push_back({target, value, result.bodyOf(store.node), false});
  if (isExecutor || !(target.is(Term::Kind::Field) || target.is(Term::Kind::Variable)))
    return;
  if (isFunction(value) || value.is(Term::Kind::Variable) || value.is(Term::Kind::Field)) {
    Term key = placeKey(target);
    bool isSome = key.is(Term::Kind::Field) && isNothing(key.parts[0]);
    BodyIndex at = isSome ? place(Term::field(key.id, Term::fresh())) : place(key);
    filled.insert(at);
    linkKept(store, {at, false}, value);
    if (!isFunction(value)) // it may keep tasks too
      linkKept(store, {at, true}, value);
    if (key.is(Term::Kind::Field))
      linkPlaces(at, place(Term::field(key.id, {})));
  }
}

/// Lets `place` run `value`, with the arguments that whoever calls it passes.
void Linker::linkKept(const Store &store, Node place, const Term &value) {
  Link link;
  link.into = place.body;
  link.frame = link.home = result.bodyOf(store.node);
  link.site = store.place;
  if (value.is(Term::Kind::Rest)) {
    Run run;
    run.node = {place.body, true};
    run.site = store.place;
    return emitRest(run, value, Term::current());
  }
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
