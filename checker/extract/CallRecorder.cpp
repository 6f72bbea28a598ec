#include "extract/CallRecorder.h"
#include "extract/Executors.h"
#include "extract/Expressions.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

CallRecorder::CallRecorder(UnitContext &unit, const clang::FunctionDecl &function,
                           const clang::Stmt *written, Body &facts)
    : unit(unit), facts(facts), locals(written), guards(unit.knowledge, function, written) {}

namespace {

using Arguments = llvm::SmallVector<const clang::Expr *, 8>;

ReceiverObject objectReceiver(const clang::Expr *e) {
  return {e, variableOf(e), objectOf(e)->getType()};
}

bool runsOverrider(const clang::CXXMemberCallExpr &call, const clang::CXXMethodDecl &method) {
  const auto *member = llvm::dyn_cast<clang::MemberExpr>(call.getCallee()->IgnoreParens());
  if (!method.isVirtual() || (member && member->hasQualifier()))
    return false;
  const clang::Expr *object = call.getImplicitObjectArgument();
  return !method.getDevirtualizedMethod(object, /*IsAppleKext=*/false);
}

/// Where a call is reported: at the member's or operator's name, else where it begins.
clang::SourceLocation siteOf(const clang::CallExpr &call) {
  if (llvm::isa<clang::CXXMemberCallExpr, clang::CXXOperatorCallExpr>(call))
    return call.getExprLoc();
  return call.getBeginLoc();
}

} // namespace

void CallRecorder::call(const clang::CallExpr &call, clang::SourceLocation site) {
  if (site.isInvalid())
    site = siteOf(call);
  if (llvm::isa<clang::CXXPseudoDestructorExpr>(call.getCallee()->IgnoreParenImpCasts()))
    return;
  const clang::FunctionDecl *callee = call.getDirectCallee();
  if (!callee)
    return throughValue(*call.getCallee(), site);

  Arguments arguments(call.arguments());
  Made made{callee, CallForm::Call, false, &call, {}, {}, site};
  if (const auto *member = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    const clang::CXXMethodDecl *method = member->getMethodDecl();
    made.receiver = objectReceiver(member->getImplicitObjectArgument());
    made.isVirtual = runsOverrider(*member, *method);
    if (const clang::CXXMethodDecl *final = method->getDevirtualizedMethod(
            member->getImplicitObjectArgument(), /*IsAppleKext=*/false))
      made.callee = final;
  } else if (llvm::isa<clang::CXXOperatorCallExpr>(call) &&
             llvm::isa<clang::CXXMethodDecl>(callee)) {
    const auto *method = llvm::cast<clang::CXXMethodDecl>(callee);
    if (method->isInstance()) {
      made.receiver = objectReceiver(arguments.front());
      made.isVirtual = method->isVirtual();
    }
    arguments.erase(arguments.begin());
    const TypeModel *type = knownType(unit.knowledge, made.receiver.type);
    if (type && type->callable && callee->getOverloadedOperator() == clang::OO_Call)
      return throughValue(*call.getArg(0), site);
  }
  made.arguments = arguments;
  this->made(made);
}

void CallRecorder::construction(const clang::CXXConstructExpr &construct,
                                clang::SourceLocation site) {
  Arguments arguments(construct.arguments());
  made({construct.getConstructor(),
        CallForm::Construction,
        false,
        &construct,
        arguments,
        {nullptr, nullptr, construct.getType()},
        site.isValid() ? site : construct.getLocation()});
}

void CallRecorder::inheritedConstruction(const clang::CXXInheritedCtorInitExpr &construct,
                                         clang::SourceLocation site) {
  made({construct.getConstructor(),
        CallForm::Construction,
        false,
        &construct,
        {},
        {nullptr, nullptr, construct.getType()},
        site.isValid() ? site : construct.getLocation()});
}

