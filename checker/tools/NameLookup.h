// Names as models write them, looked up in the headers of a library.
#ifndef ASYNC_TIDY_TOOLS_NAMELOOKUP_H
#define ASYNC_TIDY_TOOLS_NAMELOOKUP_H

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/SmallVector.h"

namespace async_tidy {

/// What there is under a name.
struct FoundName {
  bool isFunction = false;
  bool isType = false;
  bool isVariable = false;
  /// How many parameters the longest overload has; -1: any number.
  int parameters = 0;
  /// The class that the name is only another name for, if there is one: models must name that.
  std::string standsFor;
  /// If there is nothing: the part that is not known, and what is most like it (empty: nothing is).
  std::string unknown;
  std::string nearest;

  explicit operator bool() const { return isFunction || isType || isVariable; }
};

/// Looks `name` up, which is absolute: "a::B::f", "B::~B", "B::operator<<", "B::*".
FoundName findName(const clang::ASTContext &context, llvm::StringRef name);

} // namespace async_tidy

#endif
