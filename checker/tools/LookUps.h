// The file system, which remembers what a unit looked for, whether it was there or not. That
// decides about a unit as much as what it read: a header that appears in an earlier folder, or that
// the source only asks for, changes what is compiled.
#ifndef ASYNC_TIDY_TOOLS_LOOKUPS_H
#define ASYNC_TIDY_TOOLS_LOOKUPS_H

#include "llvm/Support/VirtualFileSystem.h"
#include <set>

namespace async_tidy {

class LookUps : public llvm::vfs::ProxyFileSystem {
public:
  /// Looks into the file system of the machine.
  LookUps();

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &path) override;
  bool exists(const llvm::Twine &path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine &path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine &folder,
                                          std::error_code &error) override;

  /// The files that were found and the folders that were listed, and what was not there: of the
  /// folders that are missing on the way to something, the outermost. All absolute.
  std::set<std::string> places() const;

private:
  void note(const llvm::Twine &path, std::error_code error);

  std::set<std::string> found; // as they were asked for
  std::set<std::string> missed;
};

} // namespace async_tidy

#endif
