#include "tools/TemporaryFolder.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace async_tidy {

llvm::Error TemporaryFolder::create() {
  llvm::SmallString<256> pattern;
  llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, pattern);
  llvm::sys::path::append(pattern, "async-tidy-XXXXXX");
  std::string made = pattern.str().str();
  // It is for this user only: what is read back must be what we wrote.
  if (!mkdtemp(made.data()))
    return llvm::createFileError(pattern, llvm::errnoAsErrorCode());
  path = made;
  return llvm::Error::success();
}

void TemporaryFolder::remove() {
  std::string made = std::exchange(path, "");
  if (made.empty())
    return;
  if (std::error_code error = llvm::sys::fs::remove_directories(made, /*IgnoreErrors=*/false))
    llvm::errs() << "async-tidy: " << made << ": " << error.message() << '\n';
}

} // namespace async_tidy
