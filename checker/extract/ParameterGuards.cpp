#include "extract/ParameterGuards.h"
#include "extract/Expressions.h"
#include "extract/MustFlow.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

bool isScalar(clang::QualType type) {
  return type->isIntegralOrEnumerationType() || type->isPointerType();
}

/// The value of `e`, if it is written as a constant; whether that is zero.
std::optional<bool> isZeroConstant(const clang::ASTContext &context, const clang::Expr &e) {
  if (e.isValueDependent() || !isScalar(e.getType()))
    return std::nullopt;
  if (e.getType()->isPointerType())
    return isNull(context, *objectOf(&e)) ? std::optional(true) : std::nullopt;
  // What must be computed is not worth it.
  clang::Expr::EvalResult result;
  if (!llvm::isa<clang::IntegerLiteral, clang::CXXBoolLiteralExpr, clang::UnaryOperator,
                 clang::DeclRefExpr>(e.IgnoreParenImpCasts()) ||
      !e.EvaluateAsInt(result, context))
    return std::nullopt;
  return result.Val.getInt().isZero();
}

/// The condition of `statement`, if it branches on one.
const clang::Expr *conditionOf(const clang::Stmt &statement) {
  if (const auto *branch = llvm::dyn_cast<clang::IfStmt>(&statement))
    return branch->getCond();
  if (const auto *loop = llvm::dyn_cast<clang::WhileStmt>(&statement))
    return loop->getCond();
  if (const auto *loop = llvm::dyn_cast<clang::ForStmt>(&statement))
    return loop->getCond();
  if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(&statement))
    return choice->getCond();
  const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(&statement);
  return binary && binary->isLogicalOp() ? binary->getLHS() : nullptr;
}

} // namespace

/// A parameter is steady if it is only ever read.
void ParameterGuards::gatherSteady() {
  llvm::DenseMap<const clang::ParmVarDecl *, int> mentions; // that are no reads
  auto parameterOf = [](const clang::Stmt *at) {
    const auto *reference = llvm::dyn_cast_or_null<clang::DeclRefExpr>(at);
    return reference ? llvm::dyn_cast<clang::ParmVarDecl>(reference->getDecl()) : nullptr;
  };
  forEachStatement(body, [&](const clang::Stmt &at) {
    if (const clang::ParmVarDecl *parameter = parameterOf(&at))
      ++mentions[parameter];
    const auto *cast = llvm::dyn_cast<clang::ImplicitCastExpr>(&at);
    if (cast && cast->getCastKind() == clang::CK_LValueToRValue)
      if (const clang::ParmVarDecl *parameter = parameterOf(cast->getSubExpr()->IgnoreParens()))
        --mentions[parameter];
    return true;
  });
  for (const clang::ParmVarDecl *parameter : function.parameters())
    steady[parameter] = isScalar(parameter->getType()) && mentions.lookup(parameter) == 0;
}

const clang::ParmVarDecl *ParameterGuards::parameterIn(const clang::Expr *e) const {
  const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(e->IgnoreParenImpCasts());
  const auto *parameter =
      reference ? llvm::dyn_cast<clang::ParmVarDecl>(reference->getDecl()) : nullptr;
  return parameter && steady.lookup(parameter) ? parameter : nullptr;
}

void ParameterGuards::addComparison(const clang::BinaryOperator &comparison, bool value,
                                    Values &values) const {
  clang::BinaryOperatorKind kind = comparison.getOpcode();
  const clang::Expr *left = comparison.getLHS(), *right = comparison.getRHS();
  if (kind == clang::BO_LT) { // 0 < p
    std::swap(left, right);
    kind = clang::BO_GT;
  } else if (!parameterIn(left)) {
    std::swap(left, right);
  }
  const clang::ParmVarDecl *parameter = parameterIn(left);
  if (!parameter || isZeroConstant(function.getASTContext(), *right) != true)
    return;
  unsigned index = parameter->getFunctionScopeIndex();
  if (kind == clang::BO_EQ || kind == clang::BO_NE)
    values[index] = value == (kind == clang::BO_EQ);
  else if (kind == clang::BO_GT && value)
    values[index] = false;
}

