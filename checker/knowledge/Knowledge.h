// Answers "what is known of this declaration?" from all models together.
#ifndef ASYNC_TIDY_KNOWLEDGE_KNOWLEDGE_H
#define ASYNC_TIDY_KNOWLEDGE_KNOWLEDGE_H

#include "knowledge/ModelReader.h"
#include "llvm/ADT/StringMap.h"
#include <memory>
#include <set>

namespace async_tidy {

class Knowledge {
public:
  /// The models that are part of the binary. They are tested, so this cannot fail; with
  /// `builtin == false`, nothing is known.
  static llvm::Expected<Knowledge> create(bool builtin = true);

  /// Adds one model file. What it says of a name replaces what earlier files say of it. Two entries
  /// of this one file that contradict each other are an error that names both places.
  llvm::Error add(llvm::StringRef fileName, llvm::StringRef text);

  /// Reads and adds the model file at `path`.
  llvm::Error addFile(llvm::StringRef path);

  /// The entries about a function, in the order in which they are to be tried. `name` is absolute;
  /// `isC`: it has C linkage.
  llvm::ArrayRef<const FunctionModel *> functions(llvm::StringRef name, bool isC) const;

  /// The entry about a type; null if there is none.
  const TypeModel *type(llvm::StringRef name) const;

  /// The library whose own code this absolute name belongs to; empty if it is of none.
  llvm::StringRef owner(llvm::StringRef name) const;

  bool owns(llvm::StringRef name) const { return !owner(name).empty(); }

  /// What to write instead of a call of `tier` in a coroutine of `framework` (empty: an unknown
  /// one). Empty if no pack says.
  llvm::StringRef replacement(llvm::StringRef framework, Tier tier) const;

private:
  struct FunctionEntry {
    std::vector<const FunctionModel *> models;
    unsigned file = 0;
    bool linkageC = false;
  };

  llvm::Error addFunction(llvm::StringRef name, const FunctionModel &model, bool linkageC);
  llvm::Error addType(llvm::StringRef name, const TypeModel &model);

  unsigned fileCount = 0;
  std::vector<std::shared_ptr<FunctionModel>> functionModels;
  std::vector<std::shared_ptr<TypeModel>> typeModels;
  llvm::StringMap<FunctionEntry> byFunction;
  llvm::StringMap<std::pair<const TypeModel *, unsigned>> byType;
  llvm::StringMap<std::string> owned;        // namespaces, and whose they are
  llvm::StringMap<std::string> replacements; // "framework/tier"
};

} // namespace async_tidy

#endif
