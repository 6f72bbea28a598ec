// The folder in which a project's facts and its linked program are kept from run to run. Every file
// in it is whole at any time, whoever else is at work there, and may go at any time.
#ifndef ASYNC_TIDY_TOOLS_CACHE_H
#define ASYNC_TIDY_TOOLS_CACHE_H

#include "cache/FileHashes.h"
#include "cache/LinkedProgram.h"
#include "tools/UnitAnalysis.h"
#include <unordered_map>

namespace async_tidy {

/// What facts depend on, but for the contents of the files that the unit reads: its command, the
/// models, the options, and the tool. `models` stands for the first of these, see modelsHash.
/// The project's folder `root` may be anywhere.
uint64_t unitKey(const UnitCommand &unit, llvm::StringRef root, uint64_t models,
                 const ExtractOptions &options, bool parsesLibraries);

class Cache {
public:
  /// Makes the folder, if need be. The error names it, also if nothing can be written there.
  static llvm::Expected<Cache> open(llvm::StringRef folder);

  /// Where the facts are kept of the unit that is called `name`.
  std::string factsPath(llvm::StringRef name, uint64_t key) const;

  std::string programPath() const;

  const std::string &path() const { return folder; }

  /// Lets isCurrent use what a program knows of its units, so that what many of them read is looked
  /// at once.
  void learn(ProgramSources program);

  /// Whether the facts at `path` are there and say what the unit says now: all files that it reads
  /// are as they were. Facts that were cut off or altered are said to `complain`, and are not.
  bool isCurrent(llvm::StringRef path, llvm::StringRef root,
                 llvm::function_ref<void(llvm::Error)> complain);

  /// Drops facts until all of them together have at most `most` bytes, those first that were not
  /// needed for the longest time, and none of `needed`; and what killed runs have left.
  void trim(uint64_t most, llvm::ArrayRef<std::string> needed) const;

  FileHashes &hashes() { return *fileHashes; }

private:
  explicit Cache(llvm::StringRef folder);

  bool isAsRead(const FileRead &read, llvm::StringRef root);
  bool areAsRead(const LinkedUnit &unit, llvm::StringRef root);

  std::string folder;
  std::unique_ptr<FileHashes> fileHashes;
  ProgramSources known;
  std::unordered_map<uint64_t, size_t> knownUnits; // their numbers, by the sums of their facts
  std::vector<std::optional<bool>> knownReads;     // whether each is as it was
};

} // namespace async_tidy

#endif
