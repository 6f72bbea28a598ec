// A project from its compile database to a linked program: analyses what changed since the last
// run, and takes the rest from the cache.
#ifndef ASYNC_TIDY_TOOLS_PROJECTRUN_H
#define ASYNC_TIDY_TOOLS_PROJECTRUN_H

#include "facts/Program.h"
#include "settings/ProjectFiles.h"
#include "tools/Cache.h"
#include "tools/Options.h"
#include "tools/UnitAnalysis.h"

namespace async_tidy {

/// All that is needed to begin.
struct Job {
  CommandOptions options;
  std::vector<UnitCommand> units;
  std::string root;     // the project's folder, absolute
  std::string database; // the path of compile_commands.json
  ProjectFiles files;
  std::map<ProjectRules, UnitRules> rules;
  std::vector<const UnitRules *> unitRules; // as units
};

/// Finds the units that `options` select, and what holds for each.
llvm::Expected<Job> prepare(CommandOptions options);

/// The same for `units` that are known already.
llvm::Expected<Job> prepareUnits(CommandOptions options, std::vector<UnitCommand> units,
                                 std::string root, std::string database = "");

/// What came of a job's units.
struct Analysed {
  std::vector<std::string> problems; // of each unit; empty if it could be analysed
  Program program;

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

/// Adds what is said by the project, and then by the files of --models.
llvm::Error addModels(const ProjectRules &rules, const CommandOptions &options,
                      Knowledge &knowledge);

/// The folder that belongs to the project of these options, for facts that are there already.
std::string projectFolder(const CommandOptions &options);

} // namespace async_tidy

#endif
