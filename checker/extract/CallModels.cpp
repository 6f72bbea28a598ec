// What annotations and models say of the calls that CallRecorder sees.
#include "extract/CallRecorder.h"
#include "extract/Expressions.h"
#include "knowledge/Pages.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// What the code says of `call`'s callee itself. Whether that replaces what its body does.
bool CallRecorder::applyAnnotations(const Made &call, const KnownFunction &known) {
  const clang::FunctionDecl &callee = *call.callee;
  auto isSaidByProject = [&](auto says) {
    return llvm::any_of(known.models, [&](const FunctionModel *model) {
      return model->source.origin == Origin::Project && says(*model);
    });
  };
  if (isSaidByProject([](const FunctionModel &model) { return !model.handOffs.empty(); }))
    return false;
  for (const clang::ParmVarDecl *parameter : callee.parameters())
    if (auto where = unit.annotations.called(*parameter)) {
      HandOffModel model;
      int position = int(parameter->getFunctionScopeIndex());
      model.callables = position;
      model.on.kind = *where == Where::Here   ? RunsAt::Kind::Here
                      : *where == Where::Loop ? RunsAt::Kind::Loop
                                              : RunsAt::Kind::Worker;
      callables.handOff(call, model, displayName(callee));
    }
  const Annotations::Words &said = unit.annotations.of(callee);
  if (!said.blocks ||
      isSaidByProject([](const FunctionModel &model) { return model.describesBlocking(); }))
    return false;
  Call fact;
  fact.name = displayName(callee);
  fact.sink = Sink{*said.blocks, true, "", ""};
  add(call, std::move(fact));
  return true;
}

KnownFunction CallRecorder::knownMade(const Made &call) const {
  if (const auto *op = llvm::dyn_cast_or_null<clang::CXXOperatorCallExpr>(call.expression))
    return knownCall(unit.knowledge, *op);
  return knownFunction(unit.knowledge, *call.callee,
                       call.receiver.type.isNull() ? nullptr : recordOf(call.receiver.type));
}

void CallRecorder::made(const Made &call) {
  const clang::FunctionDecl &callee = *call.callee;
  unit.used.push_back(&callee);
  KnownFunction known = knownMade(call);
  if (applyAnnotations(call, known))
    return;
  bool isProject = unit.isProjectCode(callee);
  if (known) {
    applyModels(call, known, isProject);
    return;
  }
  if (isProject) {
    ownLock(call);
    uses.ownCall(call, displayName(callee));
    if (!callee.isTrivial())
      addProjectCall(call);
    return;
  }
  std::string name = qualifiedName(callee);
  uses.call(call, name, false, false);
  bool isBuiltin = callee.getBuiltinID() != 0;
  bool isUnknown = !isBuiltin && !unit.knowledge.owns(name);
  if (isUnknown || (!isBuiltin && givesCallableToUnknown(call)))
    ++facts.unknownCalls;
  if (isUnknown && call.expression)
    dependences.unknown(*call.expression);
}

/// How `call` blocks, as models say, or packs and no annotation.
std::optional<Sink> CallRecorder::sinkOf(const Made &call, const KnownFunction &known,
                                         CallView &view) {
  const FunctionModel *model = blockingOf(known.models, view);
  if (!model ||
      (model->source.origin != Origin::Project && unit.annotations.of(*call.callee).isNonBlocking))
    return std::nullopt;
  return Sink{*model->blocks, model->sure, model->instead.str(),
              pageOf(model->source, known.entry)};
}

void CallRecorder::applyModels(const Made &call, const KnownFunction &known, bool isProject) {
  AstCall view(unit.ast, call.expression, call.arguments, call.receiver, locals, guards);
  std::optional<Sink> sink = sinkOf(call, known, view);
  bool runsLoop =
      llvm::any_of(known.models, [](const FunctionModel *model) { return model->runsLoop; });
  // To assign another thread waits for the one that was there before.
  bool isAssignment = call.callee->getOverloadedOperator() == clang::OO_Equal;
  if (sink && sink->tier == Tier::Wait && !isAssignment)
    callables.waitedFor(call, known.name);
  lock(call, known, view);
  homes(call, known, view);
  if (sink || runsLoop) {
    Call fact;
    fact.name = known.name;
    fact.sink = std::move(sink);
    fact.runsLoop = runsLoop;
    if (runsLoop && call.receiver.expression)
      fact.passed.push_back(terms.runsAt(call.receiver.expression));
    add(call, std::move(fact));
  }
  if (llvm::any_of(known.models, [](auto *model) { return model->resumes; }))
    resumed(call);
  if (llvm::any_of(known.models, [](auto *model) { return model->suspends; }) && call.expression)
    dependences.suspends(*call.expression);
  kept(call, known);
  for (const HandOffModel &handOff : handOffsOf(known.models, view))
    callables.handOff(call, handOff, known.name);
  bool saysIfItBlocks = false;
  bool isHarmless = false; // to the objects that it works on
  for (const FunctionModel *model : known.models) {
    saysIfItBlocks |= model->describesBlocking();
    isHarmless |= (model->threadSafe && fits(*model, view)) ||
                  model->result.kind == ResultModel::Kind::Receiver;
    if (model->constructs != ConstructsKind::None) {
      Made kept = call;
      if (auto member = members.find(call.expression); member != members.end())
        kept.keeper = member->second;
      callables.constructed(kept, model->constructs, known.name);
    }
  }
  for (const FunctionModel *model : known.models)
    if (model->worksOn && !isHarmless)
      uses.worksOn(call, model->worksOn, known.name);
  if (!isProject && !isHarmless)
    uses.call(call, known.name, startsAsync(known.models, view),
              awaited.contains(llvm::dyn_cast_or_null<clang::CallExpr>(call.expression)));
  // What a model says replaces what the body would.
  if (isProject && !saysIfItBlocks)
    addProjectCall(call);
}

