#include "infer/Accesses.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

// Of one thing that means the same to all callers, the nearest of these count: callers, at any
// height, by each of their statements; hand-offs to loops; and hand-offs to workers.
constexpr size_t CallerLimit = 1024;
constexpr size_t HandOffLimit = 128;

size_t Accesses::KeyHash::operator()(const Key &key) const {
  auto hash = [](Place place) { return llvm::hash_combine(place.file, place.line, place.column); };
  return llvm::hash_combine(key.node, key.thing, uint8_t(key.where), key.isMove, key.isHome,
                            key.decidedBy, hash(key.workerSite), key.site.has_value(),
                            hash(key.site.value_or(Place())));
}

/// The one for `term`.
Accesses::Thing *Accesses::thing(Term term) {
  auto [at, isNew] = known.try_emplace(std::move(term));
  Thing &result = at->second;
  if (isNew) {
    result.term = at->first;
    result.isOpen = dependsOnCaller(result.term);
    result.isFixed = things.isFixed(result.term);
  }
  return &result;
}

/// The thing of `entry`, in the terms of who runs its node by `link`.
Accesses::Thing *Accesses::lifted(const Entry &entry, const Link &link) {
  if (entry.thing->isFixed)
    return entry.thing;
  // Who runs it unseen has some object for it.
  bool isSome = links.isPlace(link.target()) && entry.thing->term.is(Term::Kind::This);
  return thing(isSome ? someOf(entry.thing->term) : links.lifted(entry.thing->term, link));
}

Accesses::Accesses(const Program &program, const Links &links, const Roots &roots,
                   const Things &things, llvm::function_ref<bool(Place)> isSilent)
    : program(program), links(links), roots(roots), things(things) {
  silent.reserve(links.all().size());
  for (const Link &link : links.all())
    silent.push_back(isSilent(link.site) || isSilent(link.evidence.place));
  lookAhead();
  seed(isSilent);
  // Entries are added at the end, and never move.
  size_t next = 0;
  while (next != entries.size())
    propagate(entries[next++]);
  auto key = [](const Access &a) { return std::tuple(thingIn(a.thing), a.path.size(), a.order); };
  auto before = [&](const Access &a, const Access &b) { return key(a) < key(b); };
  llvm::sort(workers, before);
  llvm::sort(loops, before);
}

/// Adds all that run one of `nodes` in its place, at any depth.
void Accesses::spread(const Links &links, std::vector<bool> &nodes) {
  std::vector<uint32_t> todo;
  for (uint32_t node = 0; node != nodes.size(); ++node)
    if (nodes[node])
      todo.push_back(node);
  while (!todo.empty()) {
    Node node = Node::at(todo.back());
    todo.pop_back();
    for (uint32_t index : links.into(node)) {
      uint32_t inner = links.all()[index].from.index();
      if (!nodes[inner]) {
        nodes[inner] = true;
        todo.push_back(inner);
      }
    }
  }
}

/// What is run by none that decides on a thread needs not be followed.
void Accesses::lookAhead() {
  for (std::vector<bool> *nodes : {&isEach, &leadsToLoop, &leadsToWorker})
    nodes->resize(links.nodeCount());
  for (uint32_t node = 0; node != links.nodeCount(); ++node)
    isEach[node] = leadsToLoop[node] = Node::at(node).isTask;
  for (const Link &link : links.all()) {
    uint32_t node = link.from.index();
    bool isElsewhere = link.where == Where::Here && !link.isHere();
    if (link.where == Where::Loop || isElsewhere)
      leadsToLoop[node] = true;
    if (link.where == Where::Worker || isElsewhere)
      leadsToWorker[node] = true;
    if (link.where == Where::Worker)
      isEach[node] = true;
  }
  spread(links, leadsToLoop);
  spread(links, leadsToWorker);
}

void Accesses::seed(llvm::function_ref<bool(Place)> isSilent) {
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    for (const Use &use : program.body(body).uses)
      if (use.kind != UseKind::Make && !isSilent(use.place))
        program.body(body).forEachStretch(use.stretches, [&](uint32_t stretch) {
          seedUse(body, links.statementsOf(body, stretch), use);
        });
}

