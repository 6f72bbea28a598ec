// Classes of the project's own that hold a lock for as long as an object of theirs lives.
#ifndef ASYNC_TIDY_EXTRACT_GUARDCLASSES_H
#define ASYNC_TIDY_EXTRACT_GUARDCLASSES_H

#include "knowledge/Knowledge.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace async_tidy {

class GuardClasses {
public:
  explicit GuardClasses(const Knowledge &knowledge) : knowledge(knowledge) {}

  /// The mutex that an object locks which a constructor makes: a variable or member, or what the
  /// constructor gets as its argument of that number.
  struct Held {
    const clang::ValueDecl *mutex = nullptr;
    std::optional<unsigned> argument;

    explicit operator bool() const { return mutex || argument; }
  };

  /// What `constructor` locks and its class's destructor unlocks.
  Held heldBy(const clang::CXXConstructorDecl &constructor);

private:
  Held find(const clang::CXXConstructorDecl &constructor) const;
  const clang::ValueDecl *mutexIn(const clang::FunctionDecl &function, bool isUnlocked) const;
  const clang::ValueDecl *mutexOf(const clang::CallExpr &call, bool isUnlocked) const;

  const Knowledge &knowledge;
  llvm::DenseMap<const clang::CXXConstructorDecl *, Held> known;
};

} // namespace async_tidy

#endif
