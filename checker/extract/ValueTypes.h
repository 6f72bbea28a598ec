// Which types' objects are values: nothing that could be changed is reached through a copy of one.
#ifndef ASYNC_TIDY_EXTRACT_VALUETYPES_H
#define ASYNC_TIDY_EXTRACT_VALUETYPES_H

#include "extract/UnitContext.h"

namespace async_tidy {

class ValueTypes {
public:
  explicit ValueTypes(UnitContext &unit) : unit(unit) {}

  /// Numbers, what a model says is a value, and what consists of such; of what `type` refers or
  /// points to, only if that is constant.
  bool isValue(clang::QualType type);

  /// Whether a copy is all that a function gets which has a parameter of `type`, or reads: values,
  /// and executors, which are only there to be given work.
  bool isHarmless(clang::QualType type) { return unit.bound.isExecutor(type) || isValue(type); }

  /// Whether `function`, of which nothing else is known, takes only values, at least one, and gives
  /// one, or a task that does.
  bool takesValues(const clang::FunctionDecl &function);

private:
  bool isValueRecord(const clang::CXXRecordDecl &record);
  bool addParts(const clang::CXXRecordDecl &record, std::vector<clang::QualType> &to);

  UnitContext &unit;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> records;
};

} // namespace async_tidy

#endif
