// Which coroutines run on a loop, which on workers, and how that is known.
#ifndef ASYNC_TIDY_INFER_ROOTS_H
#define ASYNC_TIDY_INFER_ROOTS_H

#include "facts/Program.h"

namespace async_tidy {

/// How sure it is that a coroutine runs on a loop.
enum class Confidence : uint8_t {
  Presumed, // a task whose spawn is not seen
  Proven,   // spawned on a loop, or awaited by one that is
};

/// Why a coroutine is said to run on a loop.
struct LoopReason {
  enum class Kind : uint8_t {
    Presumed,      // no spawn, and no await, of it is seen
    SpawnedNoIdea, // given to `via` at `place`, but where `executor` runs it is not seen
    Spawned,       // given to `via`, whose executor is `executor`, at `place`
    Awaited,       // by `parent` at `place`
    Completion,    // no coroutine: `via` starts an operation at `place`, which the loop completes
  };
  Kind kind = Kind::Presumed;
  Confidence confidence = Confidence::Presumed;
  Place place;
  std::string via;
  std::string executor;
  BodyIndex parent = 0;
};

class Roots {
public:
  explicit Roots(const Program &program);

  /// Why `body` runs on a loop; null if it does not, or if that is not known.
  const LoopReason *onLoop(BodyIndex body) const;

  /// Whether it is seen that `body` runs on a worker (it may run on a loop as well).
  bool onWorker(BodyIndex body) const { return workers[body]; }

private:
  void seed();
  void spread();
  void presume();
  void addLoop(BodyIndex body, LoopReason reason);
  void addWorker(BodyIndex body);
  bool isRunnable(BodyIndex body) const;
  std::vector<BodyIndex> coroutinesOf(EntityId id) const;
  LoopReason presumption(BodyIndex body) const;

  const Program &program;
  std::vector<std::optional<LoopReason>> loops;
  std::vector<bool> workers;
  std::vector<bool> hasOrigin; // spawned or awaited anywhere that is seen
  std::map<BodyIndex, const HandOff *> unclearSpawns;
  std::vector<BodyIndex> todo;
};

} // namespace async_tidy

#endif
