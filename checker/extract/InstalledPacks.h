// Packs that other libraries bring with them: `async-tidy/models` in the prefix that a library is
// installed to, or in its `share`.
#ifndef ASYNC_TIDY_EXTRACT_INSTALLEDPACKS_H
#define ASYNC_TIDY_EXTRACT_INSTALLEDPACKS_H

#include "knowledge/Knowledge.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace clang {
class HeaderSearch;
}

namespace async_tidy {

/// The packs in the prefixes of `folders`, which headers are looked for in ("/opt/bus/include"):
/// those of the folder that is searched first come last. Sorted by name within one prefix.
std::vector<std::string> installedPacks(llvm::ArrayRef<std::string> folders,
                                        llvm::vfs::FileSystem &files);

/// Those that go with the headers which `search` finds.
std::vector<std::string> installedPacks(const clang::HeaderSearch &search);

/// Adds the packs that go with the headers which `search` finds.
llvm::Error addInstalledPacks(const clang::HeaderSearch &search, Knowledge &knowledge);

} // namespace async_tidy

#endif
