// One thing to report, as data; report/Words.h makes sentences of it.
#ifndef ASYNC_TIDY_CHECKS_FINDING_H
#define ASYNC_TIDY_CHECKS_FINDING_H

#include "infer/Accesses.h"
#include <variant>

namespace async_tidy {

/// One call of a chain, and the body that makes it.
struct FindingStep {
  BodyIndex caller = 0;
  Call call;
};

/// async-blocking-call
struct BlockingChain {
  BodyIndex root = 0;             // the body that runs on the loop
  std::vector<FindingStep> chain; // from the root's call to the sink
  LoopReason reason;
  unsigned furtherSinks = 0; // of the same tier, behind the same call

  const Sink &sink() const { return *chain.back().call.sink; }
};

/// One step from a hand-off to a use: `caller` calls, or awaits, `callee`.
struct AccessStep {
  BodyIndex caller = 0;
  BodyIndex callee = 0;
  Place place;
  std::optional<Call> call; // none: it awaits
};

/// async-loop-bound-capture
struct SharedThing {
  Variable thing;
  Use use; // on the worker
  BodyIndex user = 0;
  HandOff handOff;
  BodyIndex worker = 0;          // what the hand-off runs
  std::vector<AccessStep> chain; // from `worker` to `user`
  Use loopUse;
  BodyIndex loopUser = 0;
  LoopReason reason;
  bool isMoved = false; // the worker was given the thing itself, and the loop uses it afterwards
};

struct Finding {
  llvm::StringRef check;
  Place place;
  std::variant<BlockingChain, SharedThing> what;
};

} // namespace async_tidy

#endif
