#include "infer/Wheres.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

constexpr unsigned DepthLimit = 4;

std::pair<EntityId, bool> keyOf(const Term &place) {
  const Term *thing = ownerOfExecutor(place);
  return {resourceOf(thing ? *thing : place), thing != nullptr};
}

} // namespace

Wheres::Wheres(Links &links) : links(links), program(links.program), things(links.things) {
  gatherKept();
  gatherLoops();
  gatherThreads();
  for (uint32_t i = 0, count = uint32_t(links.links.size()); i != count; ++i) {
    links.links[i].inherits = links.links[i].target().index();
    decide(links.links[i]);
    split(i);
  }
}

/// A stretch on whose executor callers disagree runs on a loop and on a worker.
void Wheres::split(uint32_t index) {
  const Link &link = links.links[index];
  if (!link.stretch || link.where != Where::Unknown)
    return;
  std::set<Where> found;
  for (const auto &[origin, body] : origins(link.executor, link.frame))
    if (origin != link.executor)
      found.insert(decided(origin, body, true, 1).where);
  if (!found.contains(Where::Loop) || !found.contains(Where::Worker))
    return;
  Link other = link;
  for (Link *one : {&links.links[index], &other}) {
    one->where = one == &other ? Where::Worker : Where::Loop;
    one->reason.confidence = Confidence::Proven;
    one->isOneOfTwo = true;
  }
  links.bySource[other.from.index()].push_back(uint32_t(links.links.size()));
  links.byTarget[other.target().index()].push_back(uint32_t(links.links.size()));
  links.links.push_back(std::move(other));
}

Where Wheres::ofObject(const Term &thing) const {
  Term object = thing.is(Term::Kind::Moved) ? thing.parts[0] : thing;
  return decided(Term::field(ExecutorField, object), 0, false, 0).where;
}

void Wheres::gatherKept() {
  for (const Kept &kept : links.kept)
    keptIn[keyOf(kept.target)].push_back(&kept);
}

/// The answer to `question`, which `find` gives if it was not asked before. Answers stay where they
/// are, and nothing asks for itself: whoever asks goes deeper.
template <class Answers, class Find>
static const auto &answer(Answers &known, TermQuestion question, Find find) {
  auto [at, isNew] = known.try_emplace(std::move(question));
  auto &[asked, result] = *at;
  if (isNew)
    result = find(asked.term);
  return result;
}

/// What is put into `place`: of the object itself, if that shows, else of all that may be it.
const std::vector<const Kept *> &Wheres::valuesOf(const Term &place) const {
  return answer(knownValues, {place}, [&](const Term &asked) { return findValues(asked); });
}

std::vector<const Kept *> Wheres::findValues(Term place) const {
  place.index = 0;
  std::vector<const Kept *> exact, some;
  auto at = keptIn.find(keyOf(place));
  if (at == keptIn.end())
    return exact;
  for (const Kept *kept : at->second) {
    if (kept->target == place)
      exact.push_back(kept);
    else if (!kept->isOfClass && things.maybeSame(kept->target, place))
      some.push_back(kept);
  }
  return exact.empty() ? some : exact;
}

namespace {

/// The object in `place` where `target`, the same member of an object, has any of class `some`;
/// null if there is none.
const Term *objectFor(const Term &target, const Term &place, EntityId &some) {
  if (target.is(Term::Kind::Some) && !place.is(Term::Kind::Some)) {
    some = target.id;
    return &place;
  }
  bool isSame = target.kind == place.kind && target.id == place.id && !target.parts.empty() &&
                !place.parts.empty();
  return isSame ? objectFor(target.parts[0], place.parts[0], some) : nullptr;
}

Term withObject(const Term &term, EntityId some, const Term &object) {
  if (term.is(Term::Kind::Some) && term.id == some)
    return object;
  return withParts(term, [&](const Term &part) { return withObject(part, some, object); });
}

} // namespace

/// What `kept`, which is said of any object of a class, is of the one in `place`.
Term Wheres::valueAt(const Kept &kept, const Term &place) {
  EntityId some = 0;
  const Term *object = objectFor(kept.target, place, some);
  return object && some != 0 ? limited(withObject(kept.value, some, *object)) : kept.value;
}

/// `term` in terms that do not depend on who runs `frame`, as far as callers show.
const Wheres::Origins &Wheres::origins(const Term &term, BodyIndex frame) const {
  return answer(knownOrigins, {term, frame},
                [&](const Term &asked) { return findOrigins(asked, frame); });
}

Wheres::Origins Wheres::findOrigins(const Term &term, BodyIndex frame) const {
  constexpr size_t Limit = 256;
  Origins result;
  std::set<std::pair<Term, BodyIndex>> seen;
  Origins todo{{term, frame}};
  for (size_t i = 0; i != todo.size() && seen.size() < Limit; ++i) {
    auto [at, body] = todo[i];
    if (!seen.insert(todo[i]).second)
      continue;
    bool isLifted = false;
    if (body < program.bodies().size() && things.isOpen(at, body))
      for (bool isTask : {false, true})
        for (uint32_t index : links.from({body, isTask})) {
          const Link &link = links.all()[index];
          Term outer = links.lifted(at, link);
          if (isNothing(outer))
            continue;
          isLifted = true;
          todo.emplace_back(std::move(outer), link.frame);
        }
    if (!isLifted)
      result.emplace_back(settled(at), body);
  }
  return result;
}

