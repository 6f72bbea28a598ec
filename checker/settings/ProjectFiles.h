// `.async-tidy.yaml`: what a project says of itself. A file speaks for the code of its folder and
// of all below that have none of their own.
#ifndef ASYNC_TIDY_SETTINGS_PROJECTFILES_H
#define ASYNC_TIDY_SETTINGS_PROJECTFILES_H

#include "knowledge/Knowledge.h"
#include "settings/Settings.h"
#include "support/PathPatterns.h"
#include <map>

namespace async_tidy {

struct ProjectFile {
  std::string path;
  uint64_t hash = 0;     // of all that it says
  bool inherits = false; // what the next file above says holds too
  SettingWords words;
  PathPatterns libraryPaths; // code that is no part of the project
  PathPatterns silentPaths;  // files in which nothing is reported
  std::vector<std::string> modelFiles;
  RawFile models;
};

/// The files that speak for one folder, the weakest first.
class ProjectRules {
public:
  /// Adds their models to `knowledge`.
  llvm::Error addModels(Knowledge &knowledge) const;

  /// Lays what they say over `settings`.
  void applyTo(Settings &settings) const;

  /// Whether `path` is said to be a library's. Paths are absolute.
  bool isLibrary(llvm::StringRef path) const;

  bool isSilent(llvm::StringRef path) const;

  /// Calls `visit` for each of them, with the hash of what it says.
  void forEachSource(llvm::function_ref<void(llvm::StringRef, uint64_t)> visit) const;

  /// Calls `visit` for each file that was read for them.
  void forEachFile(llvm::function_ref<void(llvm::StringRef)> visit) const;

  friend auto operator<=>(const ProjectRules &, const ProjectRules &) = default;

private:
  friend class ProjectFiles;

  std::vector<const ProjectFile *> files;
};

/// All such files that were met, each read once.
class ProjectFiles {
public:
  /// What holds for `folder`, which is absolute. The error names the file and the line.
  llvm::Expected<ProjectRules> rulesOf(llvm::StringRef folder);

private:
  llvm::Expected<const ProjectFile *> fileIn(llvm::StringRef folder);

  std::map<std::string, std::unique_ptr<ProjectFile>, std::less<>> files; // by folder; null: none
};

/// Runs the checks that `isWanted`. What is reported at a place is for the folder of its file to
/// say, and then for `words`. `root`: the folder to which the program's paths are relative.
llvm::Expected<std::vector<Finding>> runChecks(
    const Inference &inference, llvm::StringRef root, ProjectFiles &files,
    const SettingWords &words,
    llvm::function_ref<bool(llvm::StringRef)> isWanted = [](llvm::StringRef) { return true; });

} // namespace async_tidy

#endif
