// The hashes of files' contents, remembered from run to run: a file of the same size, time and
// inode is not read again. A file that was written to less than a moment before it was read is: it
// may change once more without its time telling.
#ifndef ASYNC_TIDY_CACHE_FILEHASHES_H
#define ASYNC_TIDY_CACHE_FILEHASHES_H

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>

namespace async_tidy {

/// The hash (xxh3) of what is in the file `path` now, or of the names in that folder; 0 if there is
/// neither, or it cannot be read.
uint64_t hashOfPlace(llvm::StringRef path);

class FileHashes {
public:
  /// Takes what an earlier run left in the file `store`; anything else is as if it were not there.
  explicit FileHashes(llvm::StringRef store);

  /// What hashOfPlace says of `path`.
  uint64_t of(llvm::StringRef path);

  /// Leaves what is known in `store`, which is whole at any time.
  llvm::Error save() const;

private:
  /// What tells that a file is as it was.
  struct Stamp {
    uint64_t size = 0;
    uint64_t changed = 0; // nanoseconds
    uint64_t inode = 0;
    friend bool operator==(const Stamp &, const Stamp &) = default;
  };

  struct Known {
    Stamp stamp;
    uint64_t hash = 0;
    bool isSettled = false; // the stamp tells all
    bool isSeen = false;    // in this run
  };

  static std::optional<Stamp> stampOf(const std::string &path);
  void load();
  static void look(const std::string &path, Known &known);

  std::string store;
  llvm::StringMap<Known> files;
  bool isNew = false; // something is known that `store` does not say
};

} // namespace async_tidy

#endif
