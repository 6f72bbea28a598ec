// One thing to report, as data; report/Words.h makes sentences of it.
#ifndef ASYNC_TIDY_CHECKS_FINDING_H
#define ASYNC_TIDY_CHECKS_FINDING_H

#include "infer/Roots.h"

namespace async_tidy {

/// One call of a chain, and the body that makes it.
struct FindingStep {
  BodyIndex caller = 0;
  Call call;
};

struct Finding {
  llvm::StringRef check;
  Place place;                    // in the root, at the first call of the chain
  BodyIndex root = 0;             // the body that runs on the loop
  std::vector<FindingStep> chain; // from the root's call to the sink
  LoopReason reason;
  unsigned furtherSinks = 0; // of the same tier, behind the same call

  const Sink &sink() const { return *chain.back().call.sink; }
};

} // namespace async_tidy

#endif
