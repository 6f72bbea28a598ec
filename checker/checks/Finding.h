// One thing to report, as data; report/Words.h makes sentences of it.
#ifndef ASYNC_TIDY_CHECKS_FINDING_H
#define ASYNC_TIDY_CHECKS_FINDING_H

#include "infer/Roots.h"

namespace async_tidy {

struct Finding {
  llvm::StringRef check;
  Place place;                    // in the root, at the first call of the chain
  BodyIndex root = 0;             // the body that runs on the loop
  std::vector<Call> chain;        // from the root's call to the sink
  std::vector<BodyIndex> callers; // who makes each call of the chain
  LoopReason reason;
  unsigned furtherSinks = 0; // of the same tier, behind the same call

  const Sink &sink() const { return *chain.back().sink; }
};

} // namespace async_tidy

#endif