void CallRecorder::deletion(const clang::CXXDeleteExpr &deletion, clang::SourceLocation site) {
  const clang::CXXRecordDecl *record =
      deletion.getDestroyedType().isNull() ? nullptr : recordOf(deletion.getDestroyedType(), false);
  const clang::CXXDestructorDecl *destructor = record ? record->getDestructor() : nullptr;
  if (!destructor)
    return;
  made({destructor,
        CallForm::Destruction,
        destructor->isVirtual(),
        nullptr,
        {},
        {nullptr, nullptr, deletion.getDestroyedType()},
        site.isValid() ? site : deletion.getBeginLoc()});
}

void CallRecorder::destruction(clang::QualType type, clang::SourceLocation site,
                               ReceiverObject object) {
  type = unit.ast.getBaseElementType(type);
  object.type = type;
  const clang::CXXRecordDecl *record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || record->hasTrivialDestructor())
    return;
  if (const clang::CXXDestructorDecl *destructor = record->getDestructor())
    made({destructor, CallForm::Destruction, false, nullptr, {}, object, site});
}

void CallRecorder::throughValue(const clang::Expr &callee, clang::SourceLocation site) {
  const clang::Expr *value = callee.IgnoreParenImpCasts();
  if (const auto *member = llvm::dyn_cast<clang::BinaryOperator>(value))
    if (member->isPtrMemOp()) // (object.*pointer)()
      value = member->getRHS();
  FunctionSet targets;
  addCallables(unit.knowledge, value, locals, targets);
  if (targets.empty())
    ++facts.unknownCalls;
  for (const clang::FunctionDecl *target : targets) {
    if (unit.isProjectCode(*target))
      addInline(*target, site, CallForm::Call, "");
    else
      made({target, CallForm::Call, false, nullptr, {}, {}, site});
  }
}

void CallRecorder::made(const Made &call) {
  const clang::FunctionDecl &callee = *call.callee;
  KnownFunction known = knownFunction(
      unit.knowledge, callee, call.receiver.type.isNull() ? nullptr : recordOf(call.receiver.type));
  bool isProject = unit.isProjectCode(callee);
  if (known) {
    applyModels(call, known, isProject);
    return;
  }
  if (isProject) {
    if (!callee.isTrivial())
      add(call, unit.identity.of(callee), displayName(callee), std::nullopt);
    return;
  }
  bool isUnknown = callee.getBuiltinID() == 0 && !unit.knowledge.owns(qualifiedName(callee));
  if (isUnknown || givesCallableToUnknown(call))
    ++facts.unknownCalls;
}

void CallRecorder::applyModels(const Made &call, const KnownFunction &known, bool isProject) {
  AstCall view(unit.ast, call.expression, call.arguments, call.receiver, locals, guards);
  if (auto sink = sinkOf(known.models, view))
    add(call, 0, known.name, std::move(sink));
  if (const HandOffModel *handOff = handOffOf(known.models, view))
    applyHandOff(call, *handOff, known.name);
  bool saysIfItBlocks = false;
  for (const FunctionModel *model : known.models) {
    saysIfItBlocks |= model->describesBlocking();
    if (model->constructs != ConstructsKind::None)
      applyConstructs(call, model->constructs, known.name);
  }
  // What a model says replaces what the body would.
  if (isProject && !saysIfItBlocks)
    add(call, unit.identity.of(*call.callee), displayName(*call.callee), std::nullopt);
}

llvm::SmallVector<const clang::Expr *, 4>
CallRecorder::callableArguments(const Made &call, const HandOffModel &model) const {
  llvm::SmallVector<const clang::Expr *, 4> result;
  auto take = [&](size_t index) {
    bool isExecutor = model.on.kind == RunsAt::Kind::Argument && model.on.index == index;
    if (index < call.arguments.size() && !isExecutor)
      result.push_back(call.arguments[index]);
  };
  if (model.all)
    for (size_t i = 0; i != call.arguments.size(); ++i)
      take(i);
  for (int position : model.callables)
    take(position < 0 ? call.arguments.size() - 1 : size_t(position));
  return result;
}

