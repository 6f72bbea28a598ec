// Which names a pack describes, as it writes them.
#ifndef ASYNC_TIDY_TOOLS_PACKNAMES_H
#define ASYNC_TIDY_TOOLS_PACKNAMES_H

#include "knowledge/ModelReader.h"

namespace async_tidy {

/// What an entry takes a name for.
enum class NameKind : uint8_t { Function, Type, Object };

/// A name of a pack: right if it exists in one of the pack's namespaces.
struct PackName {
  Source source;
  std::string name; // within the namespaces
  NameKind kind = NameKind::Function;
  std::vector<std::string> absolute;
  int argument = -1; // the last argument of it that the entry speaks of
  bool isOfVersion = false;
};

struct Pack {
  std::string library;
  std::string file;
  std::vector<std::string> namespaces;
  std::vector<std::string> headers;
  std::vector<std::string> packages;
  std::vector<PackName> names;
};

/// The packs that are part of the binary.
std::vector<Pack> builtinPacks();

/// The one that the file at `path` is. What it refers to is put into `store`.
llvm::Expected<Pack> packOf(const std::string &path, ModelStore &store);

} // namespace async_tidy

#endif
