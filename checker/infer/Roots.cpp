#include "infer/Roots.h"

namespace async_tidy {

Roots::Roots(const Program &program, const Links &links)
    : program(program), links(links), loops(links.nodeCount()), workers(links.nodeCount()),
      threads(links.nodeCount()), unclear(links.nodeCount()), hasOrigin(links.nodeCount()) {
  seed();
  spread();
  presume();
}

const Reason *Roots::rootOnLoop(Node node) const {
  const Reason *reason = onLoop(node);
  bool isBody = !links.isPlace(node) && links.statementsOf(node.body) == node;
  return reason && isBody && (node.isTask || reason->kind != Reason::Kind::Called) ? reason
                                                                                   : nullptr;
}

/// Whether `node` is the statements of a coroutine.
bool Roots::isTask(Node node) const {
  return node.isTask && !links.isPlace(node) && Links::isTask(program.body(node.body));
}

void Roots::addLoop(Node node, Reason reason) {
  std::optional<Reason> &known = loops[node.index()];
  // A proof replaces a presumption, and what begins on a loop what is only called there; otherwise
  // the first reason stays.
  auto rank = [](const Reason &r) {
    return std::pair(r.confidence, r.kind != Reason::Kind::Called);
  };
  if (known && rank(*known) >= rank(reason))
    return;
  known = std::move(reason);
  todo.push_back(node);
}

void Roots::addWorker(Node node, Reason reason) {
  if (workers[node.index()])
    return;
  workers[node.index()] = std::move(reason);
  todo.push_back(node);
}

/// Spawns and hand-offs with a known executor.
void Roots::seed() {
  for (const Link &link : links.all()) {
    uint32_t from = link.from.index();
    if (link.where == Where::Loop || link.where == Where::Worker) {
      bool isClear = link.reason.kind != Reason::Kind::Unclear;
      if (isClear || !link.from.isTask) {
        link.where == Where::Loop ? addLoop(link.from, link.reason)
                                  : addWorker(link.from, link.reason);
        hasOrigin[from] = true;
      } else if (!unclear[from]) {
        unclear[from] = link.reason;
        todo.push_back(link.from);
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
  reason.parent = link.into;
  if (link.await) {
    reason.kind = Reason::Kind::Awaited;
  } else if (link.handOff) {
    reason.kind = Reason::Kind::Given;
    reason.isParents = true;
    reason.via = link.handOff->via;
    reason.executor = link.handOff->executor;
    reason.evidence = link.evidence;
  } else {
    reason.kind = Reason::Kind::Called;
  }
  return reason;
}

/// Gives what is known of `parent` to what it runs in its own place.
void Roots::pass(Node parent, const Link &link) {
  if (link.where != Where::Here)
    return;
  if (const std::optional<Reason> &why = unclear[parent.index()];
      why && !unclear[link.from.index()] && !isTask(parent)) {
    unclear[link.from.index()] = why;
    todo.push_back(link.from);
  }
  auto reasonFrom = [&](const Reason &why) {
    bool goesOn = links.isPlace(parent) || (!isTask(parent) && link.from.isTask && !link.await);
    Reason reason = goesOn && why.kind != Reason::Kind::Called ? why : inherited(link);
    // What a variable keeps that a loop was given.
    if (links.isPlace(parent) && reason.kind != Reason::Kind::Called && link.call &&
        link.call->form == CallForm::Kept) {
      reason.kind = Reason::Kind::Kept;
      reason.evidence = {link.site, links.name(parent.body)};
    }
    reason.confidence = why.confidence;
    return reason;
  };
  if (const Reason *why = onWorker(parent))
    addWorker(link.from, reasonFrom(*why));
  if (const Reason *why = onLoop(parent))
    addLoop(link.from, reasonFrom(*why));
}

void Roots::spread() {
  while (!todo.empty()) {
    Node parent = todo.back();
    todo.pop_back();
    for (uint32_t index : links.into(parent))
      pass(parent, links.all()[index]);
  }
}

/// Tasks of which nothing is seen; then, in order, what only a circle of awaits leads to.
void Roots::presume() {
  for (bool onlyOriginless : {true, false})
    for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
      Node node = links.statementsOf(body);
      uint32_t index = node.index();
      if (!isTask(node) || loops[index] || workers[index] || (onlyOriginless && hasOrigin[index]))
        continue;
      addLoop(node, unclear[index] ? *unclear[index] : Reason());
      spread();
    }
}

} // namespace async_tidy
