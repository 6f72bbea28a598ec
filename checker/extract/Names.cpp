#include "extract/Names.h"
#include "extract/Expressions.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <deque>

namespace async_tidy {

namespace {

/// The last part of the name. Constructors and destructors are named after their class, since their
/// own DeclarationName prints template arguments.
std::string ownName(const clang::NamedDecl &decl) {
  if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&decl))
    return constructor->getParent()->getName().str();
  if (const auto *destructor = llvm::dyn_cast<clang::CXXDestructorDecl>(&decl))
    return "~" + destructor->getParent()->getName().str();
  std::string name = decl.getNameAsString();
  return name.empty() ? "(anonymous)" : name;
}

} // namespace

std::string qualifiedName(const clang::NamedDecl &decl) {
  std::string name = ownName(decl);
  for (const clang::DeclContext *context = decl.getDeclContext(); context;
       context = context->getParent()) {
    const auto *space = llvm::dyn_cast<clang::NamespaceDecl>(context);
    if (space && space->isInline() && !space->isAnonymousNamespace())
      continue;
    if (const auto *named = llvm::dyn_cast<clang::NamedDecl>(context))
      name.insert(0, ownName(*named) + "::");
  }
  return name;
}

std::string displayName(const clang::FunctionDecl &function) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (method && method->getParent()->isLambda())
    return "lambda";
  return qualifiedName(function);
}

const clang::CXXRecordDecl *recordOf(clang::QualType type, bool throughPointers) {
  if (type.isNull())
    return nullptr;
  type = type.getNonReferenceType();
  if (throughPointers && type->isPointerType())
    type = type->getPointeeType();
  return type->getAsCXXRecordDecl();
}

bool anyClass(const clang::CXXRecordDecl &record,
              llvm::function_ref<bool(const clang::CXXRecordDecl &)> visit) {
  llvm::SmallPtrSet<const clang::CXXRecordDecl *, 8> seen;
  std::deque<const clang::CXXRecordDecl *> todo{&record};
  while (!todo.empty()) {
    const clang::CXXRecordDecl *at = todo.front();
    todo.pop_front();
    if (!seen.insert(at->getCanonicalDecl()).second)
      continue;
    if (visit(*at))
      return true;
    if (!at->hasDefinition())
      continue;
    for (const clang::CXXBaseSpecifier &base : at->bases())
      if (const clang::CXXRecordDecl *baseRecord = base.getType()->getAsCXXRecordDecl())
        todo.push_back(baseRecord);
  }
  return false;
}

bool isOrDerivesFrom(clang::QualType type, const NameSet &names) {
  if (const clang::CXXRecordDecl *record = recordOf(type))
    return anyClass(
        *record, [&](const clang::CXXRecordDecl &at) { return names.contains(qualifiedName(at)); });
  type = type.getNonReferenceType();
  if (const auto *enumeration = type->getAs<clang::EnumType>())
    return names.contains(qualifiedName(*enumeration->getDecl()));
  return false;
}

/// Whether `function` is C's: headers of C have functions that are static and inline, and so have
/// no linkage. A program's own static function is none of them.
static bool hasCName(const clang::FunctionDecl &function) {
  bool isC = !function.getASTContext().getLangOpts().CPlusPlus || function.isInExternCContext();
  return function.isExternC() || (isC && function.isInlined());
}

KnownFunction knownFunction(const Knowledge &knowledge, const clang::FunctionDecl &function,
                            const clang::CXXRecordDecl *receiver) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  bool isSpecial = llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(function);
  KnownFunction known;
  if (method && !isSpecial && receiver) {
    const clang::CXXRecordDecl *declaring = method->getParent()->getCanonicalDecl();
    std::string name = ownName(function);
    // Operators are not among the members that are described all at once.
    bool isPlain = function.getDeclName().isIdentifier();
    anyClass(*receiver, [&](const clang::CXXRecordDecl &at) {
      if (at.getCanonicalDecl() == declaring || (at.hasDefinition() && at.isDerivedFrom(declaring)))
        known = knowledge.members(qualifiedName(at), name, isPlain);
      return bool(known);
    });
  }
  std::string name = qualifiedName(function);
  if (!known)
    return {knowledge.functions(name, hasCName(function)), name, name};
  if (known.entry != known.name)
    known.name = std::move(name);
  return known;
}

KnownFunction knownCall(const Knowledge &knowledge, const clang::CallExpr &call) {
  const clang::FunctionDecl *callee = call.getDirectCallee();
  if (!callee)
    return {};
  const clang::Expr *object = partsOf(call).object;
  // `sync_wait(task)`: models name the function object.
  const auto *variable =
      llvm::dyn_cast_or_null<clang::VarDecl>(object ? variableOf(object) : nullptr);
  if (variable && variable->hasGlobalStorage() &&
      callee->getOverloadedOperator() == clang::OO_Call) {
    std::string name = qualifiedName(*variable);
    if (auto models = knowledge.functions(name, false); !models.empty())
      return {models, name, name};
  }
  return knownFunction(knowledge, *callee,
                       object ? recordOf(objectOf(object)->getType()) : nullptr);
}

const TypeModel *knownType(const Knowledge &knowledge, clang::QualType type) {
  const clang::CXXRecordDecl *record = recordOf(type);
  return record ? knowledge.type(qualifiedName(*record)) : nullptr;
}

} // namespace async_tidy
