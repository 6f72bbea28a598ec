// Which types are loop-bound, and through which types such a thing may be reached.
#ifndef ASYNC_TIDY_EXTRACT_BOUNDTYPES_H
#define ASYNC_TIDY_EXTRACT_BOUNDTYPES_H

#include "knowledge/Knowledge.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"

namespace async_tidy {

/// A loop-bound type: what is known of it, and under which name.
struct BoundType {
  const TypeModel *model = nullptr;
  std::string name;

  explicit operator bool() const { return model != nullptr; }
};

class BoundTypes {
public:
  explicit BoundTypes(const Knowledge &knowledge) : knowledge(knowledge) {}

  /// The loop-bound type that `type`, or what it refers or points to, is or derives from.
  BoundType of(clang::QualType type);

  /// What objects of `type` stand for: pointers and references borrow; for classes, models tell.
  Refers refers(clang::QualType type);

  /// Whether a loop-bound thing may be reached from an object of `type`: it is one, refers to one,
  /// or has a member that does. Yes, too, where that cannot be seen.
  bool leads(clang::QualType type);
  bool leads(const clang::CXXRecordDecl &from);

private:
  bool mayBeOne(const clang::CXXRecordDecl &record);
  void forEachPart(const clang::CXXRecordDecl &record,
                   llvm::function_ref<void(clang::QualType)> visit);
  const BoundType &ofRecord(const clang::CXXRecordDecl &record);

  const Knowledge &knowledge;
  llvm::DenseMap<const clang::CXXRecordDecl *, BoundType> bound;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> leading;
};

} // namespace async_tidy

#endif
