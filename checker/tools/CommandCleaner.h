// A compile command, mostly one for GCC, made fit for Clang's driver: it then says how to parse the
// unit, and nothing else.
#ifndef ASYNC_TIDY_TOOLS_COMMANDCLEANER_H
#define ASYNC_TIDY_TOOLS_COMMANDCLEANER_H

#include "tools/Database.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace async_tidy {

/// What is said of a unit that uses C++20 modules.
inline constexpr llvm::StringLiteral UsesModules =
    "uses C++20 modules, which async-tidy cannot analyse yet";

/// Reads response files; drops outputs, warnings, precompiled headers, plugins and all that Clang
/// does not know; adds Clang's own headers. A unit that uses C++20 modules comes back with that as
/// its problem; nothing comes back for what is neither C nor C++.
std::optional<UnitCommand> cleanCommand(const CompileCommand &command);

} // namespace async_tidy

#endif
