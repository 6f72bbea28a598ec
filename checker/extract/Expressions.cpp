#include "extract/Expressions.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

bool isMoveOrForward(const clang::CallExpr &call) {
  // Clang knows these functions of the standard library as builtins, whatever their namespace.
  switch (call.getBuiltinCallee()) {
  case clang::Builtin::BImove:
  case clang::Builtin::BImove_if_noexcept:
  case clang::Builtin::BIforward:
  case clang::Builtin::BIforward_like:
  case clang::Builtin::BIas_const:
    return call.getNumArgs() == 1;
  default:
    return false;
  }
}

bool isSameObject(const clang::CXXConstructExpr &construct, bool throughConversions) {
  if (construct.getNumArgs() == 0)
    return false;
  for (unsigned i = 1; i != construct.getNumArgs(); ++i)
    if (!llvm::isa<clang::CXXDefaultArgExpr>(construct.getArg(i)))
      return false;
  return construct.getConstructor()->isCopyOrMoveConstructor() ||
         (throughConversions && construct.getConstructor()->isConvertingConstructor(false));
}

const clang::Expr *strip(const clang::Expr *e, bool throughConversions) {
  while (e) {
    const clang::Expr *before = e;
    e = e->IgnoreParenImpCasts();
    if (const auto *cleanups = llvm::dyn_cast<clang::FullExpr>(e))
      e = cleanups->getSubExpr();
    else if (const auto *temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(e))
      e = temporary->getSubExpr();
    else if (const auto *bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(e))
      e = bound->getSubExpr();
    else if (const auto *argument = llvm::dyn_cast<clang::CXXDefaultArgExpr>(e))
      e = argument->getExpr();
    else if (const auto *member = llvm::dyn_cast<clang::CXXDefaultInitExpr>(e))
      e = member->getExpr();
    else if (const auto *cast = llvm::dyn_cast<clang::ExplicitCastExpr>(e)) {
      bool sameClass =
          cast->getType().getNonReferenceType().getCanonicalType().getUnqualifiedType() ==
          cast->getSubExpr()
              ->getType()
              .getNonReferenceType()
              .getCanonicalType()
              .getUnqualifiedType();
      if (sameClass || throughConversions || llvm::isa<clang::CXXConstructExpr>(cast->getSubExpr()))
        e = cast->getSubExpr();
    } else if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(e)) {
      if (isSameObject(*construct, throughConversions))
        e = construct->getArg(0);
    } else if (const auto *list = llvm::dyn_cast<clang::InitListExpr>(e)) {
      if (throughConversions && list->getNumInits() == 1)
        e = list->getInit(0);
    } else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(e)) {
      const auto *member = llvm::dyn_cast<clang::CXXMemberCallExpr>(call);
      if (isMoveOrForward(*call))
        e = call->getArg(0);
      else if (throughConversions && member &&
               llvm::isa_and_nonnull<clang::CXXConversionDecl>(member->getMethodDecl()))
        e = member->getImplicitObjectArgument();
    }
    if (e == before)
      return e;
  }
  return e;
}

} // namespace

const clang::Expr *objectOf(const clang::Expr *e) {
  return strip(e, false);
}

const clang::Expr *originOf(const clang::Expr *e) {
  return strip(e, true);
}

const clang::ValueDecl *variableOf(const clang::Expr *e) {
  e = objectOf(e);
  if (const auto *reference = llvm::dyn_cast_or_null<clang::DeclRefExpr>(e))
    return llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  if (const auto *member = llvm::dyn_cast_or_null<clang::MemberExpr>(e))
    if (llvm::isa<clang::CXXThisExpr>(member->getBase()->IgnoreParenImpCasts()))
      return llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
  return nullptr;
}

CallParts partsOf(const clang::CallExpr &call) {
  CallParts parts;
  parts.arguments.append(call.arg_begin(), call.arg_end());
  if (const auto *member = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    parts.object = member->getImplicitObjectArgument();
  } else if (llvm::isa<clang::CXXOperatorCallExpr>(call) &&
             llvm::isa_and_nonnull<clang::CXXMethodDecl>(call.getDirectCallee())) {
    parts.object = parts.arguments.front();
    parts.arguments.erase(parts.arguments.begin());
  }
  return parts;
}

clang::SourceLocation siteOf(const clang::CallExpr &call) {
  if (llvm::isa<clang::CXXMemberCallExpr, clang::CXXOperatorCallExpr>(call))
    return call.getExprLoc();
  return call.getBeginLoc();
}

bool isNeverEvaluated(const clang::Stmt &statement) {
  if (const auto *type = llvm::dyn_cast<clang::CXXTypeidExpr>(&statement))
    return !type->isPotentiallyEvaluated();
  return llvm::isa<clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr, clang::RequiresExpr,
                   clang::ConceptSpecializationExpr, clang::TypeTraitExpr, clang::OffsetOfExpr,
                   clang::ArrayTypeTraitExpr, clang::ExpressionTraitExpr>(statement);
}

void forEachStatement(const clang::Stmt *root,
                      llvm::function_ref<bool(const clang::Stmt &)> visit) {
  std::vector<const clang::Stmt *> todo{root};
  while (!todo.empty()) {
    const clang::Stmt *at = todo.back();
    todo.pop_back();
    if (at && visit(*at))
      llvm::append_range(todo, at->children());
  }
}

const clang::CXXMemberCallExpr *memberCallIn(const clang::Expr *e, llvm::StringRef name) {
  const clang::CXXMemberCallExpr *found = nullptr;
  forEachStatement(e, [&](const clang::Stmt &part) {
    const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&part);
    const clang::CXXMethodDecl *method = call ? call->getMethodDecl() : nullptr;
    bool isNamed = name.empty() ||
                   (method && method->getDeclName().isIdentifier() && method->getName() == name);
    found = call && isNamed && !found ? call : found;
    return !found && !llvm::isa<clang::OpaqueValueExpr>(part);
  });
  return found;
}

bool isNull(const clang::ASTContext &context, const clang::Expr &e) {
  return e.isNullPointerConstant(const_cast<clang::ASTContext &>(context),
                                 clang::Expr::NPC_ValueDependentIsNotNull) !=
         clang::Expr::NPCK_NotNull;
}

bool isMoved(const clang::Expr *e) {
  while (e) {
    e = e->IgnoreParenImpCasts();
    if (const auto *full = llvm::dyn_cast<clang::FullExpr>(e))
      e = full->getSubExpr();
    else if (const auto *temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(e))
      e = temporary->getSubExpr();
    else if (const auto *bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(e))
      e = bound->getSubExpr();
    else if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(e);
             construct && construct->getNumArgs() != 0)
      e = construct->getArg(0);
    else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(e))
      return call->getBuiltinCallee() == clang::Builtin::BImove;
    else
      return false;
  }
  return false;
}

} // namespace async_tidy
