#include "extract/CaptureRecorder.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// The temporary that `e` binds a reference to, if it dies with the full expression; null if it is
/// none.
const clang::MaterializeTemporaryExpr *temporaryIn(const clang::Expr *e) {
  const auto *temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(e->IgnoreImpCasts());
  return temporary && temporary->getStorageDuration() == clang::SD_FullExpression ? temporary
                                                                                  : nullptr;
}

/// Whether `reference` lengthens the life of a temporary, which is as good as a variable.
bool isExtending(const clang::VarDecl &reference) {
  const clang::Expr *value = reference.getInit();
  if (const auto *full = llvm::dyn_cast_or_null<clang::FullExpr>(value))
    value = full->getSubExpr();
  const auto *temporary =
      value ? llvm::dyn_cast<clang::MaterializeTemporaryExpr>(value->IgnoreImpCasts()) : nullptr;
  return temporary && temporary->getExtendingDecl() == &reference;
}

bool isCoroutine(const clang::FunctionDecl &function) {
  return llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(function.getBody());
}

} // namespace

/// The variable of this body whose life `variable`, which may refer to it, depends on; null if that
/// is none.
const clang::VarDecl *CaptureRecorder::ownerOf(const clang::ValueDecl *variable,
                                               unsigned depth) const {
  if (const auto *binding = llvm::dyn_cast_or_null<clang::BindingDecl>(variable))
    variable = llvm::dyn_cast<clang::VarDecl>(binding->getDecomposedDecl());
  const auto *declared = llvm::dyn_cast_or_null<clang::VarDecl>(variable);
  if (!declared || depth > DepthLimit || !declared->hasLocalStorage() || !terms.owns(*declared))
    return nullptr;
  if (!declared->getType()->isReferenceType() || isExtending(*declared))
    return declared;
  return llvm::isa<clang::ParmVarDecl>(declared) ? nullptr
                                                 : ownerOf(declared->getInit(), depth + 1);
}

/// The same for the object that `e` is, or is a part of.
const clang::VarDecl *CaptureRecorder::ownerOf(const clang::Expr *e, unsigned depth) const {
  for (unsigned parts = 0; e && parts <= DepthLimit; ++parts) {
    e = objectOf(e);
    if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(e))
      return ownerOf(reference->getDecl(), depth);
    if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(e); member && !member->isArrow())
      e = member->getMemberDecl()->getType()->isReferenceType() ? nullptr : member->getBase();
    else if (const auto *element = llvm::dyn_cast<clang::ArraySubscriptExpr>(e))
      e = objectOf(element->getBase())->getType()->isArrayType() ? element->getBase() : nullptr;
    else
      return nullptr;
  }
  return nullptr;
}

/// The same for what `e` points to.
const clang::VarDecl *CaptureRecorder::pointeeOf(const clang::Expr *e, unsigned depth) const {
  e = objectOf(e);
  if (!e || depth > DepthLimit)
    return nullptr;
  if (const auto *cast = llvm::dyn_cast<clang::ExplicitCastExpr>(e))
    return pointeeOf(cast->getSubExpr(), depth + 1);
  if (e->getType()->isArrayType())
    return ownerOf(e, depth);
  if (const auto *address = llvm::dyn_cast<clang::UnaryOperator>(e))
    return address->getOpcode() == clang::UO_AddrOf ? ownerOf(address->getSubExpr(), depth)
                                                    : nullptr;
  if (const clang::VarDecl *holder = iteratedBy(*e, depth))
    return holder;
  const clang::Expr *value = e->getType()->isPointerType() ? onlyValueOf(*e) : nullptr;
  return value ? pointeeOf(value, depth + 1) : nullptr;
}

/// The value that `e`, a local variable, always has; null if it is none, or not known.
const clang::Expr *CaptureRecorder::onlyValueOf(const clang::Expr &e) const {
  const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(&e));
  if (!variable || !terms.owns(*variable) || llvm::isa<clang::ParmVarDecl>(variable))
    return nullptr;
  const Locals::Variable &known = locals.of(variable);
  bool isSame = known.values.size() == 1 && !known.isStepped && !known.isChangedInPlace;
  return isSame ? known.values.front() : nullptr;
}

