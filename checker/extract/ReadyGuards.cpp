#include "extract/ReadyGuards.h"
#include "extract/Expressions.h"
#include "extract/MustFlow.h"
#include "extract/Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

bool ReadyGuards::isReady(const clang::Expr &call, const clang::Expr &receiver) {
  if (!isAnalysed)
    analyse();
  auto at = readyAt.find(&call);
  return at != readyAt.end() && at->second.contains(shapeOf(receiver));
}

ReadyGuards::Shape ReadyGuards::shapeOf(const clang::Expr &e) const {
  Shape shape;
  objectOf(&e)->Profile(shape, function.getASTContext(), /*Canonical=*/true);
  return shape;
}

namespace {

/// Whether `call` is one of a function that tells if its receiver is ready; its models are given.
const FunctionModel *readyModel(const Knowledge &knowledge, const clang::CXXMemberCallExpr &call) {
  KnownFunction known = knownCall(knowledge, call);
  auto tells = llvm::find_if(known.models, [](auto *model) { return model->tellsReady; });
  return tells == known.models.end() ? nullptr : *tells;
}

bool namesEnumerator(const clang::Expr *e, const NameSet &names) {
  const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(objectOf(e));
  if (!reference || !llvm::isa<clang::EnumConstantDecl>(reference->getDecl()))
    return false;
  const auto *enumeration = llvm::cast<clang::EnumDecl>(reference->getDecl()->getDeclContext());
  return names.contains(qualifiedName(*enumeration) +
                        "::" + reference->getDecl()->getNameAsString());
}

/// The call whose answer `comparison` compares with the enumerator that means "ready"; null if
/// none.
const clang::CXXMemberCallExpr *readyComparison(const Knowledge &knowledge,
                                                const clang::BinaryOperator &comparison) {
  for (auto [left, right] : {std::pair(comparison.getLHS(), comparison.getRHS()),
                             std::pair(comparison.getRHS(), comparison.getLHS())}) {
    const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(objectOf(left));
    const FunctionModel *model = call ? readyModel(knowledge, *call) : nullptr;
    if (model && namesEnumerator(right, model->readyWhen))
      return call;
  }
  return nullptr;
}

/// The variables and fields that `e` names an object with.
llvm::SmallVector<const clang::ValueDecl *, 2> variablesIn(const clang::Expr &e) {
  llvm::SmallVector<const clang::ValueDecl *, 2> variables;
  forEachStatement(&e, [&](const clang::Stmt &at) {
    if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&at))
      variables.push_back(reference->getDecl());
    else if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(&at))
      variables.push_back(member->getMemberDecl());
    return true;
  });
  return variables;
}

/// The variable that `statement` gives another value; null if none.
const clang::ValueDecl *changedBy(const clang::Stmt &statement) {
  if (const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&statement))
    return op->isAssignmentOp() || op->getOperator() == clang::OO_PlusPlus ||
                   op->getOperator() == clang::OO_MinusMinus
               ? variableOf(op->getArg(0))
               : nullptr;
  if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(&statement))
    return unary->isIncrementDecrementOp() ? variableOf(unary->getSubExpr()) : nullptr;
  if (const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(&statement))
    return binary->isAssignmentOp() ? variableOf(binary->getLHS()) : nullptr;
  return nullptr;
}

} // namespace

void ReadyGuards::addReadyIf(const clang::Expr *e, bool value, Ready &ready, unsigned depth) const {
  constexpr unsigned DepthLimit = 24;
  e = e ? objectOf(e) : nullptr;
  if (!e || depth > DepthLimit)
    return;
  auto add = [&](const clang::CXXMemberCallExpr &call) {
    const clang::Expr &object = *call.getImplicitObjectArgument();
    ready[shapeOf(object)] = variablesIn(object);
  };
  if (const auto *negation = llvm::dyn_cast<clang::UnaryOperator>(e)) {
    if (negation->getOpcode() == clang::UO_LNot)
      addReadyIf(negation->getSubExpr(), !value, ready, depth + 1);
  } else if (const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(e)) {
    // Both operands of `&&` are true if it is; both of `||` are false if it is.
    if (binary->getOpcode() == (value ? clang::BO_LAnd : clang::BO_LOr)) {
      addReadyIf(binary->getLHS(), value, ready, depth + 1);
      addReadyIf(binary->getRHS(), value, ready, depth + 1);
    } else if (binary->getOpcode() == (value ? clang::BO_EQ : clang::BO_NE)) {
      if (const auto *call = readyComparison(knowledge, *binary))
        add(*call);
    }
  } else if (const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(e)) {
    const FunctionModel *model = readyModel(knowledge, *call);
    if (value && model && model->readyWhen.empty())
      add(*call);
  } else if (const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(e))) {
    // `const bool done = f.wait_for(0s) == ready;`
    if (variable->isLocalVarDecl() && variable->getType().isConstQualified())
      addReadyIf(variable->getInit(), value, ready, depth + 1);
  }
}

bool ReadyGuards::hasReadyChecks() const {
  bool found = false;
  forEachStatement(body, [&](const clang::Stmt &at) {
    const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&at);
    found = found || (call && readyModel(knowledge, *call));
    return !found;
  });
  return found;
}

void ReadyGuards::analyse() {
  isAnalysed = true;
  if (!hasReadyChecks())
    return;
  std::unique_ptr<clang::CFG> cfg = flowOf(function, body);
  if (!cfg)
    return;
  MustFlow<Shape, Mentions>::run(
      *cfg,
      [&](const clang::Expr *condition, bool value, Ready &ready) {
        addReadyIf(condition, value, ready);
      },
      [&](const clang::Stmt &statement, Ready &ready) { step(statement, ready); });
}

void ReadyGuards::step(const clang::Stmt &statement, Ready &ready) {
  if (llvm::isa<clang::CallExpr>(statement))
    readyAt[&statement] = ready;
  if (const clang::ValueDecl *changed = changedBy(statement))
    std::erase_if(ready,
                  [&](const auto &object) { return llvm::is_contained(object.second, changed); });
}

} // namespace async_tidy
