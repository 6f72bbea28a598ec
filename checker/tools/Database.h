// compile_commands.json: where it is, what it says, and each of its commands made fit for Clang.
#ifndef ASYNC_TIDY_TOOLS_DATABASE_H
#define ASYNC_TIDY_TOOLS_DATABASE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <compare>
#include <string>
#include <vector>

namespace async_tidy {

/// One command as the database has it.
struct CompileCommand {
  std::string file;                   // absolute
  std::string directory;              // absolute; where the command runs
  std::vector<std::string> arguments; // the compiler first
  friend auto operator<=>(const CompileCommand &, const CompileCommand &) = default;
};

/// One command that is ready for Clang's driver, or why it cannot be.
struct UnitCommand : CompileCommand {
  std::string problem; // empty if the unit can be analysed
  friend auto operator<=>(const UnitCommand &, const UnitCommand &) = default;
};

/// The folder that the command was started in, absolute.
std::string currentFolder();

/// Looks for compile_commands.json: in `folder` (or it is that file itself), or, if `folder` is
/// empty, in the current folder and all above it, and in a `build` folder of each. Returns the
/// absolute path, or an error that says how to get one.
llvm::Expected<std::string> findDatabase(llvm::StringRef folder);

/// Reads the database at `path`. Errors name the file and the place.
llvm::Expected<std::vector<CompileCommand>> loadDatabase(llvm::StringRef path);

/// Makes `commands` fit for Clang (see CommandCleaner.h); sorted, without repeats, and without
/// those that compile something else than C or C++.
std::vector<UnitCommand> unitsOf(llvm::ArrayRef<CompileCommand> commands);

/// The folders in which the units of the database in `folder` (see findDatabase) look for headers,
/// as far as their commands say, and those of the system. No database: only these.
std::vector<std::string> headerFolders(llvm::StringRef folder);

/// Keeps those of `units` whose file is at or below one of `paths`; all if there are none. The
/// error names a path that fits no unit.
llvm::Error selectUnits(std::vector<UnitCommand> &units, llvm::ArrayRef<std::string> paths);

} // namespace async_tidy

#endif
