// What a library's functions do to whoever calls them, found out by calling them: for each one a
// caller is made up that passes it objects and callables of its own, and is linked with the
// library. Then what these callers reach, and where their callables run, is what a model says.
#ifndef ASYNC_TIDY_INFER_EFFECTS_H
#define ASYNC_TIDY_INFER_EFFECTS_H

#include "infer/Reach.h"
#include "knowledge/Model.h"
#include "llvm/ADT/Twine.h"

namespace async_tidy {

/// The way from a function to a call that blocks.
struct BlockingWay {
  Tier tier = Tier::Wait;
  bool sure = true;
  std::vector<std::string> through; // what is called on the way, from the function's own calls on
  std::string sink;
  Place place; // of the sink's call
};

/// Where a callable runs that is passed as `parameter`.
struct CallableRun {
  uint32_t parameter = 0;
  RunsAt on;
  Place place;     // of what runs or keeps it
  std::string via; // by which it is run there; empty: it is called
};

/// What one function, or one overload, does.
struct Effects {
  PublicFunction function;
  bool isSeen = false;                // there is a body of it, or of what overrides it
  std::optional<BlockingWay> way;     // the worst, surest one
  std::vector<ParameterValue> unless; // with each of these alone it does not block
  std::vector<Tier> also;             // milder tiers that it reaches
  unsigned implementations = 0;       // bodies that a call of it may run
  unsigned blocking = 0;              // those of them that block
  std::vector<CallableRun> runs;      // by parameter
  std::vector<uint32_t> unclear;      // callables of which it is not known what becomes of them
  std::optional<RunsAt> goesOn;       // where a coroutine goes on that awaits what it gives
  bool isAwaiter = false;             // await_suspend: `goesOn` is about the object
  bool runsLoop = false;
  bool isNonBlocking = false; // an annotation says so
  unsigned unknownCalls = 0;  // that it reaches
};

/// The functions that `units` offer, each overload once, in order of their names.
std::vector<PublicFunction> offersOf(llvm::ArrayRef<Unit> units);

/// Whether it is the member of an awaiter that gets the handle of who awaits.
bool isAwaitSuspend(const PublicFunction &function);

class Callers {
public:
  /// Makes up callers of what `units` offer.
  explicit Callers(llvm::ArrayRef<Unit> units);

  /// They, as a unit that is to be linked with the others.
  Unit unit() const;

  /// What `program`, of which they are a part, does to them. `tiers`: which kinds of blocking
  /// count. `isSilent` as for Reach.
  std::vector<Effects> effects(const Program &program, const Links &links, TierSet tiers,
                               llvm::function_ref<bool(Place)> isSilent) const;

private:
  /// One of them: who calls one function, with what is known of one argument.
  struct Caller {
    size_t function = 0;
    std::optional<ParameterValue> knows;
    bool isCoroutine = false; // it awaits what the function gives
    EntityId id = 0;
  };

  void addCallers(size_t function, const std::set<uint32_t> &asked, bool givesTask);
  EntityId idOf(size_t function, const llvm::Twine &part) const;
  std::vector<Term> passedTo(size_t function) const;
  Body bodyOf(const Caller &caller, uint32_t line) const;
  Body coroutineOf(const Caller &caller, uint32_t line) const;
  Body callableOf(size_t function, uint32_t parameter, uint32_t line) const;

  std::vector<PublicFunction> functions;
  std::vector<Caller> callers; // the first of each function knows nothing
};

} // namespace async_tidy

#endif
