#include "extract/BoundTypes.h"
#include "extract/MadeOnUse.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/DenseSet.h"

namespace async_tidy {

const BoundType &BoundTypes::ofRecord(const clang::CXXRecordDecl &record) {
  const clang::CXXRecordDecl *key = record.getCanonicalDecl();
  auto [at, isNew] = bound.try_emplace(key);
  if (!isNew)
    return at->second;
  BoundType result;
  annotated.affinity = Affinity::Exclusive;
  anyClass(record, [&](const clang::CXXRecordDecl &base) {
    std::string name = qualifiedName(base);
    const TypeModel *model = knowledge.type(name);
    bool isProjects = model && model->source.origin == Origin::Project;
    if (annotations.of(base).isLoopBound && !isProjects) {
      result = {&annotated, std::move(name)};
      return true;
    }
    if (!model || (model->affinity == Affinity::None && !model->threadSafe))
      return false;
    if (!model->threadSafe)
      result = {model, std::move(name)};
    return true;
  });
  return bound[key] = std::move(result);
}

BoundType BoundTypes::of(clang::QualType type) {
  if (type.isNull())
    return {};
  const clang::CXXRecordDecl *record = recordOf(type);
  return record ? ofRecord(*record) : ofHandle(type);
}

/// Handles of C that are no class, and only have a name: `typedef void Handle`.
BoundType BoundTypes::ofHandle(clang::QualType type) {
  type = type.getNonReferenceType();
  if (!type->isPointerType())
    return {};
  for (clang::QualType at : {type, type->getPointeeType()})
    for (const auto *named = at->getAs<clang::TypedefType>(); named;
         named = named->desugar()->getAs<clang::TypedefType>()) {
      std::string name = qualifiedName(*named->getDecl());
      const TypeModel *model = knowledge.type(name);
      if (model && model->affinity != Affinity::None)
        return {model, std::move(name)};
    }
  return {};
}

Refers BoundTypes::refers(clang::QualType type) {
  if (type->isReferenceType() || type->isPointerType())
    return Refers::Borrowing;
  const TypeModel *model = modelOf(type);
  return model ? model->refers : Refers::No;
}

namespace {

/// What `type` comes to when pointers, references and arrays are taken away.
clang::QualType pointee(clang::QualType type) {
  type = type.getNonReferenceType();
  while (type->isAnyPointerType() || type->isArrayType())
    type = type->isArrayType() ? clang::QualType(type->getBaseElementTypeUnsafe(), 0)
                               : type->getPointeeType();
  return type;
}

} // namespace

bool BoundTypes::leads(clang::QualType type) {
  type = pointee(type);
  if (type->isVoidType())
    return true;
  const clang::CXXRecordDecl *record = type->getAsCXXRecordDecl();
  return record && leads(*record);
}

bool BoundTypes::leads(const clang::CXXRecordDecl &from) {
  std::vector<const clang::CXXRecordDecl *> todo{from.getCanonicalDecl()};
  llvm::DenseSet<const clang::CXXRecordDecl *> seen;
  auto add = [&](clang::QualType type) {
    if (const clang::CXXRecordDecl *record = pointee(type)->getAsCXXRecordDecl())
      todo.push_back(record->getCanonicalDecl());
  };
  while (!todo.empty()) {
    const clang::CXXRecordDecl *record = todo.back();
    todo.pop_back();
    auto known = leading.find(record);
    if (known != leading.end() ? known->second : mayBeOne(*record)) {
      leading[from.getCanonicalDecl()] = true;
      return true;
    }
    if (known == leading.end() && seen.insert(record).second)
      forEachPart(*record, add);
  }
  // Nothing that was looked at leads to one.
  for (const clang::CXXRecordDecl *record : seen)
    leading[record] = false;
  return false;
}

bool BoundTypes::mayBeOne(const clang::CXXRecordDecl &record) {
  if (ofRecord(record))
    return true;
  std::string name = qualifiedName(record);
  // An instance of a library's template that is not complete is only of use to the library, and may
  // be complete where more of that was parsed; what it holds shows in its arguments.
  const clang::CXXRecordDecl *pattern = patternToBeMade(record);
  if (!record.hasDefinition() && !knowledge.owns(name) &&
      (!pattern || project.owns(pattern->getLocation())))
    return true;
  // Who calls what an object keeps is for the object to tell.
  const TypeModel *model = knowledge.type(name);
  return model && model->callable && model->refers == Refers::No;
}

void BoundTypes::forEachPart(const clang::CXXRecordDecl &record,
                             llvm::function_ref<void(clang::QualType)> visit) {
  // What a library's class holds shows in its template arguments.
  if (const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record))
    for (const clang::TemplateArgument &argument : special->getTemplateArgs().asArray())
      if (argument.getKind() == clang::TemplateArgument::Type)
        visit(argument.getAsType());
  if (!record.hasDefinition() || knowledge.owns(qualifiedName(record)))
    return;
  for (const clang::FieldDecl *field : record.getDefinition()->fields())
    visit(field->getType());
  for (const clang::CXXBaseSpecifier &base : record.getDefinition()->bases())
    visit(base.getType());
}