void Accesses::seedUse(BodyIndex body, Node node, const Use &use) {
  Entry entry;
  entry.thing = thing(things.resolved(use.thing, body));
  entry.use = &use;
  entry.node = node;
  insert(entry);
  // The loop completes what a coroutine starts where that coroutine runs; all else, on its own.
  // A coroutine that has left its loop leaves it to the loop too.
  bool isOwn = things.owner(entry.thing->term) == program.body(body).id;
  if (use.kind != UseKind::Async || (node.isTask && (isOwn || !links.stretchOf(node))))
    return;
  entry.where = Where::Loop;
  entry.isInFlight = true;
  Reason &reason = completions.emplace_back();
  reason.kind = Reason::Kind::Completion;
  reason.confidence = Confidence::Proven;
  reason.place = use.place;
  reason.via = use.name;
  entry.reason = &reason;
  insert(std::move(entry));
}

/// Adds what is new at its node: each thing once for each statement, because it matters which of
/// them comes first, and which of them another thread runs.
void Accesses::insert(Entry entry) {
  if (isNothing(entry.thing->term) || isBeingMade(entry.thing->term) || !isOfUse(entry))
    return;
  bool isMove = entry.use->kind == UseKind::Move;
  Key key{entry.node.index(), entry.thing,     entry.where,      isMove,
          entry.isHome,       entry.decidedBy, entry.workerSite, std::nullopt};
  entry.isNearest = seen.insert(key).second;
  if (!entry.isNearest && entry.where == Where::Here && !isEach[entry.node.index()])
    return;
  key.site = entry.site();
  if (!seen.insert(key).second)
    return;
  count(entry);
  entries.push_back(std::move(entry));
}

/// Whether `entry` may lead to an access that counts.
bool Accesses::isOfUse(const Entry &entry) const {
  const Thing &thing = *entry.thing;
  bool isLoopOpen = thing.isOpen || thing.onLoops < HandOffLimit;
  bool isWorkerOpen = thing.isOpen || thing.onWorkers < HandOffLimit;
  if (entry.where != Where::Here)
    return entry.where == Where::Loop ? isLoopOpen : isWorkerOpen;
  uint32_t node = entry.node.index();
  return ((isLoopOpen && leadsToLoop[node]) || (isWorkerOpen && leadsToWorker[node])) &&
         (thing.isOpen || thing.here < CallerLimit);
}

void Accesses::count(const Entry &entry) {
  Thing &thing = *entry.thing;
  ++(entry.where == Where::Here   ? thing.here
     : entry.where == Where::Loop ? thing.onLoops
                                  : thing.onWorkers);
}

void Accesses::propagate(const Entry &entry) {
  bool isDecided = entry.where != Where::Here;
  bool isLifted = false;
  if (!isDecided || entry.thing->isOpen) {
    for (uint32_t index : links.from(entry.node)) {
      const Link &link = links.all()[index];
      if (!silent[index] && (entry.isNearest || (!isDecided && link.where == Where::Worker)))
        isLifted |= through(entry, link);
    }
    isLifted |= !entry.isNearest; // the nearest stands for it above
  }
  if (isDecided) {
    if (!isLifted)
      finish(entry, someOf(entry.thing->term));
    return;
  }

  if (!links.isPlace(entry.node))
    settle(entry, isLifted);
}

/// Decides on `entry` where nobody above can. `isLifted`: to some of them the thing means
/// something.
void Accesses::settle(const Entry &entry, bool isLifted) {
  const Reason *reason = !entry.node.isTask ? nullptr
                         : entry.isHome     ? roots.homeOnLoop(entry.node)
                                            : roots.onLoop(entry.node);
  // A stretch leaves it to the coroutine.
  if (links.stretchOf(entry.node) && !links.from(entry.node).empty())
    return;
  // What those that run it make for it, or do not know, is its own too.
  bool isOwn = things.owner(entry.thing->term) == program.body(links.bodyOf(entry.node)).id ||
               (!isLifted && entry.thing->term.is(Term::Kind::Parameter));
  // What a coroutine does with its own variables nobody above can tell; and nobody is above one of
  // which no spawn is seen.
  if (reason && (isOwn || reason->kind == Reason::Kind::Presumed)) {
    Entry decided = entry;
    decided.where = Where::Loop;
    decided.reason = reason;
    decided.isInFlight |= entry.use->kind == UseKind::Async && !entry.use->isAwaited;
    finish(decided, someOf(entry.thing->term));
  }
}

