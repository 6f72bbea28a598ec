// --verify-models: whether what models name exists, in the headers that are installed.
#ifndef ASYNC_TIDY_TOOLS_VERIFYMODELS_H
#define ASYNC_TIDY_TOOLS_VERIFYMODELS_H

#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

struct VerifyResult {
  unsigned checked = 0;    // libraries
  unsigned notChecked = 0; // libraries, or parts of them
  unsigned wrong = 0;      // names
};

/// Looks up each name of `files`, or of all packs if there are none, in what the packs' headers
/// declare, compiled with `flags` and those that pkg-config tells. Writes what is wrong, with its
/// place, and which libraries are not installed. The error is about a file that is no model.
llvm::Expected<VerifyResult> verifyModels(const std::vector<std::string> &files,
                                          const std::vector<std::string> &flags,
                                          llvm::raw_ostream &out);

} // namespace async_tidy

#endif
