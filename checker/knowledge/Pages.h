// Where the documentation describes what the packs say.
#ifndef ASYNC_TIDY_KNOWLEDGE_PAGES_H
#define ASYNC_TIDY_KNOWLEDGE_PAGES_H

#include "knowledge/Model.h"

namespace async_tidy {

/// The anchor of the entry about `name` on its library's page: "std-this_thread-sleep_for".
std::string anchorOf(llvm::StringRef name);

/// The page and anchor of the entry about `name`: "std.md#std-this_thread-sleep_for". Empty for an
/// entry of which there is no page: only the packs of the binary have some.
std::string pageOf(const Source &source, llvm::StringRef name);

} // namespace async_tidy

#endif