/// Gives `entry` to whoever runs its node by `link`. Whether the thing means something there.
bool Accesses::through(const Entry &entry, const Link &link) {
  if (link.isOneOfTwo && entry.where == Where::Here)
    return false; // not each of its callers meets both
  Entry outer = entry;
  outer.thing = lifted(entry, link);
  if (isNothing(outer.thing->term) || isBeingMade(outer.thing->term))
    return false;
  if (entry.where != Where::Here)
    outer.loop = links.lifted(entry.loop, link);
  outer.node = link.target();
  outer.link = &link;
  outer.inner = &entry;
  // What is spawned runs beside what follows, unless that waits for it.
  outer.isInFlight |= link.handOff && !link.handOff->isAwaited;
  if (entry.where != Where::Here) {
    insert(std::move(outer));
    return true;
  }
  bool isHome = link.inherits >= links.nodeCount();
  if (entry.isHome && !(link.handOff && link.from.isTask)) {
    // Whoever awaits the task leaves its executor to it.
  } else if (link.where != Where::Here) {
    decide(outer, link, link.where, &link.reason);
  } else if (isHome) {
    outer.isHome = true;
  } else if (!link.isHere()) {
    // Where something else runs, whoever that is.
    Entry worker = outer;
    if (const Reason *reason = roots.inheritedWorker(link)) {
      decide(worker, link, Where::Worker, reason);
      insert(std::move(worker));
    }
    decide(outer, link, roots.inheritedLoop(link) ? Where::Loop : Where::Unknown,
           roots.inheritedLoop(link));
  }
  bool isLost = outer.where == Where::Unknown || (link.isUnclear && outer.where == Where::Worker);
  if (!isLost)
    insert(std::move(outer));
  return true;
}

/// `link` decides where the use of `entry` happens.
void Accesses::decide(Entry &entry, const Link &link, Where where, const Reason *reason) const {
  entry.where = where;
  entry.isHome = false;
  entry.loop = link.executor;
  if (reason)
    entry.reason = reason;
  if (!link.handOff)
    return;
  entry.decidedBy = &link;
  entry.workerSite = entry.inner->site();
}

void Accesses::finish(const Entry &entry, Term thing) {
  if (thingIn(thing) == 0)
    return;
  // To move a thing on its loop gives it up; that is no use of it beside others.
  bool isUse =
      entry.where == Where::Worker || (entry.use->kind != UseKind::Move && !isMoved(thing));
  if (!isUse)
    return;
  std::vector<Access> &list = entry.where == Where::Worker ? workers : loops;
  list.push_back(toAccess(entry, std::move(thing)));
  list.back().order = list.size();
}

/// Whether the thread, on its way to the use, is in a body that starts the loop only later.
bool Accesses::isPreparation(const Access &access) const {
  auto steps = llvm::drop_begin(access.path, access.decidedAt + 1);
  return links.startsLoopAfter(access.user, access.use->place) ||
         llvm::any_of(steps, [&](const Link *link) {
           return links.startsLoopAfter(link->into, link->site);
         });
}

Access Accesses::toAccess(const Entry &entry, Term thing) const {
  Access access;
  access.thing = std::move(thing);
  access.frame = links.bodyOf(entry.node);
  access.site = entry.site();
  access.workerSite = entry.workerSite;
  access.use = entry.use;
  access.where = entry.where;
  access.reason = entry.reason;
  access.loop = entry.loop;
  access.isInFlight = entry.isInFlight;
  const Entry *at = &entry;
  for (; at->link; at = at->inner) {
    if (at->link == entry.decidedBy) {
      access.decidedAt = access.path.size();
      access.isHandedOff = true;
    }
    access.path.push_back(at->link);
  }
  access.user = links.bodyOf(at->node);
  access.isPreparation = entry.where == Where::Worker && isPreparation(access);
  return access;
}

} // namespace async_tidy
