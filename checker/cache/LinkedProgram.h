// The linked program of a project, for whoever looks at one unit of it: where it is kept, and
// whether it still says what the files say.
#ifndef ASYNC_TIDY_CACHE_LINKEDPROGRAM_H
#define ASYNC_TIDY_CACHE_LINKEDPROGRAM_H

#include "facts/ProgramFile.h"
#include "llvm/Support/Error.h"
#include <set>

namespace async_tidy {

/// The folder next to compile_commands.json in which facts and the program are kept, unless the
/// user says otherwise; and what is in it.
constexpr llvm::StringLiteral CacheFolderName = ".async-tidy";
constexpr llvm::StringLiteral HashesFileName = "hashes";

/// Where the program file of the project is that has `unit` (a path) and compiles it in `folder`,
/// whether or not it is there: next to the compile_commands.json in that folder or the nearest
/// above. Empty if there is no such database, or it does not name the unit.
std::string findProgramFile(llvm::StringRef folder, llvm::StringRef unit);

/// A program, and what it knows of one unit.
struct LinkedProgram {
  ProgramFile file;
  std::string root;                // the folder to which its paths are relative
  std::set<std::string> unitFiles; // all files that the unit reads, as the program has them
};

/// Reads the program file `path` for the unit with the main file `mainFile`, which knows the files
/// of `models` besides those of its project; all absolute. The error says why the program cannot be
/// used: it is not there, it was altered, it does not have the unit or the models, or a file has
/// changed since.
llvm::Expected<LinkedProgram> openLinkedProgram(llvm::StringRef path, llvm::StringRef mainFile,
                                                llvm::ArrayRef<std::string> models);

} // namespace async_tidy

#endif
