// Findings as text, in the form that compilers use: "file:line:column: warning: ...".
#ifndef ASYNC_TIDY_REPORT_TEXT_H
#define ASYNC_TIDY_REPORT_TEXT_H

#include "report/Words.h"

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// Prints `message` of `check`. `sourceLine` gives the text of a line, or an empty one.
void printMessage(const Message &message, llvm::StringRef check, const Program &program,
                  llvm::function_ref<std::string(Place)> sourceLine, llvm::raw_ostream &out);

} // namespace async_tidy

#endif
