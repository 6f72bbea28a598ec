#include "settings/Settings.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

namespace async_tidy {

std::set<llvm::StringRef> Settings::allChecks() {
  std::set<llvm::StringRef> all;
  for (const Check &check : catalogue())
    all.insert(check.name);
  return all;
}

namespace {

/// Reads globs as clang-tidy does: of those that fit a check's name, the last decides. A list that
/// begins with a negative one takes away from those that are on.
std::string readChecks(llvm::StringRef text, std::set<llvm::StringRef> &on) {
  if (!text.ltrim().starts_with("-"))
    on.clear();
  llvm::SmallVector<llvm::StringRef> globs;
  text.split(globs, ',');
  for (llvm::StringRef glob : globs) {
    glob = glob.trim();
    bool removes = glob.consume_front("-");
    auto pattern = llvm::GlobPattern::create(glob);
    if (!pattern)
      return "'" + glob.str() + "': " + llvm::toString(pattern.takeError());
    bool fits = false;
    for (const Check &check : catalogue()) {
      if (!pattern->match(check.name))
        continue;
      fits = true;
      if (removes)
        on.erase(check.name);
      else
        on.insert(check.name);
    }
    if (!fits)
      return "no check is called '" + glob.str() + "'; --list-checks lists them";
  }
  return "";
}

/// Names, separated by commas, semicolons or spaces: the first one that is neither added nor taken
/// away replaces what was on.
std::string readTiers(llvm::StringRef text, TierSet &tiers) {
  llvm::SmallVector<llvm::StringRef> words;
  llvm::SplitString(text, words, ",; ");
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

std::string readConfidence(llvm::StringRef text, Confidence &confidence) {
  if (text != "presumed" && text != "proven")
    return ("there is no confidence '" + text + "'; it is presumed or proven").str();
  confidence = text == "proven" ? Confidence::Proven : Confidence::Presumed;
  return "";
}

} // namespace

std::string apply(const SettingWords &words, Settings &settings) {
  std::string wrong;
  if (words.checks)
    wrong = readChecks(*words.checks, settings.checks);
  if (words.tiers && wrong.empty())
    wrong = readTiers(*words.tiers, settings.check.tiers);
  if (words.confidence && wrong.empty())
    wrong = readConfidence(*words.confidence, settings.check.confidence);
  if (words.uncertain)
    settings.check.uncertain = *words.uncertain;
  if (words.severalThreads)
    settings.check.severalThreads = *words.severalThreads;
  return wrong;
}

} // namespace async_tidy
