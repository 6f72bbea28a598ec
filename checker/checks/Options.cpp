#include "checks/Options.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

std::string parseTiers(llvm::StringRef text, TierSet &tiers) {
  llvm::SmallVector<llvm::StringRef> words;
  llvm::SplitString(text, words, ",; ");
  tiers = TierSet::defaults();
  for (size_t i = 0; i != words.size(); ++i) {
    llvm::StringRef word = words[i];
    bool removes = word.consume_front("-");
    bool changes = removes || word.consume_front("+");
    auto tier = tierFromName(word);
    if (!tier)
      return ("there is no tier '" + word + "'; the tiers are: " + llvm::join(tierNames(), " "))
          .str();
    if (i == 0 && !changes)
      tiers = TierSet::none();
    removes ? tiers.erase(*tier) : tiers.insert(*tier);
  }
  return "";
}

std::string parseConfidence(llvm::StringRef text, Confidence &confidence) {
  if (text != "presumed" && text != "proven")
    return ("there is no confidence '" + text + "'; it is presumed or proven").str();
  confidence = text == "proven" ? Confidence::Proven : Confidence::Presumed;
  return "";
}

} // namespace async_tidy
