// Where the stretches of coroutines begin: on an executor, where a handle is resumed, where an
// awaited task ended. Each is a link to the coroutine itself, whose terms a stretch shares.
#include "infer/Linker.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// Numbers the stretches.
void Linker::addStretches() {
  for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
    result.firstStretch.push_back(BodyIndex(result.bodyCount() + result.stretches.size()));
    for (uint32_t i = 0; i != program.body(body).stretches.size(); ++i)
      result.stretches.emplace_back(body, i + 1);
  }
}

/// `stretch` of `body` runs on `executor` as `into` sees it. `isHandOff`: that is another one than
/// the one that runs `into`.
void Linker::addSwitch(BodyIndex body, uint32_t stretch, Place site, Node into, Term executor,
                       bool isHandOff) {
  const Stretch &facts = program.body(body).stretches[stretch - 1];
  Link link;
  link.from = result.statementsOf(body, stretch);
  link.into = into.body;
  link.intoTask = into.isTask;
  link.frame = link.home = body;
  link.site = site;
  link.stretch = &facts;
  link.isUnclear = facts.resumption == Resumption::Unclear;
  link.executor = link.given = std::move(executor);
  if (isHandOff) {
    HandOff &handOff = result.handOffs.emplace_back();
    handOff.place = site;
    handOff.via = facts.via;
    handOff.executor = facts.executor;
    handOff.isAwaited = true;
    link.handOff = &handOff;
  }
  addLink(std::move(link));
}

/// What the facts of `body` say by themselves.
void Linker::addSwitches(BodyIndex body) {
  const Body &facts = program.body(body);
  Node start = result.statementsOf(body);
  for (uint32_t i = 1; i <= facts.stretches.size(); ++i) {
    const Stretch &stretch = facts.stretches[i - 1];
    Place site = stretch.places.empty() ? facts.place : stretch.places.front();
    if (stretch.resumption == Resumption::Own)
      addSwitch(body, i, site, start, Term::own(), true);
    if (stretch.resumption == Resumption::At)
      if (Term executor = things.resolved(stretch.where, body); !isNothing(executor))
        addSwitch(body, i, site, start, std::move(executor), true);
    if (stretch.resumption == Resumption::Unclear)
      for (uint32_t before : stretch.before)
        if (before <= facts.stretches.size())
          addSwitch(body, i, site, result.statementsOf(body, before), Term::current(), false);
  }
}

/// The rest of a coroutine is resumed by `run`.
void Linker::emitRest(const Run &run, const Term &callee, const Term &executor) {
  auto body = program.find(callee.id);
  if (!body || callee.index == 0 || callee.index > program.body(*body).stretches.size())
    return;
  const Stretch &stretch = program.body(*body).stretches[callee.index - 1];
  Place site = stretch.places.empty() ? program.body(*body).place : stretch.places.front();
  bool isOwn = !result.isPlace(run.node) && result.bodyOf(run.node) == *body;
  bool isHere = executor.is(Term::Kind::Current);
  if (isOwn)
    addSwitch(*body, callee.index, site, run.node, executor, !isHere);
  else
    addSwitch(*body, callee.index, site, result.statementsOf(*body),
              isHere ? Term::runner(run.node.index()) : outside(executor), true);
}

/// Takes `run` from a stretch to the coroutine's beginning, on whose executor the link tells. It
/// stays what it is in all else.
void Linker::liftStretch(Run &run, const Link &link) {
  Run outer = run;
  outer.isLifted = false;
  outer.node = link.target();
  if (run.executor.is(Term::Kind::Current)) {
    outer.executor = link.executor;
    if (link.handOff && !run.await) {
      outer.given = link.given;
      outer.handOff = link.handOff;
      outer.call = nullptr;
      outer.isByCaller = false;
    }
  }
  run.isLifted = true;
  addRun(std::move(outer));
}

/// The executors on which `set` of the stretches of `body` run, in its terms, and whether they may
/// be another one.
Linker::Ends Linker::endsOf(BodyIndex body, const StretchSet &set) const {
  std::set<std::pair<Term, bool>> found;
  for (const Stretch &given : program.body(body).goesOn)
    found.insert(
        {given.resumption == Resumption::Own ? Term::own() : things.resolved(given.where, body),
         false});
  if (!Links::isTask(program.body(body)))
    return {found.begin(), found.end()};
  std::set<std::pair<uint32_t, bool>> seen;
  std::vector<std::pair<uint32_t, bool>> todo;
  program.body(body).forEachStretch(set, [&](uint32_t at) { todo.emplace_back(at, false); });
  while (!todo.empty()) {
    auto [at, isUnclear] = todo.back();
    todo.pop_back();
    if (!seen.insert({at, isUnclear}).second)
      continue;
    if (at == 0) {
      found.insert({Term::current(), isUnclear});
      continue;
    }
    for (uint32_t index : result.bySource[result.statementsOf(body, at).index()]) {
      const Link &link = result.links[index];
      bool unclear = isUnclear || link.isUnclear;
      if (!link.executor.is(Term::Kind::Current))
        found.insert({link.executor, unclear});
      else if (result.bodyOf(link.target()) == body)
        todo.emplace_back(result.stretchOf(link.target()) ? result.numberOf(link.target()) : 0,
                          unclear);
    }
  }
  return {found.begin(), found.end()};
}

