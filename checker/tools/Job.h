// What a command is to work on: the units, the project around them, and what holds for each.
#ifndef ASYNC_TIDY_TOOLS_JOB_H
#define ASYNC_TIDY_TOOLS_JOB_H

#include "settings/ProjectFiles.h"
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

/// Adds what is said by the project, and then by the files of --models.
llvm::Error addModels(const ProjectRules &rules, const CommandOptions &options,
                      Knowledge &knowledge);

/// The folder that belongs to the project of these options, for facts that are there already.
std::string projectFolder(const CommandOptions &options);

} // namespace async_tidy

#endif
