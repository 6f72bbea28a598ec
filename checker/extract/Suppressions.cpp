#include "extract/Suppressions.h"
#include "llvm/ADT/STLExtras.h"
#include <climits>

namespace async_tidy {

NolintComments::NolintComments(llvm::StringRef text) {
  constexpr llvm::StringLiteral Word = "NOLINT";
  unsigned line = 1;
  size_t counted = 0;
  std::vector<Range> open;
  for (size_t at = text.find(Word); at != llvm::StringRef::npos; at = text.find(Word, at + 1)) {
    line += unsigned(text.slice(counted, at).count('\n'));
    counted = at;
    llvm::StringRef rest = text.drop_front(at + Word.size());
    bool next = rest.consume_front("NEXTLINE");
    bool begin = !next && rest.consume_front("BEGIN");
    bool end = !next && !begin && rest.consume_front("END");
    std::string checks = "*";
    if (rest.consume_front("("))
      checks = rest.take_until([](char c) { return c == ')' || c == '\n'; }).str();
    if (begin) {
      open.push_back({line, UINT_MAX, checks});
    } else if (end) {
      auto match = llvm::find_if(llvm::reverse(open),
                                 [&](const Range &range) { return range.checks == checks; });
      if (match == open.rend())
        continue;
      match->last = line;
      ranges.push_back(std::move(*match));
      open.erase(std::next(match).base());
    } else {
      unsigned target = line + unsigned(next);
      ranges.push_back({target, target, checks});
    }
  }
  // clang-tidy takes a NOLINTBEGIN without its end for an error, and silences nothing.
}

std::string NolintComments::checksAt(unsigned line) const {
  std::string result;
  for (const Range &range : ranges)
    if (range.first <= line && line <= range.last)
      result += (result.empty() ? "" : ",") + range.checks;
  return result;
}

} // namespace async_tidy