void ParameterGuards::addIf(const clang::Expr *e, bool value, Values &values,
                            unsigned depth) const {
  constexpr unsigned DepthLimit = 24;
  if (!e || depth > DepthLimit)
    return;
  e = e->IgnoreParenImpCasts();
  if (const clang::ParmVarDecl *parameter = parameterIn(e)) {
    values[parameter->getFunctionScopeIndex()] = !value;
  } else if (const auto *negation = llvm::dyn_cast<clang::UnaryOperator>(e)) {
    if (negation->getOpcode() == clang::UO_LNot)
      addIf(negation->getSubExpr(), !value, values, depth + 1);
  } else if (const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(e)) {
    if (binary->isComparisonOp()) {
      addComparison(*binary, value, values);
    } else if (binary->getOpcode() == (value ? clang::BO_LAnd : clang::BO_LOr)) {
      // Both operands of `&&` are true if it is; both of `||` are false if it is.
      addIf(binary->getLHS(), value, values, depth + 1);
      addIf(binary->getRHS(), value, values, depth + 1);
    }
  }
}

bool ParameterGuards::hasGuards() const {
  bool found = false;
  forEachStatement(body, [&](const clang::Stmt &at) {
    if (const clang::Expr *condition = conditionOf(at))
      for (bool value : {true, false}) {
        Values values;
        addIf(condition, value, values);
        found = found || !values.empty();
      }
    return !found;
  });
  return found;
}

void ParameterGuards::analyse() {
  isAnalysed = true;
  if (llvm::none_of(function.parameters(), [](const clang::ParmVarDecl *parameter) {
        return isScalar(parameter->getType());
      }))
    return;
  gatherSteady();
  if (!hasGuards())
    return;
  std::unique_ptr<clang::CFG> cfg = flowOf(function, body);
  if (!cfg)
    return;
  MustFlow<unsigned, bool>::run(
      *cfg,
      [&](const clang::Expr *condition, bool value, Values &values) {
        addIf(condition, value, values);
      },
      [&](const clang::Stmt &statement, Values &values) {
        if (llvm::isa<clang::CallExpr, clang::CXXConstructExpr>(statement))
          known[&statement] = values;
      });
}

std::vector<ParameterValue> ParameterGuards::at(const clang::Expr &e) {
  if (!isAnalysed)
    analyse();
  std::vector<ParameterValue> result;
  if (auto at = known.find(&e); at != known.end())
    for (auto [parameter, isZero] : at->second)
      result.push_back({parameter, isZero});
  return result;
}

std::vector<GivenValue> ParameterGuards::given(const clang::FunctionDecl &callee,
                                               llvm::ArrayRef<const clang::Expr *> arguments) {
  if (!isAnalysed)
    analyse();
  std::vector<GivenValue> result;
  for (uint32_t i = 0; i < arguments.size() && i < callee.getNumParams(); ++i) {
    if (!isScalar(callee.getParamDecl(i)->getType()))
      continue;
    const clang::Expr *argument = arguments[i];
    if (const auto *usual = llvm::dyn_cast<clang::CXXDefaultArgExpr>(argument))
      argument = usual->getExpr();
    if (const clang::ParmVarDecl *parameter = parameterIn(argument))
      result.push_back({i, GivenValue::Kind::Same, parameter->getFunctionScopeIndex()});
    else if (auto isZero = isZeroConstant(function.getASTContext(), *argument))
      // Of numbers, only zero is asked for.
      if (*isZero || argument->getType()->isBooleanType())
        result.push_back({i, *isZero ? GivenValue::Kind::Zero : GivenValue::Kind::NotZero, 0});
  }
  return result;
}

} // namespace async_tidy
