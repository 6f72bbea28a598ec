// YAML to model entries, strictly: an unknown key or a wrong value is an error with file and line.
#ifndef ASYNC_TIDY_KNOWLEDGE_MODELREADER_H
#define ASYNC_TIDY_KNOWLEDGE_MODELREADER_H

#include "knowledge/Model.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace async_tidy {

template <class T> struct NamedEntry {
  std::vector<std::string> names; // absolute
  std::shared_ptr<T> model;
};

struct ModelFile {
  std::string library;
  bool linkageC = false;
  std::vector<std::string> owns;
  std::vector<std::pair<Tier, std::string>> replacements;
  std::vector<NamedEntry<TypeModel>> types;
  std::vector<NamedEntry<FunctionModel>> functions;
};

/// Reads one model file. `fileName` is what errors call it.
llvm::Expected<ModelFile> readModel(llvm::StringRef fileName, llvm::StringRef text);

} // namespace async_tidy

#endif
