// One unit from its command to a file of facts. Meant for a process of its own: it changes the
// current folder, and whatever Clang does to the process, it does to this one.
#ifndef ASYNC_TIDY_TOOLS_UNITANALYSIS_H
#define ASYNC_TIDY_TOOLS_UNITANALYSIS_H

#include "extract/Extractor.h"
#include "settings/ProjectFiles.h"
#include "tools/Database.h"

namespace async_tidy {

/// What holds for the units of one folder.
struct UnitRules {
  ProjectRules rules;
  Knowledge knowledge;            // but for the packs that other libraries bring with them
  std::vector<std::string> files; // that say so, absolute
  uint64_t hash = 0;              // of what is in them
};

/// Parses `unit` and saves its facts at `factsPath`. `root` is the project's folder. Returns why it
/// could not be done, mostly the first error in the code ("src/a.cpp:3:5: unknown type name 'x'"),
/// or nothing. `parsesLibraries`: whether bodies of library
/// functions are parsed, too; the facts are the same.
std::string analyseUnit(const UnitCommand &unit, const UnitRules &rules, llvm::StringRef root,
                        llvm::StringRef factsPath, const ExtractOptions &options,
                        bool parsesLibraries);

} // namespace async_tidy

#endif