/// Whether `value` is a view of a temporary, which a function of that gives.
bool CaptureRecorder::showsTemporary(const clang::Expr &value) const {
  const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(objectOf(&value));
  if (!call || !llvm::isa_and_nonnull<clang::CXXConversionDecl>(call->getMethodDecl()))
    return false;
  const clang::Expr *object = call->getImplicitObjectArgument();
  const TypeModel *model = knownType(unit.knowledge, object->getType());
  return model && model->value && !model->view && temporaryIn(object);
}

/// The same for what `e` was made from, if that is a function of a library which wraps a reference.
const clang::VarDecl *CaptureRecorder::wrapped(const clang::Expr &e) const {
  const auto *call = llvm::dyn_cast<clang::CallExpr>(objectOf(&e));
  if (!call || call->getNumArgs() != 1 || !call->getType()->isRecordType() ||
      unit.bound.refers(call->getType()) != Refers::Borrowing)
    return nullptr;
  bool isArgument = llvm::any_of(knownCall(unit.knowledge, *call).models, [](auto *model) {
    return model->result.kind == ResultModel::Kind::Argument && model->result.index == 0;
  });
  return isArgument ? ownerOf(call->getArg(0)) : nullptr;
}

void CaptureRecorder::lambda(const clang::LambdaExpr &lambda) {
  auto init = lambda.capture_init_begin();
  for (const clang::LambdaCapture &capture : lambda.captures()) {
    const clang::Expr *value = *init++;
    if (!capture.capturesVariable())
      continue;
    const clang::ValueDecl *variable = capture.getCapturedVar();
    const auto *declared = llvm::dyn_cast<clang::VarDecl>(variable);
    const clang::VarDecl *owner = nullptr;
    CaptureForm form = CaptureForm::Reference;
    if (declared && declared->isInitCapture() && declared->getType()->isReferenceType()) {
      owner = ownerOf(value);
    } else if (capture.getCaptureKind() == clang::LCK_ByRef) {
      owner = ownerOf(variable);
    } else if (variable->getType()->isPointerType()) {
      owner = pointeeOf(value);
      form = CaptureForm::Pointer;
    } else if (variable->getType()->isRecordType()) {
      owner = shownBy(value, form);
    }
    if (owner)
      candidates.push_back({form, owner, capture.getLocation(), &lambda});
  }
}

void CaptureRecorder::call(const clang::CallExpr &call) {
  const clang::FunctionDecl *callee = call.getDirectCallee();
  if (!callee || !unit.isProjectCode(*callee) || !returnsTask(unit.knowledge, *callee))
    return;
  CallParts parts = partsOf(call);
  for (auto [parameter, value] : llvm::zip(callee->parameters(), parts.arguments))
    if (!llvm::isa<clang::CXXDefaultArgExpr>(value))
      argument(call, parameter->getType(), *value);
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(callee);
  if (method && method->isInstance() && parts.object)
    object(call, *parts.object);
}

/// The task of `call` has a parameter of type `parameter`, which gets `value`.
void CaptureRecorder::argument(const clang::CallExpr &call, clang::QualType parameter,
                               const clang::Expr &value) {
  bool isReference = parameter->isReferenceType();
  CaptureForm form = CaptureForm::Argument;
  const clang::VarDecl *owner = isReference                  ? ownerOf(&value)
                                : parameter->isPointerType() ? pointeeOf(&value)
                                : parameter->isRecordType()  ? wrapped(value)
                                                             : nullptr;
  bool isTemporary = isReference && temporaryIn(&value);
  if (!isReference && !owner && parameter->isRecordType()) {
    owner = shownBy(&value, form);
    isTemporary = !owner && isView(parameter) && showsTemporary(value);
  }
  if (isTemporary)
    owner = nullptr;
  if (owner || isTemporary)
    candidates.push_back({form, owner, value.getExprLoc(), nullptr, call.getDirectCallee(), &call});
}

