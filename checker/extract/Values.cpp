#include "extract/Values.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

const clang::Expr *AstCall::argument(Subject subject) {
  if (subject == Receiver)
    return receiver.expression;
  size_t index = size_t(subject < 0 ? int(argumentCount()) + subject : subject);
  if (index >= arguments.size())
    return nullptr;
  const clang::Expr *e = arguments[index];
  return e && !e->isValueDependent() ? e : nullptr;
}

unsigned AstCall::argumentCount() {
  return unsigned(llvm::count_if(
      arguments, [](const clang::Expr *e) { return !llvm::isa<clang::CXXDefaultArgExpr>(e); }));
}

namespace {

/// The value of `e`. Flags of an enumeration may be joined with an operator| of its own, which need
/// not be constexpr; what it does is taken to be what its name says.
std::optional<int64_t> integerValue(const clang::ASTContext &context, const clang::Expr &e) {
  if (!e.getType().getNonReferenceType()->isIntegralOrEnumerationType())
    return std::nullopt;
  clang::Expr::EvalResult result;
  if (e.EvaluateAsRValue(result, context) && result.Val.isInt())
    return result.Val.getInt().tryExtValue();
  const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(objectOf(&e));
  if (!op || op->getOperator() != clang::OO_Pipe || op->getNumArgs() != 2)
    return std::nullopt;
  auto left = integerValue(context, *op->getArg(0));
  auto right = integerValue(context, *op->getArg(1));
  return left && right ? std::optional(*left | *right) : std::nullopt;
}

} // namespace

std::optional<int64_t> AstCall::integer(Subject subject) {
  const clang::Expr *e = argument(subject);
  return e ? integerValue(context, *e) : std::nullopt;
}

bool AstCall::isNull(Subject subject) {
  const clang::Expr *e = argument(subject);
  return e && async_tidy::isNull(context, *objectOf(e));
}

namespace {

/// Whether every number in `value` is zero; a lone number (a duration's) may be less.
bool isZeroOrLess(const clang::APValue &value, bool isAlone = true) {
  switch (value.getKind()) {
  case clang::APValue::Int:
    return value.getInt().isZero() || (isAlone && value.getInt().isNegative());
  case clang::APValue::Float:
    return value.getFloat().isZero() || (isAlone && value.getFloat().isNegative());
  case clang::APValue::Struct: {
    unsigned members = value.getStructNumBases() + value.getStructNumFields();
    bool alone = isAlone && members == 1;
    for (unsigned i = 0; i != value.getStructNumBases(); ++i)
      if (!isZeroOrLess(value.getStructBase(i), alone))
        return false;
    for (unsigned i = 0; i != value.getStructNumFields(); ++i)
      if (!isZeroOrLess(value.getStructField(i), alone))
        return false;
    return members != 0;
  }
  default:
    return false;
  }
}

} // namespace

std::optional<clang::APValue> AstCall::constant(const clang::Expr *e) {
  // A variable that keeps its first value is as good as that value.
  for (unsigned steps = 0; e && steps != 8; ++steps) {
    clang::Expr::EvalResult result;
    if (!e->isValueDependent() && e->EvaluateAsRValue(result, context) && !result.HasSideEffects)
      return result.Val;
    const clang::Expr *object = objectOf(e);
    if (object != e) {
      e = object;
      continue;
    }
    const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(e));
    if (!variable)
      return std::nullopt;
    const Locals::Variable &known = locals.of(variable);
    e = known.values.size() == 1 && !known.isChangedInPlace && !known.isStepped
            ? known.values.front()
            : nullptr;
  }
  return std::nullopt;
}

/// The argument, or what it points to.
const clang::Expr *AstCall::duration(Subject subject) {
  const clang::Expr *e = argument(subject);
  if (!e || !e->getType()->isPointerType())
    return e;
  const auto *address = llvm::dyn_cast<clang::UnaryOperator>(objectOf(e));
  return address && address->getOpcode() == clang::UO_AddrOf ? address->getSubExpr() : nullptr;
}

bool AstCall::isZero(Subject subject) {
  const clang::Expr *e = duration(subject);
  auto value = e ? constant(e) : std::nullopt;
  return value && isZeroOrLess(*value);
}

