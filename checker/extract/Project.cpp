#include "extract/Project.h"
#include "support/Paths.h"
#include "clang/Basic/FileManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace async_tidy {

Project::Project(const clang::SourceManager &sources, std::string root, LibraryTest isLibrary)
    : sources(sources), root(std::move(root)), hasRoot(!this->root.empty()),
      isLibrary(std::move(isLibrary)) {
  if (!hasRoot)
    this->root = llvm::sys::path::parent_path(absoluteName(sources.getMainFileID())).str();
}

std::string Project::absoluteName(clang::FileID file) const {
  auto entry = sources.getFileEntryRefForID(file);
  llvm::SmallString<256> path(entry ? entry->getName() : llvm::StringRef("<none>"));
  sources.getFileManager().makeAbsolutePath(path);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return path.str().str();
}

bool Project::owns(clang::SourceLocation location) {
  if (location.isInvalid())
    return false;
  location = sources.getExpansionLoc(location);
  clang::FileID file = sources.getFileID(location);
  auto [at, isNew] = owned.try_emplace(file, false);
  if (isNew)
    at->second = sources.getFileEntryForID(file) &&
                 (!hasRoot || isBelow(absoluteName(file), root)) &&
                 !(isLibrary && isLibrary(absoluteName(file)));
  // A pragma may make a system header of the rest of a file.
  return at->second && !sources.isInSystemHeader(location);
}

Place Project::place(clang::SourceLocation location) {
  if (location.isInvalid())
    location = sources.getLocForStartOfFile(sources.getMainFileID());
  auto [file, offset] = sources.getDecomposedLoc(sources.getFileLoc(location));
  auto [at, isNew] = indexOf.try_emplace(file, uint32_t(names.size()));
  if (isNew) {
    names.push_back(relativePath(absoluteName(file), root));
    ids.push_back(file);
  }
  return {at->second, sources.getLineNumber(file, offset), sources.getColumnNumber(file, offset)};
}

clang::SourceLocation Project::location(llvm::StringRef file, Place place) const {
  auto at = llvm::find(names, file);
  if (at == names.end())
    return {};
  return sources.translateLineCol(ids[size_t(at - names.begin())], place.line, place.column);
}

std::string Project::mainFile() {
  return relativePath(absoluteName(sources.getMainFileID()), root);
}

} // namespace async_tidy
