// What is inferred of the overloads of one function, as entries of a model file.
#ifndef ASYNC_TIDY_REPORT_INFERREDENTRIES_H
#define ASYNC_TIDY_REPORT_INFERREDENTRIES_H

#include "infer/Effects.h"

namespace async_tidy {

/// An entry, but for its name: lines of YAML ("blocks: disk"), and the reasons for them.
struct InferredEntry {
  std::vector<std::string> reasons;
  std::vector<std::string> keys;
};

/// `text` as a scalar of YAML that may stand anywhere.
std::string yamlScalar(llvm::StringRef text);

/// The entry about the type whose await_suspend `overloads` are; without keys if there is nothing
/// to say.
InferredEntry inferredType(llvm::ArrayRef<const Effects *> overloads);

/// The entries about a function. `overloads`, of which there is at least one, all have its name;
/// `own` makes a name relative to the namespaces of the file.
std::vector<InferredEntry> inferredEntries(llvm::ArrayRef<const Effects *> overloads,
                                           const Program &program,
                                           llvm::function_ref<std::string(llvm::StringRef)> own);

} // namespace async_tidy

#endif
