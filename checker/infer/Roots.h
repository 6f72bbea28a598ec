// Which bodies run on a loop, which on workers, and how that is known.
#ifndef ASYNC_TIDY_INFER_ROOTS_H
#define ASYNC_TIDY_INFER_ROOTS_H

#include "infer/Links.h"

namespace async_tidy {

class Roots {
public:
  Roots(const Program &program, const Links &links);

  /// Why `node` runs on a loop; null if it does not, or if that is not known.
  const Reason *onLoop(Node node) const { return found(loops, node); }

  /// Why `node` runs on a worker (it may run on a loop as well); null as above.
  const Reason *onWorker(Node node) const { return found(workers, node); }

  /// Why `node` is a thread's own code that runs an event loop; null if it is none.
  const Reason *asLoopThread(Node node) const { return found(threads, node); }

  /// Why `node` is where the loop's code begins: a task, or what is given to the loop. Null if it
  /// is not, or only called by such.
  const Reason *rootOnLoop(Node node) const;

private:
  using Reasons = std::vector<std::optional<Reason>>;

  static const Reason *found(const Reasons &reasons, Node node) {
    return reasons[node.index()] ? &*reasons[node.index()] : nullptr;
  }

  void seed();
  void spread();
  void pass(Node parent, const Link &link);
  void presume();
  void addLoop(Node node, Reason reason);
  void addWorker(Node node, Reason reason);
  bool isTask(Node node) const;
  Reason inherited(const Link &link) const;

  const Program &program;
  const Links &links;
  Reasons loops;
  Reasons workers;
  Reasons threads;
  Reasons unclear;             // spawns of which nothing is known
  std::vector<bool> hasOrigin; // spawned or awaited anywhere that is seen
  std::vector<Node> todo;
};

} // namespace async_tidy

#endif
