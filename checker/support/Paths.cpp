#include "support/Paths.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace path = llvm::sys::path;

namespace async_tidy {

std::string findProjectRoot(llvm::StringRef folder) {
  for (llvm::StringRef at = folder; !at.empty(); at = path::parent_path(at)) {
    for (llvm::StringRef mark : {llvm::StringRef(ProjectFileName), llvm::StringRef(".git")}) {
      llvm::SmallString<256> candidate(at);
      path::append(candidate, mark);
      if (llvm::sys::fs::exists(candidate))
        return at.str();
    }
  }
  return "";
}

std::string absolutePath(llvm::StringRef file, llvm::StringRef folder) {
  llvm::SmallString<256> result;
  if (!path::is_absolute(file))
    result = folder;
  path::append(result, file);
  path::remove_dots(result, /*remove_dot_dot=*/true);
  return result.str().str();
}

bool isBelow(llvm::StringRef file, llvm::StringRef folder) {
  if (folder == "/")
    return true;
  return file.consume_front(folder) && (file.empty() || file.front() == '/');
}

std::string relativePath(llvm::StringRef file, llvm::StringRef root) {
  if (isBelow(file, root))
    return file.drop_front(root.size()).ltrim('/').str();
  llvm::SmallString<256> result;
  llvm::StringRef above = root;
  while (!above.empty() && !isBelow(file, above)) {
    path::append(result, "..");
    above = path::parent_path(above);
  }
  path::append(result, file.drop_front(above.size()).ltrim('/'));
  return result.str().str();
}

std::string storedPath(llvm::StringRef path, llvm::StringRef root) {
  return isBelow(path, root) ? relativePath(path, root) : path.str();
}

} // namespace async_tidy