/// The task of `call` works on `object`. What a lambda captured is in the lambda.
void CaptureRecorder::object(const clang::CallExpr &call, const clang::Expr &object) {
  const clang::FunctionDecl &callee = *call.getDirectCallee();
  const clang::CXXRecordDecl &record = *llvm::cast<clang::CXXMethodDecl>(callee).getParent();
  bool isClosure = record.isLambda();
  if (isClosure && (!isCoroutine(callee) || record.capture_size() == 0))
    return;
  const clang::Expr *value = objectOf(&object);
  bool isTemporary = llvm::isa<clang::LambdaExpr>(value) || temporaryIn(&object);
  const clang::VarDecl *owner =
      isTemporary || object.getType()->isPointerType() ? nullptr : ownerOf(value);
  if (owner || isTemporary)
    candidates.push_back({isClosure ? CaptureForm::Closure : CaptureForm::Object, owner,
                          object.getBeginLoc(), nullptr, &callee, &call});
}

void CaptureRecorder::bound(const clang::FunctionDecl &callable, const clang::Expr &argument) {
  const clang::VarDecl *owner = wrapped(argument);
  if (!owner && (argument.getType()->isPointerType() || argument.getType()->isArrayType()))
    owner = pointeeOf(&argument);
  if (owner)
    candidates.push_back({CaptureForm::Pointer, owner, argument.getExprLoc(), nullptr, &callable});
}

void CaptureRecorder::handedOffWith(const clang::FunctionDecl &callable,
                                    const clang::Expr &argument) {
  if (argument.getType()->isPointerType() && pointeeOf(&argument))
    tied.insert(&callable);
}

/// The functions that may run what `candidate` is about.
std::vector<EntityId> CaptureRecorder::callablesOf(const Candidate &candidate,
                                                   const Lifetimes &lives) const {
  std::vector<const clang::FunctionDecl *> functions;
  if (candidate.callable) {
    functions.push_back(candidate.callable);
  } else if (const clang::FunctionTemplateDecl *generic =
                 candidate.lambda->getLambdaClass()->getDependentLambdaCallOperator()) {
    llvm::append_range(functions, generic->specializations());
  } else {
    functions.push_back(candidate.lambda->getCallOperator());
  }
  const Lifetimes::Life *life = candidate.variable ? lives.of(*candidate.variable) : nullptr;
  auto isGivenToShorter = [&](const clang::FunctionDecl *callable) {
    return life && llvm::any_of(receivers, [&](const auto &given) {
             const Lifetimes::Life *receiver = lives.of(*given.second);
             return given.first == callable && receiver && life->begin < receiver->begin &&
                    receiver->begin <= life->end;
           });
  };
  std::vector<EntityId> result;
  for (const clang::FunctionDecl *callable : functions)
    if (!tied.contains(callable) && !isGivenToShorter(callable))
      result.push_back(unit.identity.of(*callable));
  return result;
}

/// What the body hands off, or passes on.
std::set<EntityId> CaptureRecorder::mentioned() const {
  std::set<EntityId> result;
  auto add = [&](Term term) { forEachIdentity(term, [&](EntityId &id) { result.insert(id); }); };
  for (const HandOff &handOff : facts.handOffs) {
    add(handOff.target);
    llvm::for_each(handOff.passed, add);
  }
  for (const Call &call : facts.calls)
    llvm::for_each(call.passed, add);
  return result;
}

/// Without what it is of.
std::optional<Capture> CaptureRecorder::captureOf(const Candidate &candidate,
                                                  const Lifetimes &lives) const {
  Capture capture;
  capture.form = candidate.form;
  capture.place = unit.project.place(candidate.at);
  auto [since, end] = lives.statementAround(capture.place);
  capture.since = since.line == 0 ? capture.place : since; // in a constructor's initialisers
  if (!candidate.variable) {
    capture.begin = capture.place;
    capture.end = std::max(end, capture.place);
    return capture;
  }
  const Lifetimes::Life *life = lives.of(*candidate.variable);
  // With main, the program ends.
  if (!life || (function.isMain() && life->end == unit.project.place(written->getEndLoc())))
    return std::nullopt;
  capture.name = candidate.variable->getNameAsString();
  capture.isTurn = life->isTurn;
  capture.begin = life->begin;
  capture.end = life->end;
  return capture;
}

