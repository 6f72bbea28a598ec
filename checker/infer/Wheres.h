// What executors come to: an event loop, a worker, or unknown. A context that only runs plain
// callables, on threads of its own, is a queue of work and no event loop.
#ifndef ASYNC_TIDY_INFER_WHERES_H
#define ASYNC_TIDY_INFER_WHERES_H

#include "infer/Links.h"

namespace async_tidy {

class Wheres {
public:
  /// Writes into each of `links` where it runs things, and why.
  explicit Wheres(Links &links);

  /// Where the executor that `thing` was made with runs things.
  Where ofObject(const Term &thing);

private:
  struct Decision {
    Where where = Where::Unknown;
    Confidence confidence = Confidence::Presumed;
    friend auto operator<=>(const Decision &, const Decision &) = default;
  };

  void gatherKept();
  void gatherLoops();
  void gatherThreads();
  void decide(Link &link);
  Decision decided(const Term &executor, BodyIndex frame, bool isTask, unsigned depth);
  Decision ofContext(const Term &executor, BodyIndex frame, bool isTask);
  std::vector<std::pair<Term, BodyIndex>> origins(const Term &term, BodyIndex frame) const;
  std::set<EntityId> contexts(const Term &executor, BodyIndex frame, unsigned depth) const;
  std::vector<const Kept *> valuesOf(const Term &place) const;
  bool isOnThreadsOnly(BodyIndex body) const;

  Links &links;
  const Program &program;
  const Things &things;
  std::map<std::pair<EntityId, bool>, std::vector<const Kept *>> keptIn; // bool: as its executor
  std::set<EntityId> loops;        // contexts on which coroutines or I/O objects live
  std::set<EntityId> runByThreads; // contexts that a thread of their own runs
  std::set<EntityId> runByOthers;  // contexts that anybody else runs
};

} // namespace async_tidy

#endif