namespace {

/// The seconds of a tick of a duration: the ratio that is among its template arguments.
std::optional<double> secondsOfTick(clang::QualType type) {
  const auto *duration = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
      type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!duration || duration->getTemplateArgs().size() != 2 ||
      duration->getTemplateArgs()[1].getKind() != clang::TemplateArgument::Type)
    return std::nullopt;
  const auto *ratio = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
      duration->getTemplateArgs()[1].getAsType()->getAsCXXRecordDecl());
  if (!ratio || ratio->getTemplateArgs().size() != 2 ||
      ratio->getTemplateArgs()[0].getKind() != clang::TemplateArgument::Integral ||
      ratio->getTemplateArgs()[1].getKind() != clang::TemplateArgument::Integral)
    return std::nullopt;
  double over = double(ratio->getTemplateArgs()[0].getAsIntegral().getExtValue());
  double under = double(ratio->getTemplateArgs()[1].getAsIntegral().getExtValue());
  return under == 0 ? std::nullopt : std::optional(over / under);
}

/// The one number in `value`.
std::optional<double> onlyNumber(const clang::APValue &value) {
  if (value.isInt())
    return value.getInt().roundToDouble();
  if (value.isFloat())
    return value.getFloat().convertToDouble();
  bool isOne =
      value.isStruct() && value.getStructNumBases() == 0 && value.getStructNumFields() == 1;
  return isOne ? onlyNumber(value.getStructField(0)) : std::nullopt;
}

} // namespace

/// Durations tell their unit; what has none (an integer, a timespec) is never within anything.
bool AstCall::isWithin(Subject subject, int64_t milliseconds) {
  const clang::Expr *e = duration(subject);
  if (!e)
    return false;
  auto tick = secondsOfTick(objectOf(e)->getType());
  auto value = tick ? constant(objectOf(e)) : std::nullopt;
  auto count = value ? onlyNumber(*value) : std::nullopt;
  return count && *count * *tick * 1000 <= double(milliseconds);
}

bool AstCall::hasType(Subject subject, const NameSet &types) {
  if (subject == Receiver)
    return !receiver.type.isNull() && isOrDerivesFrom(receiver.type, types);
  const clang::Expr *e = argument(subject);
  return e &&
         (isOrDerivesFrom(e->getType(), types) || isOrDerivesFrom(objectOf(e)->getType(), types));
}

bool AstCall::isObject(Subject subject, const NameSet &variables) {
  const clang::Expr *e = argument(subject);
  const auto *reference = e ? llvm::dyn_cast<clang::DeclRefExpr>(objectOf(e)) : nullptr;
  return reference && variables.contains(qualifiedName(*reference->getDecl()));
}

bool AstCall::receiverIsReady() {
  return call && receiver.expression && guards.isReady(*call, *receiver.expression);
}

bool AstCall::receiverIsMoved() {
  return receiver.isGivenAway || (receiver.variable && locals.of(receiver.variable).isMoved);
}

bool AstCall::isCalled(Subject subject, const NameSet &functions, std::optional<int64_t> last) {
  const clang::Expr *given = subject == Receiver ? nullptr : argument(subject);
  const clang::ValueDecl *variable = given ? variableOf(given) : receiver.variable;
  if (!variable || (subject != Receiver && !given))
    return false;
  const clang::CXXRecordDecl *record = recordOf(variable->getType());
  std::string ownClass = record ? qualifiedName(*record) + "::" : "";
  return llvm::any_of(locals.of(variable).called, [&](const clang::CallExpr *at) {
    const clang::FunctionDecl *function = at->getDirectCallee();
    bool isOne = functions.contains(qualifiedName(*function)) ||
                 (llvm::isa<clang::CXXMethodDecl>(function) &&
                  functions.contains(ownClass + function->getNameAsString()));
    return isOne && (!last || (at->getNumArgs() != 0 &&
                               integerValue(context, *at->getArg(at->getNumArgs() - 1)) == last));
  });
}

const clang::Expr *AstCall::receiverValue() {
  if (const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(receiver.variable))
    return variable->getInit();
  return receiver.expression;
}

bool AstCall::receiverIsMadeBy(const NameSet &functions) {
  const clang::Expr *value = receiverValue();
  const auto *maker = value ? llvm::dyn_cast<clang::CallExpr>(objectOf(value)) : nullptr;
  const clang::FunctionDecl *function = maker ? maker->getDirectCallee() : nullptr;
  return function && functions.contains(qualifiedName(*function));
}

} // namespace async_tidy
