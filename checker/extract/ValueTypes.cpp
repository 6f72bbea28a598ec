#include "extract/ValueTypes.h"
#include "extract/Callables.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

void addTypes(llvm::ArrayRef<clang::TemplateArgument> arguments, std::vector<clang::QualType> &to) {
  for (const clang::TemplateArgument &argument : arguments) {
    if (argument.getKind() == clang::TemplateArgument::Type)
      to.push_back(argument.getAsType());
    else if (argument.getKind() == clang::TemplateArgument::Pack)
      addTypes(argument.pack_elements(), to);
  }
}

/// What the copy and the end of an object run.
bool isPlainlyCopied(const clang::CXXRecordDecl &record) {
  return llvm::none_of(record.methods(), [](const clang::CXXMethodDecl *method) {
    const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(method);
    bool copies = constructor && constructor->isCopyOrMoveConstructor();
    return (copies || llvm::isa<clang::CXXDestructorDecl>(method)) && method->isUserProvided();
  });
}

} // namespace

bool ValueTypes::isValue(clang::QualType type) {
  if (type.isNull())
    return false;
  bool refers = type->isReferenceType() || type->isPointerType();
  if (refers)
    type = type->getPointeeType();
  if (refers && !type.isConstQualified())
    return false;
  while (type->isArrayType())
    type = clang::QualType(type->getBaseElementTypeUnsafe(), 0);
  type = type.getCanonicalType();
  if (type->isVoidType() || type.isVolatileQualified())
    return false;
  if (type->isArithmeticType() || type->isEnumeralType() || type->isNullPtrType())
    return true;
  if (type->isPointerType())
    return isValue(type);
  const clang::CXXRecordDecl *record = type->getAsCXXRecordDecl();
  return record && isValueRecord(*record);
}

/// What the objects of `record` consist of; false if one is no value itself.
bool ValueTypes::addParts(const clang::CXXRecordDecl &record, std::vector<clang::QualType> &to) {
  std::string name = qualifiedName(record);
  if (const TypeModel *model = unit.knowledge.type(name)) {
    if (const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record))
      addTypes(special->getTemplateArgs().asArray(), to);
    return model->value;
  }
  // A tag, a token.
  if (record.hasDefinition() && record.getDefinition()->isEmpty())
    return true;
  if (!record.hasDefinition() || unit.knowledge.owns(name) ||
      !unit.project.owns(record.getLocation()) || record.isPolymorphic() ||
      !isPlainlyCopied(*record.getDefinition()))
    return false;
  for (const clang::FieldDecl *field : record.getDefinition()->fields())
    to.push_back(field->getType());
  for (const clang::CXXBaseSpecifier &base : record.getDefinition()->bases())
    to.push_back(base.getType());
  return true;
}

bool ValueTypes::isValueRecord(const clang::CXXRecordDecl &record) {
  const clang::CXXRecordDecl *key = record.getCanonicalDecl();
  if (auto at = records.find(key); at != records.end())
    return at->second;
  llvm::DenseSet<const clang::CXXRecordDecl *> seen{key};
  std::vector<clang::QualType> todo;
  bool result = addParts(record, todo);
  while (result && !todo.empty()) {
    clang::QualType type = todo.back();
    todo.pop_back();
    bool refers = type->isReferenceType() || type->isPointerType();
    clang::QualType inner = refers ? type->getPointeeType() : type;
    while (inner->isArrayType())
      inner = clang::QualType(inner->getBaseElementTypeUnsafe(), 0);
    const clang::CXXRecordDecl *part = inner->getAsCXXRecordDecl();
    if (!part) // of a template's arguments, void is none
      result = isValue(type) || (!refers && inner->isVoidType());
    else if (refers && !inner.isConstQualified())
      result = false;
    else if (auto known = records.find(part->getCanonicalDecl()); known != records.end())
      result = known->second;
    else if (seen.insert(part->getCanonicalDecl()).second)
      result = addParts(*part, todo);
  }
  return records[key] = result;
}

bool ValueTypes::takesValues(const clang::FunctionDecl &function) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if ((method && method->isInstance()) || function.isVariadic() || function.isNoReturn())
    return false;
  bool hasValue = false;
  for (const clang::ParmVarDecl *parameter : function.parameters()) {
    clang::QualType type = parameter->getType();
    bool refers = type->isReferenceType() || type->isPointerType();
    if (!unit.bound.isExecutor(type)) {
      if (refers || !isValue(type))
        return false;
      hasValue = true;
    }
  }
  clang::QualType result = function.getReturnType();
  if (!hasValue || result->isReferenceType() || result->isPointerType())
    return false;
  const clang::CXXRecordDecl *record = recordOf(result, false);
  const auto *task = returnsTask(unit.knowledge, function)
                         ? llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record)
                         : nullptr;
  if (!task)
    return isValue(result);
  const clang::TemplateArgumentList &arguments = task->getTemplateArgs();
  return arguments.size() != 0 && arguments[0].getKind() == clang::TemplateArgument::Type &&
         isValue(arguments[0].getAsType());
}

} // namespace async_tidy
