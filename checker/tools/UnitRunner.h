// Runs the analysis of many units at a time, each in a process of its own, so that a unit on which
// Clang crashes or hangs costs only itself.
#ifndef ASYNC_TIDY_TOOLS_UNITRUNNER_H
#define ASYNC_TIDY_TOOLS_UNITRUNNER_H

#include "facts/Facts.h"
#include "tools/Database.h"
#include "tools/Progress.h"
#include "tools/UnitAnalysis.h"

namespace async_tidy {

struct RunOptions {
  unsigned jobs = 1;
  unsigned timeout = 0;    // seconds a unit may take; 0: as many as it wants
  std::string root;        // the project's folder, absolute
  std::string factsFolder; // where to leave the facts files; empty: nowhere
  bool keepsAll = false;   // also facts of bodies that lead nowhere
};

/// What became of one unit: its facts, or why there are none.
struct UnitResult {
  std::optional<Unit> facts;
  std::string problem;
};

/// Analyses `units`, each by its own of `rules`, and returns their results in the same order,
/// whatever finishes first. The error
/// is about the folder for the facts. On SIGINT, SIGTERM and SIGHUP all children are stopped and
/// all temporary files removed before the signal ends this process. Call it with one thread only.
llvm::Expected<std::vector<UnitResult>> runUnits(llvm::ArrayRef<UnitCommand> units,
                                                 llvm::ArrayRef<const UnitRules *> rules,
                                                 const RunOptions &options, Progress &progress);

} // namespace async_tidy

#endif
