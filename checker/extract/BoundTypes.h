// Which types are loop-bound, through which types such a thing may be reached, and which types'
// objects are callables, executors or tasks.
#ifndef ASYNC_TIDY_EXTRACT_BOUNDTYPES_H
#define ASYNC_TIDY_EXTRACT_BOUNDTYPES_H

#include "extract/Annotations.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"

namespace async_tidy {

/// A loop-bound type: what is known of it, and under which name.
struct BoundType {
  const TypeModel *model = nullptr;
  std::string name;

  explicit operator bool() const { return model != nullptr; }

  /// Whether a pack says so, and not the project or an annotation.
  bool isLibrarys() const {
    return model->source.origin != Origin::Project && !model->source.file.empty();
  }
};

class BoundTypes {
public:
  BoundTypes(const Knowledge &knowledge, Annotations &annotations, Project &project)
      : knowledge(knowledge), annotations(annotations), project(project) {}

  /// The loop-bound type that `type`, or what it refers or points to, is or derives from.
  BoundType of(clang::QualType type);

  /// What objects of `type` stand for: pointers and references borrow; for classes, models tell.
  Refers refers(clang::QualType type);

  /// Whether a loop-bound thing may be reached from an object of `type`: it is one, refers to one,
  /// or has a member that does. Yes, too, where that cannot be seen.
  bool leads(clang::QualType type);
  bool leads(const clang::CXXRecordDecl &from);

  /// Whether objects of `type`, or what it refers to, can be called: function pointers, lambdas,
  /// classes with a call operator, and what models say holds such a thing.
  bool isCallable(clang::QualType type);

  /// Whether it is an executor, or a context that has one.
  bool isExecutor(clang::QualType type) { return executorModel(type) != nullptr; }

  /// What is known of such a type, or of the class that it derives it from; null if it is none.
  const TypeModel *executorModel(clang::QualType type);

  /// Whether it is what a coroutine returns.
  bool isTask(clang::QualType type);

  /// Whether it is one of these three: not the object matters, but what it was made from.
  bool isValue(clang::QualType type) {
    return isExecutor(type) || isTask(type) || isCallable(type);
  }

  /// Whether terms of `type` are worth writing down.
  bool matters(clang::QualType type) { return leads(type) || isValue(type); }

private:
  BoundType ofHandle(clang::QualType type);
  const TypeModel *modelOf(clang::QualType type);
  bool hasMember(const clang::CXXRecordDecl &record, clang::DeclarationName name);
  bool mayBeOne(const clang::CXXRecordDecl &record);
  void forEachPart(const clang::CXXRecordDecl &record,
                   llvm::function_ref<void(clang::QualType)> visit);
  const BoundType &ofRecord(const clang::CXXRecordDecl &record);

  const Knowledge &knowledge;
  Annotations &annotations;
  Project &project;
  TypeModel annotated; // what a class is that its own code says to be loop-bound
  llvm::DenseMap<const clang::CXXRecordDecl *, BoundType> bound;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> leading;
  llvm::DenseMap<std::pair<const clang::CXXRecordDecl *, void *>, bool> members;
  llvm::DenseMap<const clang::CXXRecordDecl *, const TypeModel *> models;
  llvm::DenseMap<const clang::CXXRecordDecl *, const TypeModel *> executors;
};

} // namespace async_tidy

#endif
