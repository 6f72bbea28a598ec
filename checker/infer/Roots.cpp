#include "infer/Roots.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

Roots::Roots(const Program &program, const Links &links) : program(program), links(links) {
  size_t count = links.nodeCount() + links.homeCount();
  for (Reasons *reasons : {&loops, &workers, &threads, &unclear})
    reasons->resize(count);
  hasOrigin.resize(count);
  heirs.resize(count);
  gatherHeirs();
  seed();
  spread();
  addDrains();
  spread();
  presume();
}

const Reason *Roots::rootOnLoop(Node node) const {
  const Reason *reason = onLoop(node);
  bool isBody =
      !links.isPlace(node) && (links.stretchOf(node) || links.statementsOf(node.body) == node);
  return reason && isBody && (node.isTask || reason->kind != Reason::Kind::Called) ? reason
                                                                                   : nullptr;
}

/// Whether `node` is the statements of a coroutine.
bool Roots::isTask(Node node) const {
  return node.isTask && !links.isPlace(node) && Links::isTask(program.body(links.bodyOf(node)));
}

void Roots::addLoop(uint32_t index, Reason reason) {
  std::optional<Reason> &known = loops[index];
  // A proof replaces a presumption, and what begins on a loop what is only called there; otherwise
  // the first reason stays.
  auto rank = [](const Reason &r) {
    return std::pair(r.confidence, r.kind != Reason::Kind::Called);
  };
  if (known && rank(*known) >= rank(reason))
    return;
  known = std::move(reason);
  todo.push_back(index);
}

void Roots::addWorker(uint32_t index, Reason reason) {
  if (workers[index])
    return;
  workers[index] = std::move(reason);
  todo.push_back(index);
}

void Roots::gatherHeirs() {
  for (uint32_t i = 0; i != links.all().size(); ++i) {
    const Link &link = links.all()[i];
    if (link.where == Where::Here)
      heirs[link.inherits].emplace_back(i, link.from.index());
    // A task keeps the executor of who awaits it; one that is spawned has that which it is given.
    if (link.from.isTask && !link.stretch && link.where == Where::Here) {
      bool isHome = link.inherits >= links.nodeCount() || !link.handOff;
      heirs[isHome ? links.homeOf(link.target()) : link.inherits].emplace_back(
          i, links.homeOf(link.from));
    } else if (link.await) {
      heirs[links.homeOf(link.target())].emplace_back(i, links.homeOf(link.from));
    }
  }
}

/// Spawns and hand-offs with a known executor.
void Roots::seed() {
  for (const Link &link : links.all()) {
    uint32_t from = link.from.index();
    if (link.where == Where::Loop || link.where == Where::Worker) {
      bool isClear = link.reason.kind != Reason::Kind::Unclear;
      if (isClear || !link.from.isTask) {
        auto add = [&](uint32_t to) {
          link.where == Where::Loop ? addLoop(to, link.reason) : addWorker(to, link.reason);
          hasOrigin[to] = true;
        };
        add(from);
        if (link.from.isTask && link.handOff && !link.stretch)
          add(links.homeOf(link.from));
      } else if (!unclear[from]) {
        unclear[from] = link.reason;
        todo.push_back(from);
      }
    } else if (link.where == Where::Here) {
      bool isRun = link.intoTask || link.await || (link.handOff && link.from.isTask);
      hasOrigin[from] = hasOrigin[from] || (isRun && link.from != link.target() && link.intoTask);
    } else if (link.reason.kind == Reason::Kind::Thread && !threads[from]) {
      threads[from] = link.reason;
    }
  }
}

/// What a body on a loop runs, as the reason of what it runs.
Reason Roots::inherited(const Link &link) const {
  Reason reason;
  reason.place = link.site;
  reason.parent = links.bodyOf(link.target());
  if (link.await) {
    reason.kind = Reason::Kind::Awaited;
  } else if (link.handOff) {
    reason.kind = Reason::Kind::Given;
    reason.isParents = true;
    reason.via = link.handOff->via;
    reason.library = link.handOff->library;
    reason.executor = link.handOff->executor;
    reason.evidence = link.evidence;
  } else {
    reason.kind = Reason::Kind::Called;
  }
  return reason;
}

