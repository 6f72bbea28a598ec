// Joins the facts of units into one program file, record by record, as bytes.
#ifndef ASYNC_TIDY_FACTS_LINK_H
#define ASYNC_TIDY_FACTS_LINK_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace async_tidy {

/// A facts file.
struct FactsInput {
  std::string name;      // for errors
  llvm::StringRef bytes; // see FactsFile.h
};

/// That an input cannot be read.
class LinkError : public llvm::ErrorInfo<LinkError> {
public:
  static char ID;

  LinkError(size_t input, std::string text) : input(input), text(std::move(text)) {}

  /// Its index.
  size_t index() const { return input; }

  void log(llvm::raw_ostream &out) const override;

  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

private:
  size_t input;
  std::string text;
};

/// What tells that `inputs` are the same that a program file was made from, see ProgramHead.
uint64_t inputsHash(llvm::ArrayRef<FactsInput> inputs);

/// Writes the program file of `inputs`. A body that several units have (an inline function of a
/// header) becomes the union of what they say. One name that two units define in different places
/// stays two bodies, each for its own unit. The result does not depend on the order of `inputs`.
/// Errors are LinkErrors, which name the file.
llvm::Error linkFacts(std::vector<FactsInput> inputs, llvm::raw_ostream &out);

} // namespace async_tidy

#endif
