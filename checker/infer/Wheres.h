// What executors come to: an event loop, a worker, or unknown. A context that only runs plain
// callables, on threads of its own, is a queue of work and no event loop.
#ifndef ASYNC_TIDY_INFER_WHERES_H
#define ASYNC_TIDY_INFER_WHERES_H

#include "infer/Links.h"
#include "infer/TermHash.h"
#include <unordered_map>

namespace async_tidy {

/// A thread: the link that starts it, or the body that somebody unseen runs.
struct Thread {
  bool isStarted = false;
  uint32_t index = 0; // of the link, or of the body's node
  friend auto operator<=>(const Thread &, const Thread &) = default;
};

/// Who runs an event loop, and the first place that does.
struct LoopRuns {
  std::set<Thread> threads;
  Place place;

  /// Whether only threads that were started for it run it.
  bool isOnThreadsOnly() const {
    return std::all_of(threads.begin(), threads.end(), [](Thread t) { return t.isStarted; });
  }
};

class Wheres {
public:
  /// Writes into each of `links` where it runs things, and why.
  explicit Wheres(Links &links);

  /// Where the executor that `thing` was made with runs things.
  Where ofObject(const Term &thing) const;

  /// The loops that the executor `executor`, in terms of `frame`, may belong to: the variables that
  /// hold them.
  const std::set<EntityId> &loopsOf(const Term &executor, BodyIndex frame) const {
    return contexts(executor, frame, 0);
  }

  /// The loops on which `thing`, which does not depend on a caller, may live.
  std::set<EntityId> loopsOfObject(const Term &thing) const;

  /// Whether `executor`, in terms of `frame`, runs one thing at a time, however many threads run
  /// its loop.
  bool isSerial(const Term &executor, BodyIndex frame) const {
    return isSerial(executor, frame, 0);
  }

  /// Whether `thread` is a program's first.
  bool isMain(Thread thread) const;

  /// Where the loop `loop` is run; null if that is not seen.
  const LoopRuns *runsOf(EntityId loop) const;

private:
  struct Decision {
    Where where = Where::Unknown;
    Confidence confidence = Confidence::Presumed;
    friend auto operator<=>(const Decision &, const Decision &) = default;
  };

  /// Terms, and the bodies in whose terms they are.
  using Origins = std::vector<std::pair<Term, BodyIndex>>;

  template <class Answer>
  using Answers = std::unordered_map<TermQuestion, Answer, TermQuestionHash>;

  void gatherKept();
  void gatherLoops();
  void gatherThreads();
  void decide(Link &link);
  void split(uint32_t index);
  Decision decided(const Term &executor, BodyIndex frame, bool isTask, unsigned depth) const;
  Decision findDecision(const Term &executor, BodyIndex frame, bool isTask, unsigned depth) const;
  Decision ofContext(const Term &executor, BodyIndex frame, bool isTask) const;
  const Origins &origins(const Term &term, BodyIndex frame) const;
  Origins findOrigins(const Term &term, BodyIndex frame) const;
  const std::set<EntityId> &contexts(const Term &executor, BodyIndex frame, unsigned depth) const;
  std::set<EntityId> findContexts(const Term &executor, BodyIndex frame, unsigned depth) const;
  bool isSerial(const Term &executor, BodyIndex frame, unsigned depth) const;
  bool findSerial(const Term &executor, BodyIndex frame, unsigned depth) const;
  static Term valueAt(const Kept &kept, const Term &place);
  const std::vector<const Kept *> &valuesOf(const Term &place) const;
  std::vector<const Kept *> findValues(Term place) const;
  bool isMains(EntityId context) const;
  std::set<Thread> threadsOf(BodyIndex body) const;
  Links &links;
  const Program &program;
  const Things &things;
  std::map<std::pair<EntityId, bool>, std::vector<const Kept *>> keptIn; // bool: as its executor
  std::set<EntityId> loops;          // contexts on which coroutines or I/O objects live
  std::map<EntityId, LoopRuns> runs; // of contexts
  // What was asked before: many links, and many uses, ask the same.
  mutable Answers<Origins> knownOrigins;
  mutable Answers<std::set<EntityId>> knownContexts;
  mutable Answers<std::vector<const Kept *>> knownValues;
  mutable Answers<Decision> knownDecisions;
  mutable Answers<bool> knownSerial;
};

} // namespace async_tidy

#endif