/// `why` `parent` runs there, as the reason of what `link` runs.
Reason Roots::passedOn(uint32_t parent, const Link &link, const Reason &why) const {
  Reason reason;
  if (parent >= links.nodeCount()) {
    reason = link.handOff && !link.stretch ? inherited(link) : why;
    reason.confidence = why.confidence;
    return reason;
  }
  Node node = Node::at(parent);
  if (link.stretch) {
    reason = why;
    if (why.kind == Reason::Kind::Called) {
      reason = Reason();
      reason.kind = Reason::Kind::Resumed;
      reason.place = link.site;
      reason.parent = links.bodyOf(node);
    }
  } else {
    bool goesOn = links.isPlace(node) || (!isTask(node) && link.from.isTask && !link.await);
    reason = goesOn && why.kind != Reason::Kind::Called ? why : inherited(link);
  }
  // What a variable keeps that a loop was given.
  if (links.isPlace(node) && reason.kind != Reason::Kind::Called && link.call &&
      link.call->form == CallForm::Kept) {
    reason.kind = Reason::Kind::Kept;
    reason.evidence = {link.site, links.name(node.body)};
  }
  reason.confidence = why.confidence;
  return reason;
}

/// Gives what is known of `parent` to what it runs in its own place.
void Roots::pass(uint32_t parent, const Link &link, uint32_t to) {
  bool isNode = parent < links.nodeCount();
  if (const std::optional<Reason> &why = unclear[parent];
      why && !unclear[to] && isNode && !isTask(Node::at(parent))) {
    unclear[to] = why;
    todo.push_back(to);
  }
  if (const Reason *why = found(workers, parent); why && !link.isUnclear)
    addWorker(to, passedOn(parent, link, *why));
  if (const Reason *why = found(loops, parent))
    addLoop(to, passedOn(parent, link, *why));
}

void Roots::spread() {
  while (!todo.empty()) {
    uint32_t parent = todo.back();
    todo.pop_back();
    for (auto [link, to] : heirs[parent])
      pass(parent, links.all()[link], to);
  }
}

/// The nodes that the program's first thread runs, as far as calls lead.
std::vector<bool> Roots::reachedFromMain() const {
  std::vector<bool> result(links.nodeCount());
  std::vector<uint32_t> from;
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    if (program.body(body).name == "main")
      from.push_back(links.statementsOf(body).index());
  while (!from.empty()) {
    uint32_t index = from.back();
    from.pop_back();
    if (result[index])
      continue;
    result[index] = true;
    for (auto [at, to] : heirs[index])
      if (const Link &link = links.all()[at]; link.call && link.isHere() && to == link.from.index())
        from.push_back(to);
  }
  return result;
}

/// Whether whoever runs `link` lets a coroutine go on that has put itself to sleep.
static bool isResumed(const Link &link) {
  return link.stretch ? link.inherits != link.target().index()
                      : link.call && link.call->form == CallForm::Resume;
}

/// A function of the first thread that lets coroutines go on which others have put to sleep is an
/// event loop; so is what else it calls of what others leave for it.
void Roots::addDrains() {
  std::vector<bool> isMain = reachedFromMain();
  for (uint32_t index = 0; index != links.nodeCount(); ++index) {
    auto resumes = [&](auto heir) { return isResumed(links.all()[heir.first]); };
    if (!isMain[index] || links.isPlace(Node::at(index)) || llvm::none_of(heirs[index], resumes))
      continue;
    for (auto [at, to] : heirs[index]) {
      const Link &link = links.all()[at];
      if (!isResumed(link) && !(link.call && links.isPlace(link.from)))
        continue;
      Reason reason;
      reason.kind = Reason::Kind::Resumed;
      reason.confidence = Confidence::Proven;
      reason.place = link.site;
      reason.parent = links.bodyOf(Node::at(index));
      addLoop(to, std::move(reason));
    }
  }
}

/// Tasks of which nothing is seen; then, in order, what only a circle of awaits leads to.
void Roots::presume() {
  for (bool onlyOriginless : {true, false})
    for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
      Node node = links.statementsOf(body);
      uint32_t index = node.index();
      if (!isTask(node) || (onlyOriginless && hasOrigin[index]))
        continue;
      Reason reason = unclear[index] ? *unclear[index] : Reason();
      for (uint32_t at : {index, links.homeOf(node)})
        if (!loops[at] && !workers[at] && !(onlyOriginless && hasOrigin[at])) {
          addLoop(at, reason);
          spread();
        }
    }
}

} // namespace async_tidy
