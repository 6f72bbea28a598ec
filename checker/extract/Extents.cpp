// To whom it belongs what an expression is, or refers to.
#include "extract/Effects.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/Support/SaveAndRestore.h"

namespace async_tidy {

Extent EffectReader::extentOf(const clang::ValueDecl &variable) {
  if (const auto *binding = llvm::dyn_cast<clang::BindingDecl>(&variable))
    return binding->getDecomposedDecl() ? extentOf(*binding->getDecomposedDecl()) : Extent::Shared;
  const auto *local = llvm::dyn_cast<clang::VarDecl>(&variable);
  if (!local)
    return llvm::isa<clang::FunctionDecl, clang::EnumConstantDecl>(variable) ? Extent::Own
                                                                             : Extent::Shared;
  if (!scope.owns(*local))
    return scope.ofOuter(*local);
  if (!local->hasLocalStorage())
    return Extent::Shared;
  if (!local->getType()->isReferenceType() && types.isHarmless(local->getType()))
    return Extent::Own;
  if (!resolving.insert(local).second)
    return Extent::Shared;
  Extent result = local->getInit() ? extentOf(local->getInit()) : Extent::Own;
  resolving.erase(local);
  return result;
}

Extent EffectReader::extentOfAll(llvm::ArrayRef<const clang::Expr *> all) {
  Extent result = Extent::Own;
  for (const clang::Expr *e : all)
    result = std::max(result, extentOf(e));
  return result;
}

Extent EffectReader::extentOf(const clang::Expr *e) {
  constexpr unsigned DepthLimit = 48;
  if (!e || depth == DepthLimit)
    return Extent::Shared;
  llvm::SaveAndRestore<unsigned> deeper(depth, depth + 1);
  auto isCopy = [&](const clang::Expr &at) {
    return (at.isPRValue() || at.getType().isConstQualified()) && types.isValue(at.getType());
  };
  if (isCopy(*e) || unit.bound.isExecutor(e->getType()) || isNull(unit.ast, *e))
    return Extent::Own;
  e = objectOf(e);
  if (isCopy(*e) || unit.bound.isExecutor(e->getType()))
    return Extent::Own;
  if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(e))
    return extentOf(*reference->getDecl());
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(e))
    return llvm::isa<clang::VarDecl>(member->getMemberDecl()) ? Extent::Shared
                                                              : extentOf(member->getBase());
  if (llvm::isa<clang::CXXThisExpr>(e))
    return scope.ofThis();
  if (const auto *element = llvm::dyn_cast<clang::ArraySubscriptExpr>(e))
    return extentOf(element->getBase());
  if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(e))
    return extentOf(unary->getSubExpr());
  if (const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(e))
    return binary->isCommaOp() ? extentOf(binary->getRHS())
                               : extentOfAll({binary->getLHS(), binary->getRHS()});
  if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(e))
    return extentOfAll({choice->getTrueExpr(), choice->getFalseExpr()});
  if (const auto *cast = llvm::dyn_cast<clang::CastExpr>(e))
    return extentOf(cast->getSubExpr());
  if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(e))
    return extentOfAll(llvm::SmallVector<const clang::Expr *, 8>(construct->arguments()));
  if (const auto *list = llvm::dyn_cast<clang::InitListExpr>(e))
    return extentOfAll(llvm::SmallVector<const clang::Expr *, 8>(list->inits()));
  if (const auto *list = llvm::dyn_cast<clang::CXXStdInitializerListExpr>(e))
    return extentOf(list->getSubExpr());
  if (const auto *lambda = llvm::dyn_cast<clang::LambdaExpr>(e))
    return extentOfLambda(*lambda);
  if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(e))
    return extentOf(await->getOperand());
  if (const auto *made = llvm::dyn_cast<clang::CXXNewExpr>(e))
    return made->getInitializer() ? extentOf(made->getInitializer()) : Extent::Own;
  if (const auto *call = llvm::dyn_cast<clang::CallExpr>(e))
    return extentOfCall(*call);
  bool isLiteral =
      llvm::isa<clang::StringLiteral, clang::CXXScalarValueInitExpr, clang::ImplicitValueInitExpr>(
          e);
  return isLiteral ? Extent::Own : Extent::Shared;
}

/// The result of `call`. What a task is given is known where it is made.
Extent EffectReader::extentOfCall(const clang::CallExpr &call) {
  if (unit.bound.isTask(call.getType()))
    return Extent::Own;
  const clang::FunctionDecl *callee = call.getDirectCallee();
  CallParts parts = partsOf(call);
  if (!callee || unit.isProjectCode(*callee) || (!parts.object && parts.arguments.empty()))
    return Extent::Shared;
  Extent result = extentOfAll(parts.arguments);
  return parts.object ? std::max(result, extentOf(parts.object)) : result;
}

Extent EffectReader::extentOfLambda(const clang::LambdaExpr &lambda) {
  Extent result = Extent::Own;
  const auto *value = lambda.capture_init_begin();
  for (const clang::LambdaCapture &capture : lambda.captures()) {
    const clang::Expr *init = *value++;
    bool isCopy = capture.getCaptureKind() == clang::LCK_ByCopy ||
                  capture.getCaptureKind() == clang::LCK_StarThis;
    if (capture.capturesThis())
      result = std::max(result, scope.ofThis());
    else if (init && !(isCopy && types.isHarmless(init->getType())))
      result = std::max(result, extentOf(init));
  }
  return result;
}

} // namespace async_tidy
