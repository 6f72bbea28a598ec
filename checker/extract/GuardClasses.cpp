#include "extract/GuardClasses.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

GuardClasses::Held GuardClasses::heldBy(const clang::CXXConstructorDecl &constructor) {
  auto [at, isNew] = known.try_emplace(constructor.getCanonicalDecl());
  if (isNew)
    at->second = find(constructor);
  return at->second;
}

GuardClasses::Held GuardClasses::find(const clang::CXXConstructorDecl &constructor) const {
  const clang::CXXDestructorDecl *destructor = constructor.getParent()->getDestructor();
  if (!destructor || !destructor->isUserProvided())
    return {};
  const clang::ValueDecl *unlocked = mutexIn(*destructor, true);
  const clang::ValueDecl *locked = unlocked ? mutexIn(constructor, false) : nullptr;
  if (!locked)
    return {};
  const clang::FunctionDecl *definition = nullptr;
  constructor.hasBody(definition);
  // `Guard(std::mutex &mutex) : mutex(mutex) { mutex.lock(); }`
  const auto *parameter = llvm::dyn_cast<clang::ParmVarDecl>(locked);
  bool isGuards =
      llvm::isa<clang::FieldDecl>(locked) &&
      locked->getDeclContext()->getPrimaryContext() == constructor.getParent()->getPrimaryContext();
  if (isGuards)
    for (const clang::CXXCtorInitializer *initializer :
         llvm::cast<clang::CXXConstructorDecl>(definition)->inits())
      if (initializer->getAnyMember() == locked)
        parameter = llvm::dyn_cast_or_null<clang::ParmVarDecl>(variableOf(initializer->getInit()));
  if (parameter)
    return {nullptr, parameter->getFunctionScopeIndex()};
  return locked == unlocked ? Held{locked, std::nullopt} : Held();
}

/// The mutex that `function`'s own text locks, or unlocks.
const clang::ValueDecl *GuardClasses::mutexIn(const clang::FunctionDecl &function,
                                              bool isUnlocked) const {
  const clang::FunctionDecl *definition = nullptr;
  if (!function.hasBody(definition))
    return nullptr;
  const clang::ValueDecl *found = nullptr;
  forEachStatement(definition->getBody(), [&](const clang::Stmt &statement) {
    if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement); call && !found)
      found = mutexOf(*call, isUnlocked);
    return true;
  });
  return found;
}

const clang::ValueDecl *GuardClasses::mutexOf(const clang::CallExpr &call, bool isUnlocked) const {
  if (!call.getDirectCallee())
    return nullptr;
  auto [object, arguments] = partsOf(call);
  if (!object && arguments.empty())
    return nullptr;
  bool isIt = llvm::any_of(knownCall(knowledge, call).models, [&](const FunctionModel *model) {
    return isUnlocked ? model->unlocks : model->blocks == Tier::Lock;
  });
  if (!isIt)
    return nullptr;
  const clang::Expr *mutex = objectOf(object ? object : arguments.front());
  if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(mutex))
    mutex = objectOf(unary->getSubExpr());
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(mutex))
    return llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
  const auto *named = llvm::dyn_cast<clang::DeclRefExpr>(mutex);
  return named ? llvm::dyn_cast<clang::VarDecl>(named->getDecl()) : nullptr;
}

} // namespace async_tidy
