#include "support/WholeFile.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

llvm::Error writeWholeFile(llvm::StringRef path,
                           llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write) {
  // LLVM does not say which file it is that cannot be replaced.
  return llvm::handleErrors(llvm::writeToOutput(path, write),
                            [&](std::unique_ptr<llvm::ECError> error) -> llvm::Error {
                              return llvm::createFileError(path, error->convertToErrorCode());
                            });
}

} // namespace async_tidy