/// Where `await` goes on, whose task ends at `ends`.
void Linker::continueAt(const Link &await, const Ends &ends, Resumption resumption) {
  BodyIndex parent = awaitIn.at(await.await);
  const Body &facts = program.body(parent);
  told.insert({parent, await.await->place});
  bool isOwn = !result.isPlace(await.target()) && result.bodyOf(await.target()) == parent;
  for (uint32_t i = 1; i <= facts.stretches.size(); ++i) {
    const Stretch &stretch = facts.stretches[i - 1];
    if (stretch.resumption != resumption || !llvm::is_contained(stretch.places, await.await->place))
      continue;
    for (const auto &[end, isUnclear] : ends) {
      Term executor = end;
      if (executor.is(Term::Kind::Current))
        executor = await.executor;
      else
        executor = isOwn ? result.lifted(end, await) : outside(end);
      if (isNothing(executor) || isUnclear)
        continue;
      if (!executor.is(Term::Kind::Current))
        addSwitch(parent, i, await.await->place, result.statementsOf(parent), executor, true);
      else
        for (uint32_t before : stretch.before)
          if (before != i && before <= facts.stretches.size())
            addSwitch(parent, i, await.await->place, result.statementsOf(parent, before),
                      Term::current(), false);
    }
  }
}

/// Tells all that await `task` where it ends: also those that get it from a function which returns
/// it, or from a variable that keeps it.
void Linker::tellEnds(Node task, const Ends &ends, Resumption resumption, unsigned depth) {
  constexpr unsigned DepthLimit = 8;
  for (uint32_t index : std::vector(result.bySource[task.index()])) {
    const Link &link = result.links[index];
    if (link.await) {
      continueAt(link, ends, resumption);
    } else if (!link.call && !link.handOff && !link.stretch && link.from.isTask &&
               link.executor.is(Term::Kind::Current) && depth != DepthLimit) {
      Ends outer = ends;
      for (auto &[end, isUnclear] : outer)
        end = result.lifted(end, link);
      tellEnds(link.target(), outer, resumption, depth + 1);
    }
  }
}

void Linker::addEndsOf(BodyIndex child) {
  const Body &facts = program.body(child);
  if (!Links::isTask(facts) && facts.goesOn.empty())
    return;
  tellEnds({child, true}, endsOf(child, facts.ends), Resumption::Ended, 0);
  tellEnds({child, true}, endsOf(child, facts.throws), Resumption::Threw, 0);
}

/// Goes on with who awaits what has changed. Whether that brought anything new.
bool Linker::addEnds() {
  size_t before = result.links.size();
  while (nextEnd != result.links.size()) {
    std::set<BodyIndex> changed;
    for (; nextEnd != result.links.size(); ++nextEnd) {
      const Link &link = result.links[nextEnd];
      if (link.from.isTask && !result.isPlace(link.from))
        changed.insert(result.bodyOf(link.from));
    }
    for (BodyIndex body : changed)
      addEndsOf(body);
  }
  return result.links.size() != before;
}

/// Where nothing is known of the task, its end is taken to be on the same loop, if there is one.
bool Linker::addUnclear() {
  if (isUnclearAdded)
    return false;
  isUnclearAdded = true;
  size_t before = result.links.size();
  for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
    const Body &facts = program.body(body);
    for (uint32_t i = 1; i <= facts.stretches.size(); ++i) {
      const Stretch &stretch = facts.stretches[i - 1];
      bool isEnd =
          stretch.resumption == Resumption::Ended || stretch.resumption == Resumption::Threw;
      bool isTold =
          llvm::any_of(stretch.places, [&](Place place) { return told.contains({body, place}); });
      if (!isEnd || isTold)
        continue;
      for (uint32_t at : stretch.before)
        if (at != i && at <= facts.stretches.size())
          addSwitch(body, i, stretch.places.empty() ? facts.place : stretch.places.front(),
                    result.statementsOf(body, at), Term::current(), false);
    }
  }
  for (size_t i = before; i != result.links.size(); ++i)
    result.links[i].isUnclear = true;
  return result.links.size() != before;
}

} // namespace async_tidy
