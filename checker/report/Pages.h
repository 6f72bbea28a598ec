// The pages of docs/models: what a pack says, for people.
#ifndef ASYNC_TIDY_REPORT_PAGES_H
#define ASYNC_TIDY_REPORT_PAGES_H

#include "knowledge/ModelReader.h"

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// Writes the page of the pack in `fileName` ("asio.yaml") as Markdown. Each name has an anchor,
/// see knowledge/Pages.h.
void writePage(llvm::StringRef fileName, const ModelFile &pack, llvm::raw_ostream &out);

} // namespace async_tidy

#endif
