// Which functions a library offers: those that its public headers declare with external linkage,
// free ones and public members of classes, outside of namespaces that are not meant for users.
#ifndef ASYNC_TIDY_EXTRACT_PUBLICFUNCTIONS_H
#define ASYNC_TIDY_EXTRACT_PUBLICFUNCTIONS_H

#include "extract/UnitContext.h"

namespace async_tidy {

/// The functions that the headers at or below `interface` (absolute paths) offer, one entry an
/// overload; of templates, with their instances in this unit.
std::vector<PublicFunction> publicFunctions(UnitContext &unit,
                                            llvm::ArrayRef<std::string> interface);

/// The packs that describe what these headers offer: one that owns the namespace of a class or
/// function there, or names a C function which this unit defines.
std::vector<std::string> packsOf(clang::ASTContext &ast, const Knowledge &knowledge,
                                 Project &project, llvm::ArrayRef<std::string> interface);

} // namespace async_tidy

#endif
