#include "support/PathPatterns.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

llvm::Error PathPatterns::add(llvm::StringRef pattern, llvm::StringRef folder) {
  std::string path = absolutePath(pattern.rtrim('/'), folder);
  if (pattern.find_first_of("*?[") == llvm::StringRef::npos) {
    plain.push_back(std::move(path));
    return llvm::Error::success();
  }
  for (const std::string &text : {path, path + "/*"}) {
    auto glob = llvm::GlobPattern::create(texts.emplace_back(text));
    if (!glob)
      return glob.takeError();
    globs.push_back(std::move(*glob));
  }
  return llvm::Error::success();
}

bool PathPatterns::contain(llvm::StringRef path) const {
  return llvm::any_of(plain, [&](const std::string &at) { return isBelow(path, at); }) ||
         llvm::any_of(globs, [&](const llvm::GlobPattern &glob) { return glob.match(path); });
}

} // namespace async_tidy
