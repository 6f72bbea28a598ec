// YAML to model entries, strictly: an unknown key or a wrong value is an error with file and line.
#ifndef ASYNC_TIDY_KNOWLEDGE_MODELREADER_H
#define ASYNC_TIDY_KNOWLEDGE_MODELREADER_H

#include "knowledge/ModelYaml.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/StringSaver.h"
#include <vector>

namespace async_tidy {

/// Owns what models refer to.
class ModelStore {
public:
  llvm::StringRef save(llvm::StringRef text) { return strings.save(text); }

  template <class T> llvm::ArrayRef<T> save(llvm::ArrayRef<T> list) { return list.copy(memory); }

  llvm::ArrayRef<llvm::StringRef> save(const std::vector<std::string> &texts);

  /// The same, sorted.
  NameSet saveSet(const std::vector<std::string> &names);

  template <class T> const T *make(const T &model) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (memory.Allocate<T>()) T(model);
  }

private:
  llvm::BumpPtrAllocator memory;
  llvm::UniqueStringSaver strings{memory};
};

template <class T> struct NamedEntry {
  std::vector<std::string> names; // absolute
  const T *model = nullptr;
};

/// What to write instead of a call of `tier`; empty where the file does not say.
struct Replacement {
  Tier tier = Tier::Wait;
  std::string text;    // in a coroutine
  std::string handler; // in a function that the loop calls
};

struct ModelFile {
  std::string library;
  bool linkageC = false;
  std::vector<std::string> namespaces;
  std::vector<std::string> owns;
  bool selfContained = false;        // nothing in it is shared but what is passed
  std::string together;              // how independent tasks run at the same time
  std::vector<std::string> headers;  // that declare what the file names
  std::vector<std::string> packages; // of pkg-config, for the flags these headers need
  std::vector<Replacement> replacements;
  std::vector<NamedEntry<TypeModel>> types;
  std::vector<NamedEntry<FunctionModel>> functions;
};

/// "asio/sleep", "asio/sleep/handler".
std::string replacementKey(llvm::StringRef framework, Tier tier, bool inHandler);

/// "asio/together".
std::string togetherKey(llvm::StringRef framework);

/// Calls `visit` with the key and the text of each text in `replacement` of `framework`.
void forEachText(const Replacement &replacement, llvm::StringRef framework,
                 llvm::function_ref<void(const std::string &, const std::string &)> visit);

/// Makes entries of what was read from `fileName`; what they refer to is put into `store`.
llvm::Expected<ModelFile> toModelFile(RawFile &raw, llvm::StringRef fileName, Origin origin,
                                      ModelStore &store);

/// Reads one model file. `fileName` is what errors call it. What the models refer to is put into
/// `store`.
llvm::Expected<ModelFile> readModel(llvm::StringRef fileName, llvm::StringRef text, Origin origin,
                                    ModelStore &store);

} // namespace async_tidy

#endif
