// A function's identity: the same number in every unit, front end and order of visiting.
//
// Ordinary entities are their mangled names. Names of lambdas and local classes are numbered by
// Clang in the order in which it happens to mangle them, so whatever involves one is described
// instead: by the identity of the entity around it, its ordinal in the source, and its template
// arguments by the same rule. Internal linkage adds the unit.
#ifndef ASYNC_TIDY_EXTRACT_IDENTITY_H
#define ASYNC_TIDY_EXTRACT_IDENTITY_H

#include "extract/Project.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Mangle.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>

namespace async_tidy {

class Identity {
public:
  Identity(clang::ASTContext &context, Project &project);

  EntityId of(const clang::FunctionDecl &function);

  /// Of a variable, parameter or field. Local ones of one name differ in their place.
  EntityId of(const clang::ValueDecl &variable);

  /// Of a class.
  EntityId of(const clang::CXXRecordDecl &record);

  /// The text whose hash is the identity; for tests.
  std::string text(const clang::FunctionDecl &function) { return describe(function); }

private:
  std::string describe(const clang::Decl &decl);
  std::string describeFunction(const clang::FunctionDecl &function);
  std::string describeTag(const clang::TagDecl &tag);
  std::string describeArguments(llvm::ArrayRef<clang::TemplateArgument> arguments);
  std::string describeArgument(const clang::TemplateArgument &argument);
  std::string describeType(clang::QualType type);
  std::string makeTypeText(clang::QualType type);
  std::string unitIfInternal(const clang::NamedDecl &decl);
  std::string ordinal(const clang::Decl &around, const clang::TagDecl &tag);
  std::string mangled(const clang::FunctionDecl &function);

  bool isLocal(const clang::Decl &decl);
  bool isLocal(const clang::TemplateArgument &argument);
  bool isLocal(clang::QualType type);
  bool computeIsLocal(const clang::Type &type);

  clang::ASTContext &context;
  Project &project;
  std::string unit;
  std::unique_ptr<clang::MangleContext> mangler;
  clang::PrintingPolicy policy;
  llvm::DenseMap<const clang::FunctionDecl *, EntityId> known;
  llvm::DenseMap<const clang::Decl *, EntityId> knownVariables;
  llvm::DenseMap<const clang::Type *, bool> localTypes;
  llvm::DenseMap<const void *, std::string> typeTexts;
  llvm::DenseMap<const clang::Decl *, std::vector<clang::SourceLocation>> tagsIn;
};

} // namespace async_tidy

#endif
