#include "extract/CalledBack.h"
#include "extract/MadeOnUse.h"
#include "extract/Names.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// Where the source of `record` stands, or of the template that it comes from.
clang::SourceLocation sourceOf(const clang::CXXRecordDecl &record) {
  const clang::CXXRecordDecl *pattern = record.getTemplateInstantiationPattern();
  return (pattern ? pattern : &record)->getLocation();
}

/// Whether members of `record` get their bodies only when they are used.
bool isInstantiated(const clang::CXXRecordDecl &record) {
  clang::TemplateSpecializationKind kind = record.getTemplateSpecializationKind();
  return kind != clang::TSK_Undeclared && kind != clang::TSK_ExplicitSpecialization &&
         kind != clang::TSK_ExplicitInstantiationDefinition;
}

} // namespace

bool CalledBack::mayMake(const clang::FunctionDecl &function) {
  const clang::TemplateArgumentList *arguments = function.getTemplateSpecializationArgs();
  return (arguments && of(arguments->asArray())) || around(function.getDeclContext());
}

/// What the code in `context` was instantiated for.
bool CalledBack::around(const clang::DeclContext *context) {
  if (const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(context))
    return of(*record);
  if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(context))
    return mayMake(*function);
  return false;
}

bool CalledBack::of(llvm::ArrayRef<clang::TemplateArgument> arguments) {
  return llvm::any_of(arguments, [&](const auto &argument) { return of(argument); });
}

bool CalledBack::of(const clang::TemplateArgument &argument) {
  switch (argument.getKind()) {
  case clang::TemplateArgument::Type:
    return of(argument.getAsType());
  case clang::TemplateArgument::Pack:
    return of(argument.getPackAsArray());
  default:
    return false;
  }
}

bool CalledBack::of(clang::QualType type) {
  type = type.getCanonicalType();
  for (;;) {
    if (const auto *member = type->getAs<clang::MemberPointerType>())
      type = member->getPointeeType();
    else if (clang::QualType pointee = type->getPointeeType(); !pointee.isNull())
      type = pointee;
    else if (const clang::ArrayType *array = type->getAsArrayTypeUnsafe())
      type = array->getElementType();
    else
      break;
  }
  if (const auto *function = type->getAs<clang::FunctionProtoType>())
    return of(function->getReturnType()) ||
           llvm::any_of(function->param_types(), [&](clang::QualType t) { return of(t); });
  const clang::CXXRecordDecl *record = type->getAsCXXRecordDecl();
  return record && of(*record);
}

bool CalledBack::of(const clang::CXXRecordDecl &record) {
  const clang::CXXRecordDecl *key = record.getCanonicalDecl();
  if (auto at = known.find(key); at != known.end())
    return at->second;
  known[key] = false; // types may name themselves
  bool result = compute(record);
  known[key] = result;
  return result;
}

bool CalledBack::compute(const clang::CXXRecordDecl &record) {
  if (patternToBeMade(record) && !knowledge.owns(qualifiedName(record)))
    return true;
  if (!project.owns(sourceOf(record))) {
    const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
    return (special && of(special->getTemplateArgs().asArray())) || around(record.getDeclContext());
  }
  if (!record.hasDefinition())
    return false;
  if (record.isLambda())
    return record.isGenericLambda();
  return hasPart(*record.getDefinition());
}

/// Whether `record`, of the project, or a base or member of it, has such code.
bool CalledBack::hasPart(const clang::CXXRecordDecl &record) {
  bool isMadeOnUse = isInstantiated(record);
  clang::DeclarationName call =
      record.getASTContext().DeclarationNames.getCXXOperatorName(clang::OO_Call);
  for (const clang::NamedDecl *found : record.lookup(call))
    if (isMadeOnUse || llvm::isa<clang::FunctionTemplateDecl>(found))
      return true;
  if (isMadeOnUse && record.isDynamicClass())
    return true;
  auto isPart = [&](clang::QualType type) {
    const clang::CXXRecordDecl *part = type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    return part && project.owns(sourceOf(*part)) && of(*part);
  };
  return llvm::any_of(record.bases(), [&](const auto &base) { return isPart(base.getType()); }) ||
         llvm::any_of(record.fields(), [&](const auto *f) { return isPart(f->getType()); });
}

} // namespace async_tidy
