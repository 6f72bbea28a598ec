#include "extract/MadeOnUse.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

bool isMadeOnUse(const clang::FunctionDecl &function) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (method && method->isVirtual())
    return false;
  if (function.isDefaulted() && !(method && method->isUserProvided()))
    return true;
  // What is local to a function is made with it.
  if (function.getOverloadedOperator() == clang::OO_Call || function.getParentFunctionOrMethod())
    return false;
  clang::TemplateSpecializationKind kind = function.getTemplateSpecializationKind();
  return kind == clang::TSK_ImplicitInstantiation ||
         kind == clang::TSK_ExplicitInstantiationDeclaration;
}

const clang::FunctionDecl *definitionOf(const clang::FunctionDecl &function) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (method && method->getParent()->isLambda() &&
      method->getOverloadedOperator() != clang::OO_Call)
    return nullptr; // copies of a lambda, and its end, are no code that anybody has written
  const clang::FunctionDecl *definition = nullptr;
  if (function.hasBody(definition))
    return definition;
  const auto *destructor = llvm::dyn_cast<clang::CXXDestructorDecl>(&function);
  definition = destructor && destructor->isVirtual() ? destructor->getDefinition() : nullptr;
  return definition && definition->isDefaulted() && !definition->isDeleted() ? definition : nullptr;
}

const clang::CXXRecordDecl *patternToBeMade(const clang::CXXRecordDecl &record) {
  const clang::CXXRecordDecl *pattern = record.getInstantiatedFromMemberClass();
  if (const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record))
    pattern = special->getSpecializedTemplate()->getTemplatedDecl();
  return pattern && !record.hasDefinition() && pattern->hasDefinition() ? pattern : nullptr;
}

namespace {

const clang::FunctionDecl *namedBy(const clang::Stmt &statement) {
  if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&statement))
    return llvm::dyn_cast<clang::FunctionDecl>(reference->getDecl());
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(&statement))
    return llvm::dyn_cast<clang::FunctionDecl>(member->getMemberDecl());
  if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&statement))
    return construct->getConstructor();
  if (const auto *inherited = llvm::dyn_cast<clang::CXXInheritedCtorInitExpr>(&statement))
    return inherited->getConstructor();
  if (const auto *bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(&statement))
    return bound->getTemporary()->getDestructor();
  return nullptr;
}

} // namespace

void addUsed(const clang::Stmt *statement, std::vector<const clang::FunctionDecl *> &to) {
  std::vector<const clang::Stmt *> todo{statement};
  while (!todo.empty()) {
    const clang::Stmt *at = todo.back();
    todo.pop_back();
    if (!at)
      continue;
    if (const clang::FunctionDecl *function = namedBy(*at))
      to.push_back(function);
    if (const auto *argument = llvm::dyn_cast<clang::CXXDefaultArgExpr>(at))
      todo.push_back(argument->getExpr());
    else if (const auto *member = llvm::dyn_cast<clang::CXXDefaultInitExpr>(at))
      todo.push_back(member->getExpr());
    else if (!llvm::isa<clang::LambdaExpr>(at))
      llvm::append_range(todo, at->children());
    else
      llvm::append_range(todo, llvm::cast<clang::LambdaExpr>(at)->capture_inits());
  }
}

} // namespace async_tidy