/// As knownType, which is asked often.
const TypeModel *BoundTypes::modelOf(clang::QualType type) {
  const clang::CXXRecordDecl *record = recordOf(type);
  if (!record)
    return nullptr;
  auto [at, isNew] = models.try_emplace(record);
  if (isNew)
    at->second = knowledge.type(qualifiedName(*record));
  return at->second;
}

bool BoundTypes::hasMember(const clang::CXXRecordDecl &record, clang::DeclarationName name) {
  if (!record.hasDefinition())
    return false;
  auto [at, isNew] = members.try_emplace({record.getCanonicalDecl(), name.getAsOpaquePtr()});
  if (isNew)
    at->second = anyClass(
        record, [&](const clang::CXXRecordDecl &base) { return !base.lookup(name).empty(); });
  return at->second;
}

bool BoundTypes::isCallable(clang::QualType type) {
  type = type.getNonReferenceType();
  if (type->isFunctionType() || type->isFunctionPointerType() ||
      type->isMemberFunctionPointerType())
    return true;
  const clang::CXXRecordDecl *record = recordOf(type, false);
  if (!record)
    return false;
  if (const TypeModel *model = modelOf(type)) {
    // std::reference_wrapper is what it refers to.
    const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(record);
    bool isReference =
        model->refers != Refers::No && special && special->getTemplateArgs().size() == 1;
    return model->callable &&
           (!isReference || isCallable(special->getTemplateArgs()[0].getAsType()));
  }
  return hasMember(*record,
                   record->getASTContext().DeclarationNames.getCXXOperatorName(clang::OO_Call)) &&
         (record->isLambda() || !knowledge.owns(qualifiedName(*record)));
}

const TypeModel *BoundTypes::executorModel(clang::QualType type) {
  const clang::CXXRecordDecl *record = recordOf(type);
  if (!record)
    return nullptr;
  auto [at, isNew] = executors.try_emplace(record);
  if (isNew) {
    const TypeModel *found = nullptr;
    anyClass(*record, [&](const clang::CXXRecordDecl &base) {
      const TypeModel *model = knowledge.type(qualifiedName(base));
      found = model && model->runs ? model : nullptr;
      return found != nullptr;
    });
    executors[record] = found;
    return found;
  }
  return at->second;
}

bool BoundTypes::isTask(clang::QualType type) {
  const clang::CXXRecordDecl *record = recordOf(type, false);
  if (!record)
    return false;
  if (const TypeModel *model = modelOf(type); model && model->coroutine != CoroutineKind::None)
    return true;
  return hasMember(*record, &record->getASTContext().Idents.get("promise_type"));
}

} // namespace async_tidy