void CallRecorder::applyHandOff(const Made &call, const HandOffModel &model, llvm::StringRef name) {
  HandOff handOff;
  handOff.place = unit.project.place(call.site);
  handOff.via = name.str();
  const clang::Expr *executor = nullptr;
  if (model.on.kind == RunsAt::Kind::Argument && model.on.index < call.arguments.size())
    executor = call.arguments[model.on.index];
  else if (model.on.kind == RunsAt::Kind::Receiver)
    executor = call.receiver.expression;
  if (executor) {
    handOff.where = whereRuns(unit.knowledge, executor, locals);
    handOff.executor = sourceText(unit.ast, *executor);
  } else if (model.on.kind == RunsAt::Kind::Worker || model.on.kind == RunsAt::Kind::Loop) {
    handOff.where = model.on.kind == RunsAt::Kind::Worker ? Where::Worker : Where::Loop;
  }

  for (const clang::Expr *argument : callableArguments(call, model)) {
    FunctionSet targets;
    addCallables(unit.knowledge, argument, locals, targets);
    if (model.on.kind != RunsAt::Kind::Here)
      addCalled(argument, locals, targets);
    for (const clang::FunctionDecl *target : targets) {
      if (!unit.isProjectCode(*target))
        continue;
      if (model.on.kind == RunsAt::Kind::Here) {
        addInline(*target, call.site, CallForm::Callable, name);
        continue;
      }
      handOff.target = unit.identity.of(*target);
      facts.handOffs.push_back(handOff);
    }
  }
}

void CallRecorder::applyConstructs(const Made &call, ConstructsKind kind, llvm::StringRef name) {
  const clang::TemplateArgumentList *list = nullptr;
  if (kind == ConstructsKind::TemplateArgument) {
    list = call.callee->getTemplateSpecializationArgs();
  } else if (const auto *special = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
                 call.receiver.type.isNull() ? nullptr : recordOf(call.receiver.type))) {
    list = &special->getTemplateArgs();
  }
  if (!list || list->size() == 0 || list->get(0).getKind() != clang::TemplateArgument::Type)
    return;
  const clang::CXXRecordDecl *made = list->get(0).getAsType()->getAsCXXRecordDecl();
  const clang::CXXConstructorDecl *constructor =
      made ? constructorFor(*made, call.arguments) : nullptr;
  if (constructor && unit.isProjectCode(*constructor))
    addInline(*constructor, call.site, CallForm::Construction, name);
}

void CallRecorder::add(const Made &call, EntityId callee, std::string name,
                       std::optional<Sink> sink, std::string via) {
  facts.calls.push_back({unit.project.place(call.site), call.form, call.isVirtual, callee,
                         std::move(name), std::move(sink), std::move(via)});
}

void CallRecorder::addInline(const clang::FunctionDecl &target, clang::SourceLocation site,
                             CallForm form, llvm::StringRef via) {
  unit.found.push_back(&target);
  if (target.isTrivial())
    return;
  facts.calls.push_back({unit.project.place(site), form, false, unit.identity.of(target),
                         displayName(target), std::nullopt, via.str()});
}

bool CallRecorder::givesCallableToUnknown(const Made &call) {
  return llvm::any_of(call.arguments, [&](const clang::Expr *argument) {
    const clang::CXXRecordDecl *record = recordOf(objectOf(argument)->getType(), false);
    return record && record->isLambda();
  });
}

void CallRecorder::await(const clang::Expr *operand, clang::SourceLocation site) {
  FunctionSet children;
  addCalled(operand, locals, children);
  for (const clang::FunctionDecl *child : children)
    if (unit.isProjectCode(*child))
      facts.awaits.push_back({unit.project.place(site), unit.identity.of(*child)});
}

void CallRecorder::result(const clang::Expr *value) {
  FunctionSet coroutines;
  addCalled(value, locals, coroutines);
  for (const clang::FunctionDecl *coroutine : coroutines)
    if (unit.isProjectCode(*coroutine) && returnsTask(unit.knowledge, *coroutine))
      facts.returns.push_back(unit.identity.of(*coroutine));
}

} // namespace async_tidy
