#include "knowledge/Pages.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace async_tidy {

std::string anchorOf(llvm::StringRef name) {
  std::string anchor;
  while (!name.empty()) {
    if (name.consume_front("::")) {
      anchor += '-';
      continue;
    }
    unsigned char at = name.front();
    // Operators, destructors and '*' keep apart from all other names.
    anchor += llvm::isAlnum(name.front()) || at == '_' ? std::string(1, name.front())
                                                       : "." + llvm::utohexstr(at, true);
    name = name.drop_front();
  }
  return anchor;
}

std::string pageOf(const Source &source, llvm::StringRef name) {
  if (source.origin != Origin::Builtin || source.file.empty())
    return "";
  return (llvm::sys::path::stem(source.file) + ".md#").str() + anchorOf(name);
}

} // namespace async_tidy
