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
  KnownFunction known = knownMade(call);
  if (applyAnnotations(call, known))
    return;
  bool isProject = unit.isProjectCode(callee);
  if (known) {
    applyModels(call, known, isProject);
    return;
  }
  if (isProject) {
    uses.ownCall(call, displayName(callee));
    if (!callee.isTrivial())
      addProjectCall(call);
    return;
  }
  std::string name = qualifiedName(callee);
  uses.call(call, name, false, false);
  bool isUnknown = callee.getBuiltinID() == 0 && !unit.knowledge.owns(name);
  if (isUnknown || givesCallableToUnknown(call))
    ++facts.unknownCalls;
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
  if (sink && sink->tier == Tier::Wait && call.receiver.variable)
    callables.waitedFor(*call.receiver.variable, call.site);
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
  kept(call, known);
  for (const HandOffModel &handOff : handOffsOf(known.models, view))
    callables.handOff(call, handOff, known.name);
  bool saysIfItBlocks = false;
  bool isHarmless = false; // to the objects that it works on
  for (const FunctionModel *model : known.models) {
    saysIfItBlocks |= model->describesBlocking();
    isHarmless |= model->threadSafe || model->result.kind == ResultModel::Kind::Receiver;
    if (model->constructs != ConstructsKind::None)
      callables.constructed(call, model->constructs, known.name);
  }
  if (!isProject && !isHarmless)
    uses.call(call, known.name, startsAsync(known.models, view),
              awaited.contains(llvm::dyn_cast_or_null<clang::CallExpr>(call.expression)));
  // What a model says replaces what the body would.
  if (isProject && !saysIfItBlocks)
    addProjectCall(call);
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
