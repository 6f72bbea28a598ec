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

  /// The same for the executor that the task of `node` was spawned on.
  const Reason *homeOnLoop(Node node) const { return found(loops, links.homeOf(node)); }

  const Reason *homeOnWorker(Node node) const { return found(workers, links.homeOf(node)); }

  /// The same for what `link`, which inherits from another than its target, runs.
  const Reason *inheritedLoop(const Link &link) const { return found(loops, link.inherits); }

  const Reason *inheritedWorker(const Link &link) const { return found(workers, link.inherits); }

  /// Why `node` is a thread's own code that runs an event loop; null if it is none.
  const Reason *asLoopThread(Node node) const { return found(threads, node); }

  /// Why `node` is where the loop's code begins: a task, or what is given to the loop. Null if it
  /// is not, or only called by such.
  const Reason *rootOnLoop(Node node) const;

private:
  using Reasons = std::vector<std::optional<Reason>>;

  static const Reason *found(const Reasons &reasons, Node node) {
    return found(reasons, node.index());
  }

  static const Reason *found(const Reasons &reasons, uint32_t index) {
    return reasons[index] ? &*reasons[index] : nullptr;
  }

  void gatherHeirs();
  void seed();
  void spread();
  void pass(uint32_t parent, const Link &link, uint32_t to);
  Reason passedOn(uint32_t parent, const Link &link, const Reason &why) const;
  void addDrains();
  std::vector<bool> reachedFromMain() const;
  void presume();
  void addLoop(uint32_t index, Reason reason);
  void addWorker(uint32_t index, Reason reason);
  bool isTask(Node node) const;
  Reason inherited(const Link &link) const;

  const Program &program;
  const Links &links;
  Reasons loops;
  Reasons workers;
  Reasons threads;
  Reasons unclear;             // spawns of which nothing is known
  std::vector<bool> hasOrigin; // spawned or awaited anywhere that is seen
  /// By index: who runs where that one does, and the index of it.
  std::vector<std::vector<std::pair<uint32_t, uint32_t>>> heirs;
  std::vector<uint32_t> todo;
};

} // namespace async_tidy

#endif