/// The variables of the contexts that the loop executor `executor` may belong to.
const std::set<EntityId> &Wheres::contexts(const Term &executor, BodyIndex frame,
                                           unsigned depth) const {
  return answer(knownContexts, {executor, frame, depth},
                [&](const Term &asked) { return findContexts(asked, frame, depth); });
}

std::set<EntityId> Wheres::findContexts(const Term &executor, BodyIndex frame,
                                        unsigned depth) const {
  std::set<EntityId> result;
  bool isLoop = executor.is(Term::Kind::Loop);
  if (executor.is(Term::Kind::Worker) || depth > DepthLimit)
    return result;
  for (const auto &[which, body] : origins(isLoop ? executor.parts[0] : executor, frame)) {
    if (which.is(Term::Kind::Loop)) {
      const std::set<EntityId> &inner = contexts(which, body, depth + 1);
      result.insert(inner.begin(), inner.end());
      continue;
    }
    const std::vector<const Kept *> &values = valuesOf(which);
    for (const Kept *kept : values) {
      const std::set<EntityId> &inner = contexts(kept->value, kept->frame, depth + 1);
      result.insert(inner.begin(), inner.end());
    }
    const Term *thing = ownerOfExecutor(which);
    if (values.empty() && isLoop)
      if (EntityId id = thing ? resourceOf(*thing) : resourceOf(which))
        result.insert(id);
  }
  return result;
}

bool Wheres::isSerial(const Term &executor, BodyIndex frame, unsigned depth) const {
  return answer(knownSerial, {executor, frame, depth},
                [&](const Term &asked) { return findSerial(asked, frame, depth); });
}

bool Wheres::findSerial(const Term &executor, BodyIndex frame, unsigned depth) const {
  bool isLoop = executor.is(Term::Kind::Loop);
  if (isLoop && executor.index == Serial)
    return true;
  if (depth > DepthLimit)
    return false;
  for (const auto &[which, body] : origins(isLoop ? executor.parts[0] : executor, frame)) {
    if (which.is(Term::Kind::Loop) && isSerial(which, body, depth + 1))
      return true;
    for (const Kept *kept : valuesOf(which))
      if (isSerial(kept->value, kept->frame, depth + 1))
        return true;
  }
  return false;
}

/// Coroutines, and objects that read and wait, make a context an event loop.
void Wheres::gatherLoops() {
  auto add = [&](const Term &executor, BodyIndex frame) {
    for (EntityId context : contexts(executor, frame, 0))
      loops.insert(context);
  };
  for (const Kept &kept : links.kept)
    if (ownerOfExecutor(kept.target))
      add(kept.value, kept.frame);
  for (const Link &link : links.all())
    if (link.from.isTask && !link.executor.is(Term::Kind::Current))
      add(link.executor, link.frame);
}

/// The threads that run `body`.
std::set<Thread> Wheres::threadsOf(BodyIndex body) const {
  std::set<Thread> threads;
  std::set<uint32_t> seen;
  std::vector<Node> todo{links.statementsOf(body)};
  while (!todo.empty()) {
    Node node = todo.back();
    todo.pop_back();
    if (!seen.insert(node.index()).second)
      continue;
    bool isRun = false;
    for (uint32_t index : links.from(node)) {
      const Link &link = links.all()[index];
      bool isCurrent = link.executor.is(Term::Kind::Current);
      isRun |= isCurrent || link.executor.is(Term::Kind::Worker);
      if (link.executor.is(Term::Kind::Worker))
        threads.insert({true, index});
      else if (isCurrent)
        todo.push_back(link.target());
    }
    if (!isRun)
      threads.insert({false, node.index()});
  }
  return threads;
}

void Wheres::gatherThreads() {
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    for (const Call &call : program.body(body).calls)
      if (call.runsLoop && !call.passed.empty()) {
        std::set<Thread> threads = threadsOf(body);
        for (EntityId context : contexts(things.resolved(call.passed[0], body), body, 0)) {
          auto [at, isNew] = runs.try_emplace(context);
          at->second.threads.insert(threads.begin(), threads.end());
          if (isNew)
            at->second.place = call.place;
        }
      }
}

const LoopRuns *Wheres::runsOf(EntityId loop) const {
  auto at = runs.find(loop);
  return at == runs.end() ? nullptr : &at->second;
}

std::set<EntityId> Wheres::loopsOfObject(const Term &thing) const {
  Term object = thing.is(Term::Kind::Moved) ? thing.parts[0] : thing;
  std::set<EntityId> result;
  for (const Kept *kept : valuesOf(Term::field(ExecutorField, object))) {
    const std::set<EntityId> &owners = contexts(kept->value, kept->frame, 0);
    result.insert(owners.begin(), owners.end());
  }
  return result;
}

