// Users' words to options, the same for every front end.
#ifndef ASYNC_TIDY_CHECKS_OPTIONS_H
#define ASYNC_TIDY_CHECKS_OPTIONS_H

#include "checks/Catalogue.h"

namespace async_tidy {

/// Reads a list of tiers, separated by commas or semicolons: either names, which replace the
/// defaults, or names with + or -, which change them. Empty: the defaults. Returns what is wrong,
/// or nothing.
std::string parseTiers(llvm::StringRef text, TierSet &tiers);

/// Reads `presumed` or `proven`. Returns what is wrong, or nothing.
std::string parseConfidence(llvm::StringRef text, Confidence &confidence);

} // namespace async_tidy

#endif
