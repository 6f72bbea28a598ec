// Who runs what: each call, await, spawn and hand-off of a program as one link between two bodies,
// with what is passed along, and the thread on which it goes on.
#ifndef ASYNC_TIDY_INFER_LINKS_H
#define ASYNC_TIDY_INFER_LINKS_H

#include "infer/Roots.h"
#include "infer/Things.h"

namespace async_tidy {

/// What runs: a body that is called, or the task that calling it gives.
struct Node {
  BodyIndex body = 0;
  bool isTask = false;

  uint32_t index() const { return body * 2 + (isTask ? 1 : 0); }
};

struct Link {
  Node from;             // what is run
  BodyIndex into = 0;    // by whom
  bool intoTask = false; // whether as part of the task that `into` gives
  Place site;
  // One of these is set; none for `return child(...)`, and for a lambda that is only made.
  const Call *call = nullptr;
  const Await *await = nullptr;
  const HandOff *handOff = nullptr;
  std::vector<Term> passed;  // in the terms of `into`
  Where where = Where::Here; // Unknown: nothing is known of the thread
  LoopReason reason;         // where == Loop

  Node target() const { return {into, intoTask}; }
};

class Links {
public:
  /// `counts`: whether links may stand at a place (they are not silenced there).
  Links(const Program &program, const Things &things, llvm::function_ref<bool(Place)> counts);

  const std::vector<Link> &all() const { return links; }

  /// The links from `node`, as indices.
  const std::vector<uint32_t> &from(Node node) const { return bySource[node.index()]; }

  /// The node in which the statements of `body` run.
  Node statementsOf(BodyIndex body) const { return {body, isTask(program.body(body))}; }

  static bool isTask(const Body &body) {
    return body.kind == BodyKind::Task || body.kind == BodyKind::AsyncGenerator;
  }

  /// Whether `body` starts a thread that runs an event loop, itself or in what it calls, after
  /// `place`. (Servers have loops for their workers too, which they start before.)
  bool startsLoopAfter(BodyIndex body, Place place) const;

private:
  void addCalls(BodyIndex body);
  void addTasks(BodyIndex body);
  void addHandOffs(BodyIndex body);
  void addLambda(BodyIndex body);
  Link linkInto(BodyIndex body, Node from, Place site) const;
  void add(Link link, const std::vector<Term> &passed);
  bool isLoopThread(const HandOff &handOff) const;
  std::vector<bool> callersOf(std::vector<BodyIndex> bodies) const;
  std::vector<bool> loopRunners() const;
  std::vector<bool> loopStarters() const;

  const Program &program;
  const Things &things;
  llvm::function_ref<bool(Place)> counts;
  std::vector<bool> runsLoop;   // by body: an event loop is run in it, or in what it calls
  std::vector<bool> startsLoop; // by body: a thread that does is started there
  std::vector<Link> links;
  std::vector<std::vector<uint32_t>> bySource;
};

} // namespace async_tidy

#endif
