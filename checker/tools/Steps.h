// The steps of an analysis one by one, each from files to files, for build systems and for people
// who look into them.
#ifndef ASYNC_TIDY_TOOLS_STEPS_H
#define ASYNC_TIDY_TOOLS_STEPS_H

#include "tools/ProjectRun.h"

namespace async_tidy {

/// 'extract': writes the facts of the one unit that the options name. Gives nothing, or why the
/// unit cannot be analysed; then there is no file either. Errors are about options and files.
llvm::Expected<std::string> extractStep(CommandOptions options);

/// 'link': joins files of facts.
llvm::Error linkStep(const CommandOptions &options);

/// What 'check' reports of.
struct CheckedProgram {
  ProgramFile file;
  std::string root;
};

llvm::Expected<CheckedProgram> openProgram(const CommandOptions &options);

/// 'dump': prints a file of facts, or a program.
llvm::Error dumpStep(const CommandOptions &options, llvm::raw_ostream &out);

} // namespace async_tidy

#endif
