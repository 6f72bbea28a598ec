// Reads a YAML document into a structure that has traits for it, and complains about the first
// thing that is wrong with it.
#ifndef ASYNC_TIDY_KNOWLEDGE_YAMLDOCUMENT_H
#define ASYNC_TIDY_KNOWLEDGE_YAMLDOCUMENT_H

#include "llvm/Support/Error.h"
#include "llvm/Support/YAMLTraits.h"

namespace async_tidy {

/// Keeps the first complaint of the YAML reader as "file:line:column: message".
struct FirstComplaint {
  llvm::StringRef fileName;
  llvm::ArrayRef<llvm::StringLiteral> keys; // so that a misspelt one can be told the right one
  std::string text;

  static void handle(const llvm::SMDiagnostic &diagnostic, void *self);
};

/// The line at which `text` is nested deeper than anybody writes; 0 if it is not. LLVM's parser
/// recurses for each bracket, and for each step of indentation.
unsigned tooDeepAt(llvm::StringRef text);

/// Reads the one document of `text` into `raw`; an empty one leaves it as it is. `keys`: all that
/// may stand in it. The context of the reader is `text`.
template <class Raw>
llvm::Error readDocument(llvm::StringRef fileName, llvm::StringRef text,
                         llvm::ArrayRef<llvm::StringLiteral> keys, Raw &raw) {
  if (unsigned line = tooDeepAt(text))
    return llvm::createStringError(fileName + ":" + llvm::Twine(line) + ": nested too deeply");
  FirstComplaint error{fileName, keys, ""};
  llvm::StringRef context = text;
  llvm::yaml::Input input(text, &context, FirstComplaint::handle, &error);
  // Not `input >> raw`, which goes on where there is no document.
  llvm::yaml::EmptyContext none;
  if (input.setCurrentDocument())
    llvm::yaml::yamlize(input, raw, true, none);
  if (!input.error())
    return llvm::Error::success();
  return llvm::createStringError(error.text.empty() ? (fileName + ": not YAML").str() : error.text);
}

} // namespace async_tidy

#endif
