// A folder for the files of one run.
#ifndef ASYNC_TIDY_TOOLS_TEMPORARYFOLDER_H
#define ASYNC_TIDY_TOOLS_TEMPORARYFOLDER_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <string>

namespace async_tidy {

/// A folder that goes away with this object.
class TemporaryFolder {
public:
  TemporaryFolder() = default;
  TemporaryFolder(const TemporaryFolder &) = delete;

  ~TemporaryFolder() { remove(); }

  /// Makes it; the error names it.
  llvm::Error create();

  void remove();

  std::string file(const llvm::Twine &name) const { return (path + "/" + name).str(); }

private:
  std::string path;
};

} // namespace async_tidy

#endif
