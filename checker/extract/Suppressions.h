// NOLINT comments, read as clang-tidy reads them, so that the command silences what the plugin
// does.
#ifndef ASYNC_TIDY_EXTRACT_SUPPRESSIONS_H
#define ASYNC_TIDY_EXTRACT_SUPPRESSIONS_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace async_tidy {

/// The NOLINT comments of one file.
class NolintComments {
public:
  /// Scans `text` for NOLINT, NOLINTNEXTLINE, NOLINTBEGIN and NOLINTEND.
  explicit NolintComments(llvm::StringRef text);

  /// The checks (comma-separated globs) that are silenced on `line`; empty if none are.
  std::string checksAt(unsigned line) const;

private:
  struct Range {
    unsigned first, last;
    std::string checks;
  };

  std::vector<Range> ranges;
};

} // namespace async_tidy

#endif