/// Locks that `call` takes or gives back.
void CallRecorder::lock(const Made &call, const KnownFunction &known, CallView &view) {
  bool unlocks = llvm::any_of(known.models, [](auto *model) { return model->unlocks; });
  if (unlocks)
    held.givenBack(call);
  else if (LocksKind how = locksOf(known.models, view); how != LocksKind::No)
    held.taken(call, how);
  bool takes = llvm::any_of(known.models, [](auto *m) { return m->blocks == Tier::Lock; });
  if (!(takes || unlocks) || !call.expression)
    return;
  auto mutex = [&](const clang::Expr *e) { return e ? resourceIn(terms.seat(e)) : 0; };
  const clang::ValueDecl *guard = call.form == CallForm::Construction
                                      ? locals.holderOf(call.expression)
                                      : call.receiver.variable;
  if (unlocks) {
    const clang::Expr *of = call.receiver.expression ? call.receiver.expression
                            : call.arguments.empty() ? nullptr
                                                     : call.arguments.front();
    locks.givenBack(*call.expression, mutex(of), guard);
  } else if (call.receiver.expression) {
    // Who tries, and asks whether it has it, has it in a branch only.
    if (call.callee->getReturnType()->isVoidType())
      if (EntityId id = mutex(call.receiver.expression))
        locks.taken(*call.expression, id, nullptr);
  } else if (call.form == CallForm::Call || guard) {
    for (const clang::Expr *argument : call.arguments)
      if (EntityId id = mutex(argument))
        locks.taken(*call.expression, id, guard);
  }
}

/// The lock that an object of a class of the project's own holds as long as it lives.
void CallRecorder::ownLock(const Made &call) {
  const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(call.callee);
  const clang::ValueDecl *guard =
      constructor && call.expression ? locals.holderOf(call.expression) : nullptr;
  GuardClasses::Held found = guard ? unit.guards.heldBy(*constructor) : GuardClasses::Held();
  EntityId mutex = 0;
  std::string name;
  if (found.mutex) {
    mutex = resourceIn(terms.seatOf(*found.mutex));
    name = found.mutex->getNameAsString();
  } else if (found.argument && *found.argument < call.arguments.size()) {
    const clang::Expr *argument = call.arguments[*found.argument];
    mutex = resourceIn(terms.seat(argument));
    name = held.nameOf(*argument);
  }
  if (mutex != 0)
    locks.taken(*call.expression, mutex, guard);
  if (found)
    held.takenBy(call, *guard, std::move(name));
}

/// What models say of where the object lives that `call` works on, and of what it makes.
void CallRecorder::homes(const Made &call, const KnownFunction &known, CallView &view) {
  for (const FunctionModel *model : known.models) {
    if (model->wakesLoop)
      facts.wakes.push_back({unit.project.place(call.site), known.name});
    if (model->movesTo && *model->movesTo < call.arguments.size() && call.receiver.expression)
      terms.moved(*call.receiver.expression, *call.arguments[*model->movesTo]);
    if (model->makes && fits(*model, view))
      uses.madeBy(call, model->makes, known.name);
  }
}

/// `handle.resume()`.
void CallRecorder::resumed(const Made &call) {
  if (!call.receiver.expression)
    return;
  for (Callable &target : terms.callables(call.receiver.expression))
    callables.calledInline(std::move(target), {}, call.site, CallForm::Resume, "");
}

/// What a container, or another variable, keeps from now on.
void CallRecorder::kept(const Made &call, const KnownFunction &known) {
  bool keeps = llvm::any_of(known.models, [](auto *model) { return model->keeps; });
  bool exchanges = llvm::any_of(known.models, [](auto *model) { return model->exchanges; });
  bool constructs = llvm::any_of(
      known.models, [](auto *model) { return model->constructs == ConstructsKind::Element; });
  if ((keeps || constructs) && call.receiver.expression)
    uses.made(*call.receiver.expression, call.site);
  const clang::Expr *first = call.receiver.expression;
  llvm::ArrayRef<const clang::Expr *> rest = call.arguments;
  if (exchanges && !first && !rest.empty()) {
    first = rest.front();
    rest = rest.drop_front();
  }
  if (!first || rest.empty())
    return;
  if (keeps)
    for (const clang::Expr *argument : rest)
      terms.keep(*first, *argument);
  if (exchanges) {
    terms.keep(*first, *rest.front());
    terms.keep(*rest.front(), *first);
  }
}

} // namespace async_tidy
