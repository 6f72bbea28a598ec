#include "extract/InstalledPacks.h"
#include "clang/Basic/FileManager.h"
#include "clang/Lex/HeaderSearch.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include <set>

namespace path = llvm::sys::path;

namespace async_tidy {

namespace {

/// What stands before the last `include` of `folder`; empty if it has none.
llvm::StringRef prefixOf(llvm::StringRef folder) {
  for (llvm::StringRef at = folder; !at.empty(); at = path::parent_path(at))
    if (path::filename(at) == "include")
      return path::parent_path(at);
  return "";
}

std::vector<std::string> packsIn(llvm::StringRef folder, llvm::vfs::FileSystem &files) {
  std::vector<std::string> packs;
  std::error_code error;
  for (auto at = files.dir_begin(folder, error); at != llvm::vfs::directory_iterator() && !error;
       at.increment(error))
    if (path::extension(at->path()) == ".yaml")
      packs.push_back(at->path().str());
  llvm::sort(packs);
  return packs;
}

} // namespace

std::vector<std::string> installedPacks(llvm::ArrayRef<std::string> folders,
                                        llvm::vfs::FileSystem &files) {
  std::vector<std::string> packs;
  std::set<llvm::StringRef> seen;
  for (const std::string &folder : folders) {
    llvm::StringRef prefix = prefixOf(folder);
    if (prefix.empty() || !seen.insert(prefix).second)
      continue;
    for (const char *below : {"async-tidy/models", "share/async-tidy/models"}) {
      llvm::SmallString<256> place(prefix);
      path::append(place, below);
      std::vector<std::string> found = packsIn(place, files);
      packs.insert(packs.begin(), found.begin(), found.end());
    }
  }
  return packs;
}

std::vector<std::string> installedPacks(const clang::HeaderSearch &search) {
  std::vector<std::string> folders;
  for (auto at = search.search_dir_begin(); at != search.search_dir_end(); ++at) {
    llvm::SmallString<256> folder(at->getName());
    search.getFileMgr().makeAbsolutePath(folder);
    path::remove_dots(folder, /*remove_dot_dot=*/true);
    folders.push_back(folder.str().str());
  }
  return installedPacks(folders, search.getFileMgr().getVirtualFileSystem());
}

llvm::Error addInstalledPacks(const clang::HeaderSearch &search, Knowledge &knowledge) {
  for (const std::string &pack : installedPacks(search))
    if (llvm::Error error = knowledge.addFile(pack, Origin::Installed))
      return error;
  return llvm::Error::success();
}

} // namespace async_tidy
