// A pack of models that was inferred from a library's own sources, with its reasons as comments.
#ifndef ASYNC_TIDY_REPORT_INFERREDPACK_H
#define ASYNC_TIDY_REPORT_INFERREDPACK_H

#include "infer/Effects.h"

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// What the pack says of itself.
struct PackOrigin {
  std::string library;               // its name, if no namespace gives it one
  size_t units = 0;                  // that were analysed
  size_t failed = 0;                 // that could not be
  std::vector<std::string> ownPacks; // that describe the library too, and were not asked
};

/// How much the pack says.
struct PackSize {
  size_t offered = 0;   // public functions, all overloads of one counted once
  size_t described = 0; // those of which the pack says something
};

/// Writes what `effects` say as a model file. Places are those of `program`.
PackSize writePack(const PackOrigin &origin, llvm::ArrayRef<Effects> effects,
                   const Program &program, llvm::raw_ostream &out);

} // namespace async_tidy

#endif
