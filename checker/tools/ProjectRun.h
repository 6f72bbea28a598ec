// A project from its compile database to a linked program: analyses what changed since the last
// run, and takes the rest from the cache.
#ifndef ASYNC_TIDY_TOOLS_PROJECTRUN_H
#define ASYNC_TIDY_TOOLS_PROJECTRUN_H

#include "facts/ProgramFile.h"
#include "tools/Cache.h"
#include "tools/Job.h"

namespace async_tidy {

/// What came of a job's units.
struct Analysed {
  std::vector<std::string> problems; // of each unit; empty if it could be analysed
  ProgramFile file;                  // of those that could
  std::string path;                  // of that file in the cache; empty if it is kept nowhere

  size_t failed() const;
};

/// Brings the facts of all units up to date and joins them. Errors are about folders and files of
/// our own; units that cannot be analysed are none.
llvm::Expected<Analysed> analyse(Job &job);

/// The facts of one unit, or why there are none.
struct UnitResult {
  std::optional<Unit> facts;
  std::string problem;
};

/// Analyses those units of `job` whose numbers are `units`, for nobody else: no cache has a part in
/// it. The error is about a folder of our own.
llvm::Expected<std::vector<UnitResult>> analyseApart(const Job &job, llvm::ArrayRef<size_t> units,
                                                     const ExtractOptions &extract);

} // namespace async_tidy

#endif
