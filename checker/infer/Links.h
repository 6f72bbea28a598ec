// Who runs what: each call, await, spawn and hand-off of a program as one link between two bodies,
// with what is passed along, and the thread on which it goes on. Hand-offs through the program's
// own wrappers are links of those who call the wrappers.
#ifndef ASYNC_TIDY_INFER_LINKS_H
#define ASYNC_TIDY_INFER_LINKS_H

#include "infer/Reasons.h"
#include "infer/Things.h"
#include <deque>
#include <memory>

namespace async_tidy {

/// What runs: a body that is called, or the task that calling it gives. Behind the program's bodies
/// come the later stretches of its coroutines, then its places: variables and members that keep
/// callables or tasks, which run what they keep.
struct Node {
  BodyIndex body = 0;
  bool isTask = false;

  uint32_t index() const { return body * 2 + (isTask ? 1 : 0); }

  static Node at(uint32_t index) { return {index / 2, index % 2 != 0}; }

  friend bool operator==(Node, Node) = default;
};

struct Link {
  Node from;             // what is run
  BodyIndex into = 0;    // by whom
  bool intoTask = false; // whether as part of the task that `into` gives
  BodyIndex frame = 0;   // the body in whose terms `executor` is: `into`, if that is a body
  Place site;
  // One of these is set; none for `return child(...)`, for a lambda that is only made, and for a
  // stretch that goes on where another ended.
  const Call *call = nullptr;
  const Await *await = nullptr;
  const HandOff *handOff = nullptr;
  // What `from` is passed, in the terms of `home`, the body that makes it; and the way from there.
  std::vector<Term> passed;
  BodyIndex home = 0;
  std::vector<const Link *> way;
  Term executor = Term::current();
  // The executor as the fact has it, and the way from there to `frame`.
  Term given = Term::current();
  std::vector<const Link *> rise;
  Evidence evidence; // if the call or hand-off is a wrapper's
  // `from` is this stretch of the coroutine `into`, and `site` the await that it begins with.
  const Stretch *stretch = nullptr;
  bool isOneOfTwo = false;   // its callers disagree on the executor: another link has the other
  bool isLoopThread = false; // the thread that it hands `from` to runs a loop
  bool isUnclear = false;    // it goes on as `into` if that is on a loop; else nobody knows
  // What `executor` comes to:
  Where where = Where::Here; // Unknown: nothing is known of the thread
  uint32_t inherits = 0;     // where == Here: the index that it runs with, see Links
  Reason reason;             // where == Loop

  Node target() const { return {into, intoTask}; }

  /// Whether it runs on the thread of whoever runs it, as a call does.
  bool isHere() const { return where == Where::Here && inherits == target().index(); }
};

/// What a variable or member keeps.
struct Kept {
  Term target;
  Term value;
  BodyIndex frame = 0;
  bool isOfClass = false; // of each object of the class that `target` names, and of no other
};

class Wheres;

class Links {
public:
  Links(const Program &program, const Things &things);
  ~Links();

  const std::deque<Link> &all() const { return links; }

  /// The links from `node`, and to it, as indices.
  const std::vector<uint32_t> &from(Node node) const { return bySource[node.index()]; }

  const std::vector<uint32_t> &into(Node node) const { return byTarget[node.index()]; }

  /// How many nodes there are; their indices are below it.
  size_t nodeCount() const { return bySource.size(); }

  bool isPlace(Node node) const { return isPlace(node.body); }

  /// The variable or member that `place` is.
  const Term &keeperOf(Node place) const {
    return places[place.body - bodyCount() - stretches.size()];
  }

  /// The index that stands for the executor which the task of `node` was spawned on. It lies behind
  /// those of all nodes.
  uint32_t homeOf(Node node) const { return uint32_t(nodeCount()) + bodyOf(node); }

  size_t homeCount() const { return nodeCount() / 2; }

  /// The body whose statements run in `node`; what is no place has one.
  BodyIndex bodyOf(Node node) const { return bodyOf(node.body); }

  /// The stretch that `node` is; null if it is a whole body, or a coroutine's beginning.
  const Stretch *stretchOf(Node node) const {
    return isStretch(node.body) ? &program.body(bodyOf(node)).stretches[numberOf(node) - 1]
                                : nullptr;
  }

  /// Its number in that body, from 1 on.
  uint32_t numberOf(Node node) const { return stretches[node.body - bodyCount()].second; }

  /// The name of a body or place, for messages.
  std::string name(BodyIndex body) const;

  /// `term`, of what `link` runs, in the terms of who runs it.
  Term lifted(const Term &term, const Link &link) const;

  /// The same in the terms of `link.home`, where its way begins.
  Term liftedHome(const Term &term, const Link &link) const;

  /// The node in which the statements of `body` run, or of its stretch of that number.
  Node statementsOf(BodyIndex body, uint32_t stretch = 0) const {
    return stretch == 0 ? Node{body, isTask(program.body(body))}
                        : Node{firstStretch[body] + stretch - 1, true};
  }

  /// Calls `visit` for the nodes in which the statements of `body` run, in order.
  void forEachNode(BodyIndex body, llvm::function_ref<void(Node)> visit) const {
    for (uint32_t i = 0; i <= program.body(body).stretches.size(); ++i)
      visit(statementsOf(body, i));
  }

  static bool isTask(const Body &body) {
    return body.kind == BodyKind::Task || body.kind == BodyKind::AsyncGenerator;
  }

  /// Whether an event loop is run in `body`, or in what it calls.
  bool runsLoop(BodyIndex body) const { return body < loopRuns.size() && loopRuns[body]; }

  /// What is known of executors and event loops.
  const Wheres &executors() const { return *wheres; }

  /// Whether `body` starts a thread that runs an event loop, itself or in what it calls, after
  /// `place`. (Servers have loops for their workers too, which they start before.)
  bool startsLoopAfter(BodyIndex body, Place place) const;

private:
  friend class Linker;
  friend class Wheres;

  BodyIndex bodyCount() const { return BodyIndex(program.bodies().size()); }

  bool isStretch(BodyIndex index) const { return index >= bodyCount() && !isPlace(index); }

  bool isPlace(BodyIndex index) const { return index >= bodyCount() + stretches.size(); }

  BodyIndex bodyOf(BodyIndex index) const {
    return isStretch(index) ? stretches[index - bodyCount()].first : index;
  }

  Term withHome(const Term &term, const Link &link) const;
  std::vector<bool> callersOf(std::vector<BodyIndex> bodies) const;
  std::vector<bool> loopRunners() const;
  std::vector<bool> loopStarters() const;

  const Program &program;
  const Things &things;
  std::vector<bool> loopRuns;   // by body: an event loop is run in it, or in what it calls
  std::vector<bool> startsLoop; // by body: a thread that does is started there
  std::deque<Link> links;       // never move
  std::vector<std::vector<uint32_t>> bySource;
  std::vector<std::vector<uint32_t>> byTarget;
  std::vector<BodyIndex> firstStretch;                   // by body
  std::vector<std::pair<BodyIndex, uint32_t>> stretches; // behind the bodies: whose, and which
  std::vector<Term> places;                              // what keeps callables
  std::vector<Kept> kept;
  std::unique_ptr<Wheres> wheres;
  // Facts of links that stand for what wrappers do.
  std::deque<Call> calls;
  std::deque<HandOff> handOffs;
};

} // namespace async_tidy

#endif
