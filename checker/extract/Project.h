// Which code is the project's own, and where a location stands in it.
#ifndef ASYNC_TIDY_EXTRACT_PROJECT_H
#define ASYNC_TIDY_EXTRACT_PROJECT_H

#include "facts/Facts.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include <functional>

namespace async_tidy {

class Project {
public:
  /// Whether a file, by its absolute path, is a library's although it lies in the project.
  using LibraryTest = std::function<bool(llvm::StringRef)>;

  /// `root`: the project's folder, absolute; empty to take all that is not a system header,
  /// relative to the main file's folder.
  Project(const clang::SourceManager &sources, std::string root, LibraryTest isLibrary = {});

  /// The folder that paths are relative to.
  const std::string &folder() const { return root; }

  /// Whether the project owns the code at `location` (a macro's expansion counts where it stands).
  bool owns(clang::SourceLocation location);

  /// The place of `location`. Its file's index counts into files().
  Place place(clang::SourceLocation location);

  /// The location of line and column of `place` in `file`, one of files(). Normalizing facts
  /// renumbers files, so it is the name that counts.
  clang::SourceLocation location(llvm::StringRef file, Place place) const;

  const std::vector<std::string> &files() const { return names; }

  std::string mainFile();

  /// The absolute path of the file in which `location` stands (of a macro's expansion, that of the
  /// expansion).
  std::string path(clang::SourceLocation location) const {
    return absoluteName(sources.getFileID(sources.getExpansionLoc(location)));
  }

  /// The file's buffer whose index in files() is `file`.
  llvm::StringRef text(uint32_t file) const { return sources.getBufferData(ids[file]); }

private:
  std::string absoluteName(clang::FileID file) const;

  const clang::SourceManager &sources;
  std::string root;
  bool hasRoot;
  LibraryTest isLibrary;
  std::vector<std::string> names;
  std::vector<clang::FileID> ids;
  llvm::DenseMap<clang::FileID, uint32_t> indexOf;
  llvm::DenseMap<clang::FileID, bool> owned;
};

} // namespace async_tidy

#endif
