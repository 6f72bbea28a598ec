// Findings as text, in the form that compilers use: "file:line:column: warning: ...".
#ifndef ASYNC_TIDY_REPORT_TEXT_H
#define ASYNC_TIDY_REPORT_TEXT_H

#include "report/Words.h"

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// `text` without control characters: source, file names and Clang's words are data, which must not
/// steer the terminal.
std::string printable(llvm::StringRef text);

/// Prints `message` of `check`; its places are in `files`. `sourceLine` gives the text of a line,
/// or an empty one.
void printMessage(const Message &message, llvm::StringRef check, llvm::ArrayRef<std::string> files,
                  llvm::function_ref<std::string(Place)> sourceLine, llvm::raw_ostream &out);

/// Prints `message`, which is no finding but an answer.
void printAnswer(const Message &message, llvm::ArrayRef<std::string> files,
                 llvm::function_ref<std::string(Place)> sourceLine, llvm::raw_ostream &out);

} // namespace async_tidy

#endif
