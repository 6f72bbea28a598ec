#include "extract/Awaits.h"
#include "extract/Executors.h"
#include "extract/Expressions.h"
#include "extract/Promises.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// Whether the coroutine may not sleep at all in `suspend`: true, false, or not known.
std::optional<bool> isReady(const clang::CoroutineSuspendExpr &suspend) {
  const clang::CXXMemberCallExpr *ready = memberCallIn(suspend.getReadyExpr(), "await_ready");
  return ready ? constantResult(ready->getMethodDecl()) : std::nullopt;
}

} // namespace

const clang::CXXMemberCallExpr *Awaits::suspendCall(const clang::CoroutineSuspendExpr &suspend) {
  return memberCallIn(suspend.getSuspendExpr(), "await_suspend");
}

bool Awaits::maySleep(const clang::CoroutineSuspendExpr &suspend) {
  const clang::CXXMemberCallExpr *call = suspendCall(suspend);
  bool refuses =
      call && call->getType()->isBooleanType() && constantResult(call->getMethodDecl()) == false;
  return !refuses && isReady(suspend) != true;
}

std::vector<const clang::FunctionDecl *>
Awaits::coroutines(const clang::CoroutineSuspendExpr &suspend) {
  std::vector<const clang::FunctionDecl *> result;
  const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(&suspend);
  if (!await)
    return result;
  for (const clang::Expr *source : sources(await->getOperand())) {
    const auto *call = llvm::dyn_cast<clang::CallExpr>(source);
    const auto *method =
        call ? llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call->getDirectCallee()) : nullptr;
    bool mayBeAnother = method && method->isVirtual();
    if (!call || !unit.isProjectCall(*call) || mayBeAnother)
      return {};
    result.push_back(call->getDirectCallee());
  }
  return result;
}

/// What `operand` may be: where it is a choice, or a variable, what these are made from.
Awaits::Expressions Awaits::sources(const clang::Expr *operand) {
  constexpr size_t Limit = 16;
  Expressions result, todo{operand};
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> seen;
  while (!todo.empty() && result.size() < Limit) {
    const clang::Expr *e = objectOf(todo.pop_back_val());
    const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(e));
    if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(e)) {
      todo.push_back(choice->getTrueExpr());
      todo.push_back(choice->getFalseExpr());
    } else if (variable && terms.owns(*variable) && seen.insert(variable).second &&
               !locals.of(variable).values.empty()) {
      llvm::append_range(todo, locals.of(variable).values);
    } else {
      result.push_back(e);
    }
  }
  return result;
}

Going Awaits::after(const clang::CoroutineSuspendExpr &suspend) {
  Going going;
  std::optional<bool> ready = isReady(suspend);
  const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(&suspend);
  if (ready == true || (await && await->isImplicit())) {
    going.mayStay = true;
    return going;
  }
  if (!await) {
    going.steps.emplace_back(); // after co_yield, whoever asks for the next value decides
    return going;
  }
  Expressions all = sources(await->getOperand());
  going.isQuiet = llvm::all_of(all, [&](const clang::Expr *source) { return isPlainHop(*source); });
  for (const clang::Expr *source : all) {
    addSource(*source, suspend, going);
    if (const auto *call = llvm::dyn_cast<clang::CallExpr>(source);
        call && unit.isProjectCall(*call))
      going.children.push_back(call->getDirectCallee());
  }
  if (going.children.size() != all.size())
    going.children.clear();
  if (llvm::any_of(going.steps,
                   [](const Going::Step &step) { return step.resumption == Resumption::Unclear; }))
    going = {false, false, {Going::Step()}, {}};
  return going;
}

void Awaits::addSource(const clang::Expr &source, const clang::CoroutineSuspendExpr &suspend,
                       Going &going) {
  if (addModelled(source, going, 0))
    return;
  const GoesOn *framework = ofFramework(function.getReturnType());
  const TypeModel *type = knownType(unit.knowledge, source.getType());
  bool isOwnResult = framework && isLibraryCall(source); // of an operation; no child of ours
  // What began when it was called may have ended when it is awaited.
  if (type && type->goesOn && !isOwnResult) {
    going.mayStay |= type->eager;
    return addStep(type->goesOn, nullptr, source, "", going);
  }
  if (!type && unit.bound.isTask(source.getType()) && leaksItsEnd(unit, source.getType())) {
    going.mayStay |= isEager(source.getType());
    going.steps.push_back({Resumption::Ended, {}, "", ""});
    return;
  }
  if (framework)
    return addStep(*framework, nullptr, source, "", going);
  addOfAwaiter(suspend, going);
}

/// Whether `source` hands over nothing but the rest of the coroutine.
bool Awaits::isPlainHop(const clang::Expr &source) {
  const auto *call = llvm::dyn_cast<clang::CallExpr>(&source);
  if (!call || !isLibraryCall(source))
    return false;
  auto models = knownCall(unit.knowledge, *call).models;
  return llvm::any_of(
             models, [](auto *model) { return !model->handOffs.empty() && !model->startsAsync; }) &&
         llvm::none_of(call->arguments(), [&](const clang::Expr *argument) {
           clang::QualType type = objectOf(argument)->getType();
           return unit.bound.isTask(type) || unit.bound.isCallable(type);
         });
}

bool Awaits::isLibraryCall(const clang::Expr &e) {
  const auto *call = llvm::dyn_cast<clang::CallExpr>(&e);
  return call && call->getDirectCallee() && !unit.isProjectCall(*call);
}