Wheres::Decision Wheres::ofContext(const Term &executor, BodyIndex frame, bool isTask) const {
  if (isTask || executor.parts[0].is(Term::Kind::Current))
    return {Where::Loop, Confidence::Proven};
  const std::set<EntityId> &found = contexts(executor, frame, 0);
  if (found.empty())
    return {};
  if (llvm::any_of(found, [&](EntityId context) { return loops.contains(context); }))
    return {Where::Loop, Confidence::Proven};
  if (llvm::all_of(found, [&](EntityId context) {
        const LoopRuns *known = runsOf(context);
        return known && known->isOnThreadsOnly();
      }))
    return {Where::Worker, Confidence::Proven};
  if (llvm::all_of(found, [&](EntityId context) { return isMains(context); }))
    return {Where::Loop, Confidence::Proven};
  return {};
}

/// Whether the program's first thread runs `context`, and no other.
bool Wheres::isMains(EntityId context) const {
  const LoopRuns *known = runsOf(context);
  return known && llvm::all_of(known->threads, [&](Thread thread) { return isMain(thread); });
}

bool Wheres::isMain(Thread thread) const {
  Node node = Node::at(thread.index);
  return !thread.isStarted && !links.isPlace(node) &&
         program.body(links.bodyOf(node)).name == "main";
}

Wheres::Decision Wheres::decided(const Term &executor, BodyIndex frame, bool isTask,
                                 unsigned depth) const {
  return answer(knownDecisions, {executor, frame, depth, isTask},
                [&](const Term &asked) { return findDecision(asked, frame, isTask, depth); });
}

Wheres::Decision Wheres::findDecision(const Term &executor, BodyIndex frame, bool isTask,
                                      unsigned depth) const {
  if (executor.is(Term::Kind::Worker))
    return {Where::Worker, Confidence::Proven};
  if (executor.is(Term::Kind::Loop))
    return ofContext(executor, frame, isTask);
  if (executor.is(Term::Kind::Current))
    return {Where::Here, Confidence::Proven};
  if (depth > DepthLimit)
    return {};
  std::optional<Decision> all;
  for (const auto &[origin, body] : origins(executor, frame)) {
    bool isObject = ownerOfExecutor(origin) != nullptr;
    const std::vector<const Kept *> &values = valuesOf(origin);
    if (values.empty() && !origin.is(Term::Kind::Unknown) && origin != executor) {
      Decision one = decided(origin, body, isTask, depth + 1);
      if (all.value_or(one) != one)
        return {};
      all = one;
    }
    for (const Kept *kept : values) {
      Decision one = decided(valueAt(*kept, origin), kept->frame, isTask || isObject, depth + 1);
      // "Here" is another place for another body.
      if (one.where == Where::Here && kept->frame != frame)
        one = {};
      if (all.value_or(one) != one)
        return {};
      all = one;
    }
  }
  Decision result = all.value_or(Decision());
  // Objects that read and wait live on loops, unless a pool is seen.
  if (result.where == Where::Unknown && ownerOfExecutor(executor) && executor.index != IfSeen)
    result.where = Where::Loop;
  return result;
}

void Wheres::decide(Link &link) {
  if (link.executor.is(Term::Kind::Current))
    return;
  if (link.executor.is(Term::Kind::Runner) || link.executor.is(Term::Kind::Own)) {
    link.inherits = link.executor.is(Term::Kind::Own)
                        ? links.homeOf({links.bodyOf(link.target()), true})
                        : link.executor.index;
    return;
  }
  Decision decision = decided(link.executor, link.frame, link.from.isTask, 0);
  link.where = decision.where;
  link.reason.confidence = decision.confidence;
  if (link.handOff) {
    bool isAnnotated = link.handOff->via.empty() && !link.stretch;
    link.reason.kind = isAnnotated ? Reason::Kind::Annotated : Reason::Kind::Given;
    if (isAnnotated)
      decision = {link.executor.is(Term::Kind::Worker) ? Where::Worker : Where::Loop,
                  Confidence::Proven};
    link.where = decision.where;
    link.reason.confidence = decision.confidence;
    link.reason.place = link.handOff->place;
    link.reason.via = link.handOff->via;
    link.reason.library = link.handOff->library;
    link.reason.executor = link.handOff->executor;
    link.reason.evidence = link.evidence;
  } else if (link.await) {
    link.reason.kind = Reason::Kind::Awaited;
    link.reason.place = link.site;
    link.reason.parent = links.bodyOf(link.target());
  }
  // Whoever spawns a task has a loop for it.
  if (link.where == Where::Unknown && link.handOff && link.from.isTask && !link.stretch)
    link.where = Where::Loop;
  if (link.where == Where::Loop && decision.confidence == Confidence::Presumed)
    link.reason.kind = Reason::Kind::Unclear;
  // A thread that runs a loop is no worker.
  if (link.where == Where::Worker && link.isLoopThread && !link.from.isTask) {
    link.where = Where::Unknown;
    link.reason.kind = Reason::Kind::Thread;
  }
}

} // namespace async_tidy
