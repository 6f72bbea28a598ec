// What users say of what is to be reported, in the same words wherever they say it: in a project's
// file, in .clang-tidy, on the command line.
#ifndef ASYNC_TIDY_SETTINGS_SETTINGS_H
#define ASYNC_TIDY_SETTINGS_SETTINGS_H

#include "checks/Catalogue.h"
#include <set>

namespace async_tidy {

/// What is reported.
struct Settings {
  std::set<llvm::StringRef> checks = allChecks(); // names as in the catalogue
  CheckOptions check;

  static std::set<llvm::StringRef> allChecks();
};

/// What a user says at one of these places; what is not said stays as it was.
struct SettingWords {
  std::optional<std::string> checks;     // globs, separated by commas; '-' takes away
  std::optional<std::string> tiers;      // names, or +name and -name to change those that are on
  std::optional<std::string> confidence; // 'presumed' or 'proven'
  std::optional<bool> uncertain;
  std::optional<bool> severalThreads;
};

/// Lays `words` over `settings`. Returns what is wrong with them, or nothing.
std::string apply(const SettingWords &words, Settings &settings);

} // namespace async_tidy

#endif