Going Awaits::ofResult(const clang::Expr &value) {
  Going going;
  const GoesOn *framework = ofFramework(function.getReturnType());
  for (const clang::Expr *source : sources(&value))
    if (!addModelled(*source, going, 0) && framework && isLibraryCall(*source))
      addStep(*framework, nullptr, *source, "", going);
  return going;
}

/// What the coroutine's own type says of all that is awaited in it.
const GoesOn *Awaits::ofFramework(clang::QualType type) {
  const TypeModel *own = knownType(unit.knowledge, type);
  return own && own->awaits ? &own->awaits : nullptr;
}

const FunctionModel *Awaits::modelOf(const clang::CallExpr &call) {
  KnownFunction known = knownCall(unit.knowledge, call);
  if (!known)
    return nullptr;
  CallParts parts = partsOf(call);
  ReceiverObject object;
  if (parts.object)
    object = {parts.object, variableOf(parts.object), objectOf(parts.object)->getType()};
  AstCall view(unit.ast, &call, parts.arguments, object, locals, guards);
  return goesOnOf(known.models, view);
}

/// Whether a model says how a coroutine goes on that awaits `e`, or something that was made with
/// it: the token of an operation.
bool Awaits::addModelled(const clang::Expr &e, Going &going, unsigned depth) {
  constexpr unsigned DepthLimit = 5;
  if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&e)) {
    if (const FunctionModel *model = modelOf(*call)) {
      // What it was given ended where it ran, or had ended before it was awaited.
      bool isElsewhere = model->goesOn.kind == GoesOn::Kind::Ended && !model->handOffs.empty();
      going.mayStay |= model->goesOn.kind == GoesOn::Kind::Ended;
      GoesOn goesOn =
          isElsewhere ? GoesOn{GoesOn::Kind::At, model->handOffs.front().on} : model->goesOn;
      addStep(goesOn, call, e, qualifiedName(*call->getDirectCallee()), going);
      return true;
    }
    if (depth == DepthLimit || !isLibraryCall(e))
      return false;
    for (const clang::Expr *argument : partsOf(*call).arguments)
      for (const clang::Expr *source : sources(argument))
        if (!unit.bound.isTask(source->getType()) && addModelled(*source, going, depth + 1))
          return true;
    return false;
  }
  const TypeModel *type = depth == 0 ? nullptr : knownType(unit.knowledge, e.getType());
  if (!type || type->goesOn.kind != GoesOn::Kind::At || type->goesOn.at.kind == RunsAt::Kind::Here)
    return false;
  addStep(type->goesOn, nullptr, e, "", going);
  return true;
}

/// `goesOn`, as it is said of `what`, or of the function that `call` calls.
void Awaits::addStep(const GoesOn &goesOn, const clang::CallExpr *call, const clang::Expr &what,
                     std::string via, Going &going) {
  if (goesOn.kind == GoesOn::Kind::Ended) {
    going.steps.push_back({Resumption::Ended, {}, "", ""});
    return;
  }
  Going::Step step{Resumption::At, {}, std::move(via), ""};
  const clang::Expr *executor = nullptr;
  CallParts parts = call ? partsOf(*call) : CallParts();
  switch (goesOn.at.kind) {
  case RunsAt::Kind::Here:
    going.mayStay = true;
    return;
  case RunsAt::Kind::Own:
    step.resumption = Resumption::Own;
    break;
  case RunsAt::Kind::Worker:
    step.where = Term::worker();
    break;
  case RunsAt::Kind::Loop:
    step.where = Term::loop(Term::current());
    break;
  case RunsAt::Kind::Later:
  case RunsAt::Kind::Home: // models do not say so of awaits
    break;
  case RunsAt::Kind::Argument:
    if (goesOn.at.index < parts.arguments.size())
      executor = parts.arguments[goesOn.at.index];
    break;
  case RunsAt::Kind::Receiver:
    executor = parts.object;
    break;
  case RunsAt::Kind::TemplateArgument:
    step.where = terms.executorOfArgument(what.getType(), goesOn.at.index);
    break;
  }
  if (executor) {
    step.where = terms.runsAt(executor);
    step.executor = sourceText(unit.ast, *executor);
  }
  if (step.where.is(Term::Kind::Own))
    step.resumption = Resumption::Own;
  going.steps.push_back(std::move(step));
}

/// An awaiter that the project wrote shows itself what it does with the handle.
void Awaits::addOfAwaiter(const clang::CoroutineSuspendExpr &suspend, Going &going) {
  const clang::CXXMemberCallExpr *call = suspendCall(suspend);
  if (!call || !unit.isProjectCall(*call)) {
    going.steps.emplace_back();
    return;
  }
  const clang::CXXMethodDecl *method = call->getMethodDecl();
  bool mayBeReady = isReady(suspend) != false;
  bool mayRefuse = method->getReturnType()->isBooleanType() && constantResult(method) != true;
  going.mayStay |= mayBeReady || mayRefuse;
  going.steps.push_back({Resumption::Handle, {}, displayName(*method), ""});
}

std::vector<Term> Awaits::tasks(const clang::Expr *operand) {
  std::vector<Term> result;
  for (const clang::Expr *source : sources(operand)) {
    const auto *call = llvm::dyn_cast<clang::CallExpr>(source);
    const FunctionModel *model = call ? modelOf(*call) : nullptr;
    if (model && !model->handOffs.empty())
      return {}; // it runs them itself
    if (model && model->goesOn.kind == GoesOn::Kind::Ended)
      for (const clang::Expr *argument : partsOf(*call).arguments)
        llvm::append_range(result, terms.tasks(argument));
  }
  llvm::append_range(result, terms.tasks(operand));
  return result;
}

} // namespace async_tidy
