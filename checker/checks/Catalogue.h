// All checks: one row each. Documentation, tests and the changelog are held to this table.
#ifndef ASYNC_TIDY_CHECKS_CATALOGUE_H
#define ASYNC_TIDY_CHECKS_CATALOGUE_H

#include "checks/Finding.h"
#include "infer/Inference.h"

namespace async_tidy {

/// What the user chose; the same in every front end.
struct CheckOptions {
  TierSet tiers = TierSet::defaults();
  bool uncertain = false;                       // also calls that only may block
  bool severalThreads = false;                  // also uses by threads that run one loop
  Confidence confidence = Confidence::Presumed; // the least that is reported
};

struct CheckInput {
  const Program &program;
  const Things &things;
  const Links &links;
  const Roots &roots;
  const CheckOptions &options;
};

struct Check {
  llvm::StringLiteral name;
  llvm::StringLiteral reports; // "calls that block the event loop"
  std::vector<Finding> (*run)(const CheckInput &input);
};

llvm::ArrayRef<Check> catalogue();

std::vector<Finding> findBlockingCalls(const CheckInput &input);
std::vector<Finding> findLoopBoundCaptures(const CheckInput &input);
std::vector<Finding> findUnawaitedTasks(const CheckInput &input);
std::vector<Finding> findLockedSleeps(const CheckInput &input);
std::vector<Finding> findSequentialAwaits(const CheckInput &input);
std::vector<Finding> findTaskCaptures(const CheckInput &input);

/// What was looked at, so that an empty result can be read.
struct Coverage {
  size_t coroutines = 0;
  unsigned unknownCalls = 0; // calls to unknown code that coroutines reach
};

Coverage coverage(const Inference &inference);

/// Brings `findings` into their order: by file name and place.
void sort(std::vector<Finding> &findings);

/// Runs every check for which `isOn` answers true; findings come sorted by file name and place.
std::vector<Finding> runChecks(const Inference &inference, const CheckOptions &options,
                               llvm::function_ref<bool(llvm::StringRef)> isOn);

} // namespace async_tidy

#endif
