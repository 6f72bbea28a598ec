#include "extract/TryScopes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

namespace async_tidy {

namespace {

/// Whether `function` says that it throws nothing.
bool isNoexcept(const clang::FunctionDecl *function) {
  const auto *type = function ? function->getType()->getAs<clang::FunctionProtoType>() : nullptr;
  return type && !clang::isUnresolvedExceptionSpec(type->getExceptionSpecType()) &&
         type->isNothrow();
}

const clang::CXXRecordDecl *classOf(clang::QualType type) {
  return type.isNull() ? nullptr : type.getNonReferenceType()->getAsCXXRecordDecl();
}

/// Whether a handler of type `caught` catches what is of type `thrown`.
bool catches(clang::QualType caught, clang::QualType thrown) {
  auto bare = [](clang::QualType type) {
    return type.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  };
  if (bare(caught) == bare(thrown))
    return true;
  const clang::CXXRecordDecl *base = classOf(caught);
  const clang::CXXRecordDecl *derived = classOf(thrown);
  return base && derived && derived->hasDefinition() && base->hasDefinition() &&
         derived->isDerivedFrom(base);
}

} // namespace

bool mayThrow(const clang::Stmt &statement) {
  if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement)) {
    const clang::FunctionDecl *callee = call->getDirectCallee();
    return call->getBuiltinCallee() == 0 && !isNoexcept(callee);
  }
  if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&statement))
    return !construct->getConstructor()->isTrivial() && !isNoexcept(construct->getConstructor());
  return llvm::isa<clang::CXXThrowExpr>(statement);
}

TryScopes::TryScopes(const clang::Stmt &body) {
  struct Item {
    const clang::Stmt *statement;
    size_t scope;
  };

  scopes.emplace_back();
  std::vector<Item> todo{{&body, 0}};
  size_t order = 0;
  // In the order of the source, so that it shows which variables are there when something throws.
  while (!todo.empty()) {
    auto [statement, scope] = todo.back();
    todo.pop_back();
    if (!statement)
      continue;
    places.try_emplace(statement, At{scope, ++order});
    if (llvm::isa<clang::LambdaExpr>(statement))
      continue;
    if (const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(statement))
      for (const clang::Decl *declaration : declarations->decls())
        if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration);
            variable && variable->hasLocalStorage() &&
            variable->needsDestruction(variable->getASTContext()))
          scopes[scope].variables.emplace_back(order, variable);
    if (const auto *attempt = llvm::dyn_cast<clang::CXXTryStmt>(statement)) {
      for (unsigned i = attempt->getNumHandlers(); i-- != 0;)
        todo.push_back({attempt->getHandler(i), scope});
      scopes.push_back({scope, attempt, {}});
      todo.push_back({attempt->getTryBlock(), scopes.size() - 1});
      continue;
    }
    // A block of its own, for its variables.
    bool isBlock = llvm::isa<clang::CompoundStmt, clang::ForStmt, clang::CXXForRangeStmt,
                             clang::IfStmt, clang::WhileStmt, clang::SwitchStmt>(statement);
    if (isBlock) {
      scopes.push_back({scope, nullptr, {}});
      scope = scopes.size() - 1;
    }
    llvm::SmallVector<const clang::Stmt *, 8> children(statement->child_begin(),
                                                       statement->child_end());
    for (size_t i = children.size(); i-- != 0;)
      todo.push_back({children[i], scope});
  }
  // What has no variables and no handlers is passed over.
  for (Scope &scope : scopes)
    while (scope.outer != 0 && !scopes[scope.outer].tries && scopes[scope.outer].variables.empty())
      scope.outer = scopes[scope.outer].outer;
}

TryScopes::Way TryScopes::wayFrom(const clang::Stmt &statement, Thrown what) const {
  Way way;
  auto at = places.find(&statement);
  if (at == places.end())
    return way;
  const auto *thrown = llvm::dyn_cast<clang::CXXThrowExpr>(&statement);
  clang::QualType type =
      thrown && thrown->getSubExpr() ? thrown->getSubExpr()->getType() : clang::QualType();
  for (size_t index = at->second.scope;; index = scopes[index].outer) {
    const Scope &scope = scopes[index];
    for (auto [order, variable] : scope.variables)
      if (order < at->second.order && what == Thrown::Anything)
        way.ended.push_back(variable);
    bool isStopped = false;
    for (unsigned i = 0; scope.tries && i != scope.tries->getNumHandlers(); ++i) {
      const clang::CXXCatchStmt *handler = scope.tries->getHandler(i);
      bool isAll = handler->getExceptionDecl() == nullptr;
      bool isCaught = !type.isNull() && !isAll && catches(handler->getCaughtType(), type);
      bool mayCatch = type.isNull() && !isAll &&
                      (what == Thrown::Anything || classOf(handler->getCaughtType()));
      if (isAll || isCaught || mayCatch)
        way.handlers.push_back(handler);
      isStopped |= isAll || isCaught || mayCatch;
      if (isAll || isCaught)
        break;
    }
    // Who writes handlers knows what is thrown.
    if (isStopped) {
      way.escapes = false;
      return way;
    }
    if (index == 0)
      return way;
  }
}

} // namespace async_tidy
