// Runs the analysis of many units at a time, each in a process of its own, so that a unit on which
// Clang crashes or hangs costs only itself.
#ifndef ASYNC_TIDY_TOOLS_UNITRUNNER_H
#define ASYNC_TIDY_TOOLS_UNITRUNNER_H

#include "tools/Database.h"
#include "tools/Progress.h"
#include "tools/SignalQueue.h"
#include "tools/TemporaryFolder.h"
#include "tools/UnitAnalysis.h"

namespace async_tidy {

struct RunOptions {
  unsigned jobs = 1;
  unsigned timeout = 0;         // seconds a unit may take; 0: as many as it wants
  std::string root;             // the project's folder, absolute
  std::string timesFolder;      // where UnitTimes are kept; empty: nowhere
  bool parsesLibraries = false; // also bodies of library functions
  ExtractOptions extract;
};

/// One unit to be analysed.
struct UnitTask {
  const UnitCommand *command;
  const UnitRules *rules;
  std::string name;      // see unitNames
  std::string factsPath; // where its facts go
};

/// What the files of each of `units` are called: after its source, so that they can be found, and
/// the same in every run.
std::vector<std::string> unitNames(llvm::ArrayRef<UnitCommand> units, llvm::StringRef root);

/// Analyses `tasks`. For each, in the same order, whatever finishes first: why there are no facts,
/// or nothing if there are. `scratch` is for files of the run. Under a make with a jobserver,
/// there are no more at a time than that has tokens. On SIGINT, SIGTERM, SIGHUP and SIGQUIT all
/// children are stopped, all tokens given back and `scratch` removed before the signal ends this
/// process; facts that are written stay. What is at a task's path before is replaced only by facts:
/// another run may be about to read it. Call it with one thread only.
std::vector<std::string> runUnits(llvm::ArrayRef<UnitTask> tasks, const RunOptions &options,
                                  SignalQueue &signals, TemporaryFolder &scratch,
                                  Progress &progress);

} // namespace async_tidy

#endif