void CaptureRecorder::finish(const CallSet &awaited) {
  if (candidates.empty() || !written)
    return;
  std::set<EntityId> given = mentioned();
  if (given.empty())
    return;
  Lifetimes lives(unit, function, *written, locals);
  for (const Candidate &candidate : candidates)
    for (EntityId callable : callablesOf(candidate, lives)) {
      if (!given.contains(callable) || (candidate.call && awaited.contains(candidate.call)))
        continue;
      std::optional<Capture> capture = captureOf(candidate, lives);
      if (!capture)
        continue;
      capture->callable = callable;
      facts.captures.push_back(std::move(*capture));
      if (candidate.variable)
        captured.insert(candidate.variable);
    }
  if (!facts.captures.empty())
    addPauses();
}

/// Notes where the body may wait, where its calls do not show it.
void CaptureRecorder::addPauses() {
  forEachStatement(written, [&](const clang::Stmt &statement) {
    if (const auto *suspend = llvm::dyn_cast<clang::CoroutineSuspendExpr>(&statement))
      facts.pauses.push_back(unit.project.place(suspend->getEndLoc()));
    else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement);
             call && getsSuspender(*call))
      facts.pauses.push_back(unit.project.place(call->getEndLoc()));
    else if (isPause(statement))
      facts.pauses.push_back(unit.project.place(statement.getBeginLoc()));
    return !llvm::isa<clang::LambdaExpr>(statement);
  });
  for (const clang::Expr *call : suspensions)
    facts.pauses.push_back(unit.project.place(call->getEndLoc()));
  for (const clang::Expr *call : unknownCalls)
    if (mentionsCaptured(call) || hasResult(*call))
      facts.pauses.push_back(unit.project.place(call->getEndLoc()));
}

/// Whether `statement` is a loop that goes round until what was captured says so, or for ever, or
/// a call that never returns.
bool CaptureRecorder::isPause(const clang::Stmt &statement) const {
  if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement))
    return call->getDirectCallee() && call->getDirectCallee()->isNoReturn();
  const clang::Expr *condition = nullptr;
  if (const auto *loop = llvm::dyn_cast<clang::WhileStmt>(&statement))
    condition = loop->getCond();
  else if (const auto *loop = llvm::dyn_cast<clang::DoStmt>(&statement))
    condition = loop->getCond();
  else if (const auto *loop = llvm::dyn_cast<clang::ForStmt>(&statement))
    condition = loop->getCond();
  else
    return false;
  bool isTrue = false;
  return !condition ||
         (!condition->isValueDependent() &&
          condition->EvaluateAsBooleanCondition(isTrue, unit.ast) && isTrue) ||
         mentionsCaptured(condition);
}

bool CaptureRecorder::mentionsCaptured(const clang::Stmt *statement) const {
  bool found = false;
  forEachStatement(statement, [&](const clang::Stmt &part) {
    if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&part))
      if (const clang::VarDecl *owner = ownerOf(reference->getDecl()))
        found |= captured.contains(owner);
    return !found && !llvm::isa<clang::LambdaExpr>(part);
  });
  return found;
}

/// Whether `call` is given something with which it suspends the body.
bool CaptureRecorder::getsSuspender(const clang::CallExpr &call) const {
  return llvm::any_of(call.arguments(), [&](const clang::Expr *argument) {
    const TypeModel *type = knownType(unit.knowledge, argument->getType());
    return type && type->suspends;
  });
}

/// Whether `call` works on what a hand-off gives.
bool CaptureRecorder::hasResult(const clang::Expr &call) const {
  return llvm::any_of(call.children(), [&](const clang::Stmt *part) {
    const auto *value = llvm::dyn_cast_or_null<clang::Expr>(part);
    if (const auto *member = llvm::dyn_cast_or_null<clang::MemberExpr>(value))
      value = member->getBase();
    return value && givers.contains(objectOf(value));
  });
}

} // namespace async_tidy
