// The models that are part of the binary; the table is made at build time from checker/models/.
#ifndef ASYNC_TIDY_KNOWLEDGE_BUILTINMODELS_H
#define ASYNC_TIDY_KNOWLEDGE_BUILTINMODELS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace async_tidy {

struct BuiltinModel {
  llvm::StringRef name; // "asio.yaml"
  llvm::StringRef text;
};

llvm::ArrayRef<BuiltinModel> builtinModels();

} // namespace async_tidy

#endif
