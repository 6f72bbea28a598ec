// Answers "what is known of this declaration?" from all models together.
#ifndef ASYNC_TIDY_KNOWLEDGE_KNOWLEDGE_H
#define ASYNC_TIDY_KNOWLEDGE_KNOWLEDGE_H

#include "knowledge/BuiltinModels.h"
#include "knowledge/ModelReader.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <memory>

namespace async_tidy {

/// What models say of a function, and the name under which they say it.
struct KnownFunction {
  llvm::ArrayRef<const FunctionModel *> models;
  std::string entry; // "sw::redis::Redis::*"
  std::string name;  // "sw::redis::Redis::get"

  explicit operator bool() const { return !models.empty(); }
};

class Knowledge {
public:
  /// Knows the models that are part of the binary; with `isEmpty`, nothing.
  explicit Knowledge(bool isEmpty = false) : builtin(isEmpty ? nullptr : &builtinTables()) {}

  /// Adds one model file. What it says of a name replaces what earlier files of the same or a
  /// weaker origin say of it. Two entries of this one file that contradict each other are an error
  /// that names both places.
  llvm::Error add(llvm::StringRef fileName, llvm::StringRef text, Origin origin = Origin::Project);

  /// Reads and adds the model file at `path`.
  llvm::Error addFile(llvm::StringRef path, Origin origin = Origin::Project);

  /// Adds what stands in a project's file `fileName`.
  llvm::Error addProject(llvm::StringRef fileName, RawFile models);

  /// Forgets what the pack of `library` says, but for what to write instead.
  void leaveOut(llvm::StringRef library) { leftOut.insert(library); }

  /// The entries about a function, in the order in which they are to be tried. `name` is absolute;
  /// `isC`: it has C linkage.
  llvm::ArrayRef<const FunctionModel *> functions(llvm::StringRef name, bool isC) const;

  /// What is known of member function `name` of a class; if `isPlain`, it may be what is said of
  /// all its members.
  KnownFunction members(llvm::StringRef record, llvm::StringRef name, bool isPlain) const;

  /// The entry about a type; null if there is none.
  const TypeModel *type(llvm::StringRef name) const;

  /// The library whose own code this absolute name belongs to; empty if it is of none.
  llvm::StringRef owner(llvm::StringRef name) const;

  bool owns(llvm::StringRef name) const { return !owner(name).empty(); }

  /// What to write instead of a call of `tier` in a coroutine of `framework` (empty: an unknown
  /// one), or in a function that its loop calls. Empty if no pack says.
  llvm::StringRef replacement(llvm::StringRef framework, Tier tier, bool inHandler) const;

  /// How independent tasks run at the same time in coroutines of `framework`.
  llvm::StringRef together(llvm::StringRef framework) const;

  /// Whether functions of `library` reach nothing but their objects and what they are given, where
  /// no entry says otherwise.
  bool isSelfContained(llvm::StringRef library) const;

  /// Calls `visit` for each name of a function that was added, and each of a type, in order.
  void forEachFunction(llvm::function_ref<void(const NamedFunctions &)> visit) const;
  void forEachType(llvm::function_ref<void(const NamedType &)> visit) const;

  /// Calls `visit` for each name of which something is known, those of the binary too, in any order
  /// that is the same each time.
  void forEachName(llvm::function_ref<void(llvm::StringRef)> visit) const;

private:
  struct FunctionEntry {
    std::vector<const FunctionModel *> models;
    unsigned file = 0;
    bool linkageC = false;
  };

  llvm::Error add(const ModelFile &file, Origin origin);
  llvm::Error addFunction(llvm::StringRef name, const FunctionModel &model, bool linkageC);
  llvm::Error addType(llvm::StringRef name, const TypeModel &model);
  llvm::StringRef ownerOf(llvm::StringRef space) const;

  llvm::StringRef replacement(const std::string &key) const;

  bool isLeftOut(llvm::StringRef library) const {
    return !leftOut.empty() && leftOut.contains(library);
  }

  const BuiltinTables *builtin = nullptr; // what is added goes before it
  ModelStore &newStore();

  std::vector<std::shared_ptr<ModelStore>> stores; // copies share what is known already
  unsigned fileCount = 0;
  llvm::StringMap<FunctionEntry> byFunction;
  llvm::StringMap<std::pair<const TypeModel *, unsigned>> byType;
  llvm::StringMap<std::pair<std::string, Origin>> owned;
  llvm::StringMap<std::pair<std::string, Origin>> replacements;
  llvm::StringSet<> leftOut; // libraries
  llvm::StringSet<> selfContained;
};

} // namespace async_tidy

#endif
