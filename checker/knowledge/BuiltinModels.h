// The packs that are part of the binary, as constants: to start costs nothing, and to look a name
// up costs a hash. CompileModels makes them from checker/models/ when the project is built.
#ifndef ASYNC_TIDY_KNOWLEDGE_BUILTINMODELS_H
#define ASYNC_TIDY_KNOWLEDGE_BUILTINMODELS_H

#include "knowledge/Model.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

/// The entries about the functions of one name, in the order in which they are tried.
struct NamedFunctions {
  llvm::StringRef name;
  llvm::ArrayRef<const FunctionModel *> models;
  bool linkageC = false;
};

struct NamedType {
  llvm::StringRef name;
  const TypeModel *model = nullptr;
};

struct NamedText {
  llvm::StringRef name;
  llvm::StringRef text;
};

/// Where the search for `name` begins in a table with `slots` slots, a power of two.
inline size_t firstSlot(llvm::StringRef name, size_t slots) {
  return size_t(llvm::xxh3_64bits(name)) & (slots - 1);
}

/// Rows by name. A slot is the number of a row, counted from 1; 0 ends a search.
template <class Row> struct HashedTable {
  llvm::ArrayRef<Row> rows;
  llvm::ArrayRef<uint32_t> slots;

  const Row *find(llvm::StringRef name) const {
    if (slots.empty())
      return nullptr;
    for (size_t at = firstSlot(name, slots.size()); slots[at] != 0;
         at = (at + 1) & (slots.size() - 1))
      if (rows[slots[at] - 1].name == name)
        return &rows[slots[at] - 1];
    return nullptr;
  }
};

/// A pack as a whole.
struct BuiltinLibrary {
  llvm::StringRef name; // "asio"
  llvm::StringRef file; // "asio.yaml"
  llvm::ArrayRef<llvm::StringRef> namespaces;
  llvm::ArrayRef<llvm::StringRef> headers;
  llvm::ArrayRef<llvm::StringRef> packages; // of pkg-config
  bool selfContained = false;
};

struct BuiltinTables {
  HashedTable<NamedFunctions> functions;
  HashedTable<NamedType> types;
  HashedTable<NamedText> owned;        // namespaces, and whose they are
  HashedTable<NamedText> replacements; // "framework/tier", "framework/together"
  llvm::ArrayRef<BuiltinLibrary> libraries;
};

const BuiltinTables &builtinTables();

} // namespace async_tidy

#endif
