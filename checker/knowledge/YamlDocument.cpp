#include "knowledge/YamlDocument.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SourceMgr.h"

namespace async_tidy {

/// "; is 'tiers' meant?", if `message` is about an unknown key that is nearly one of `keys`.
static std::string suggestion(llvm::StringRef message, llvm::ArrayRef<llvm::StringLiteral> keys) {
  if (!message.consume_front("unknown key '"))
    return "";
  llvm::StringRef word = message.take_until([](char c) { return c == '\''; });
  const auto *nearest = llvm::min_element(keys, [&](llvm::StringRef a, llvm::StringRef b) {
    return a.edit_distance(word) < b.edit_distance(word);
  });
  bool isNear = nearest->edit_distance(word) <= std::max<size_t>(2, word.size() / 3);
  return isNear ? ("; is '" + *nearest + "' meant?").str() : "";
}

void FirstComplaint::handle(const llvm::SMDiagnostic &diagnostic, void *self) {
  auto &first = *static_cast<FirstComplaint *>(self);
  if (first.text.empty())
    first.text = (first.fileName + ":" + llvm::Twine(diagnostic.getLineNo()) + ":" +
                  llvm::Twine(diagnostic.getColumnNo() + 1) + ": " + diagnostic.getMessage() +
                  suggestion(diagnostic.getMessage(), first.keys))
                     .str();
}

unsigned tooDeepAt(llvm::StringRef text) {
  constexpr int MostBrackets = 500;
  constexpr size_t MostIndentation = 1000;
  int brackets = 0;
  unsigned number = 0;
  for (llvm::StringRef line : llvm::split(text, '\n')) {
    ++number;
    for (char c : line)
      brackets += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    brackets = std::max(brackets, 0);
    size_t indentation = std::min(line.find_first_not_of(" \t-?:"), line.size());
    if (brackets > MostBrackets || indentation > MostIndentation)
      return number;
  }
  return 0;
}

} // namespace async_tidy
