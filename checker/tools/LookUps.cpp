#include "tools/LookUps.h"
#include "support/Paths.h"
#include "tools/Database.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace path = llvm::sys::path;

namespace async_tidy {

namespace {

bool isMissing(std::error_code error) {
  return error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
}

/// `missing`, or the outermost folder around it that is not there either. All units miss much the
/// same folders, so these stand for all that was sought in them.
llvm::StringRef outermost(llvm::StringRef missing) {
  for (;;) {
    llvm::StringRef folder = path::parent_path(missing);
    if (folder.empty() || llvm::sys::fs::is_directory(folder))
      return missing;
    missing = folder;
  }
}

} // namespace

LookUps::LookUps() : ProxyFileSystem(llvm::vfs::getRealFileSystem()) {}

void LookUps::note(const llvm::Twine &path, std::error_code error) {
  if (!error)
    found.insert(path.str());
  else if (isMissing(error))
    missed.insert(path.str());
}

llvm::ErrorOr<llvm::vfs::Status> LookUps::status(const llvm::Twine &path) {
  auto status = ProxyFileSystem::status(path);
  if (!status || !status->isDirectory())
    note(path, status.getError());
  return status;
}

bool LookUps::exists(const llvm::Twine &path) {
  return bool(status(path));
}

llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> LookUps::openFileForRead(const llvm::Twine &path) {
  auto file = ProxyFileSystem::openFileForRead(path);
  note(path, file.getError());
  return file;
}

llvm::vfs::directory_iterator LookUps::dir_begin(const llvm::Twine &folder,
                                                 std::error_code &error) {
  auto begin = ProxyFileSystem::dir_begin(folder, error);
  note(folder, error);
  return begin;
}

std::set<std::string> LookUps::places() const {
  std::set<std::string> result;
  const std::string current = currentFolder();
  for (const std::string &path : found)
    result.insert(absolutePath(path, current));
  // What lies in one missing folder follows in order, so most of it needs no look of its own.
  std::string last;
  std::set<std::string> sought;
  for (const std::string &path : missed)
    sought.insert(absolutePath(path, current));
  for (const std::string &path : sought)
    if (last.empty() || !isBelow(path, last)) {
      last = outermost(path).str();
      result.insert(last);
    }
  return result;
}

} // namespace async_tidy
