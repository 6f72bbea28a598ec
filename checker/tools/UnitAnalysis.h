// One unit from its command to a file of facts. Meant for a process of its own: it changes the
// current folder, and whatever Clang does to the process, it does to this one.
#ifndef ASYNC_TIDY_TOOLS_UNITANALYSIS_H
#define ASYNC_TIDY_TOOLS_UNITANALYSIS_H

#include "extract/Extractor.h"
#include "knowledge/Knowledge.h"
#include "tools/Database.h"

namespace async_tidy {

/// Parses `unit` and saves its facts at `factsPath`. `root` is the project's folder. Returns why it
/// could not be done, mostly the first error in the code ("src/a.cpp:3:5: unknown type name 'x'"),
/// or nothing.
std::string analyseUnit(const UnitCommand &unit, const Knowledge &knowledge, llvm::StringRef root,
                        llvm::StringRef factsPath, ExtractOptions options);

} // namespace async_tidy

#endif
