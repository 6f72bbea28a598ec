// Files and folders as users name them: relative to a folder, with or without wildcards.
#ifndef ASYNC_TIDY_SUPPORT_PATHPATTERNS_H
#define ASYNC_TIDY_SUPPORT_PATHPATTERNS_H

#include "llvm/Support/Error.h"
#include "llvm/Support/GlobPattern.h"
#include <deque>
#include <string>
#include <vector>

namespace async_tidy {

class PathPatterns {
public:
  PathPatterns() = default;
  PathPatterns(const PathPatterns &) = delete;
  PathPatterns &operator=(const PathPatterns &) = delete;

  /// `pattern` names a file, or a folder with all that is below it; '*' and '?' stand for any
  /// characters, '/' too. What is not absolute is relative to `folder`, which is absolute.
  llvm::Error add(llvm::StringRef pattern, llvm::StringRef folder);

  /// Whether one of the patterns names `path`, which is absolute and without `..`.
  bool contain(llvm::StringRef path) const;

private:
  std::vector<std::string> plain;
  std::vector<llvm::GlobPattern> globs;
  std::deque<std::string> texts; // of the globs, which only refer to them
};

} // namespace async_tidy

#endif
