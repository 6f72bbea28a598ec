#include "extract/CallableRecorder.h"
#include "extract/Executors.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

llvm::SmallVector<size_t, 4> CallableRecorder::callableArguments(const Made &call,
                                                                 const HandOffModel &model) const {
  llvm::SmallVector<size_t, 4> result;
  auto take = [&](size_t index) {
    bool isExecutor = model.on.kind == RunsAt::Kind::Argument && model.on.index == index;
    if (index < call.arguments.size() && !isExecutor)
      result.push_back(index);
  };
  size_t written = size_t(llvm::count_if(call.arguments, [](const clang::Expr *argument) {
    return !llvm::isa<clang::CXXDefaultArgExpr>(argument);
  }));
  if (model.all)
    for (size_t i = 0; i != call.arguments.size(); ++i)
      take(i);
  for (int position : model.callables)
    take(position < 0 ? written - 1 : size_t(position));
  return result;
}

/// Whether `holder` lets go of what it has.
bool CallableRecorder::isDetached(const clang::ValueDecl &holder) const {
  return llvm::any_of(locals.of(&holder).called, [&](const clang::CallExpr *call) {
    return llvm::any_of(knownCall(unit.knowledge, *call).models,
                        [](const FunctionModel *model) { return model->detaches; });
  });
}

/// What has the thread, or the result, that `call` makes; 0 if that is not seen.
EntityId CallableRecorder::holderOf(const Made &call) const {
  const clang::ValueDecl *holder = locals.keeperOf(call.expression);
  if (holder && isDetached(*holder))
    return 0;
  // `threads.emplace_back(f)`: the container has the thread.
  if (!holder)
    holder = call.keeper;
  if (holder)
    return resourceIn(terms.seatOf(*holder));
  // `pthread_create(&thread, ...)`: C has its results written to where the first argument says.
  bool isC = call.callee->isExternC() && !call.arguments.empty();
  const auto *out =
      isC ? llvm::dyn_cast<clang::UnaryOperator>(call.arguments.front()->IgnoreParenImpCasts())
          : nullptr;
  return out && out->getOpcode() == clang::UO_AddrOf ? seatOf(*out->getSubExpr()) : 0;
}

/// A hand-off by `call`, without its target.
HandOff CallableRecorder::handOffBy(const Made &call, const HandOffModel &model,
                                    llvm::StringRef name) {
  HandOff handOff;
  handOff.holder = holderOf(call);
  handOff.place = unit.project.place(call.site);
  handOff.via = name.str();
  handOff.library = model.library.str();
  handOff.mayBeAtOnce = model.mayBeAtOnce;
  handOff.isAwaited = awaited.contains(llvm::dyn_cast_or_null<clang::CallExpr>(call.expression));
  const clang::Expr *executor = nullptr;
  if (model.on.kind == RunsAt::Kind::Argument && model.on.index < call.arguments.size())
    executor = call.arguments[model.on.index];
  else if (model.on.kind == RunsAt::Kind::Receiver)
    executor = call.receiver.expression;
  if (executor) {
    handOff.where = terms.runsAt(executor);
    handOff.executor = sourceText(unit.ast, *executor);
  } else if (model.on.kind == RunsAt::Kind::Home && model.on.index < call.arguments.size()) {
    handOff.where = terms.homeOf(call.arguments[model.on.index]);
  } else if (model.on.kind == RunsAt::Kind::Worker || model.on.kind == RunsAt::Kind::Loop) {
    handOff.where =
        model.on.kind == RunsAt::Kind::Worker ? Term::worker() : Term::loop(Term::current());
  } else if (model.on.kind == RunsAt::Kind::Here || model.on.kind == RunsAt::Kind::Own) {
    handOff.where = model.on.kind == RunsAt::Kind::Here ? Term::current() : Term::own();
  }
  return handOff;
}

void CallableRecorder::handOff(const Made &call, const HandOffModel &model, llvm::StringRef name) {
  HandOff handOff = handOffBy(call, model, name);
  givers[call.expression] = handOff.place;
  if (call.expression)
    dependences.handsOff(*call.expression);
  auto add = [&](Term target, std::vector<Term> passed) {
    if (model.isWhenDone)
      whenDone[facts.handOffs.size()] = call.receiver.expression;
    handOff.target = std::move(target);
    handOff.passed = std::move(passed);
    facts.handOffs.push_back(handOff);
  };
  if (model.receiver && call.receiver.expression) {
    for (Callable &callable : terms.callables(call.receiver.expression))
      add(std::move(callable.term), {});
    for (Term &task : terms.tasks(call.receiver.expression))
      add(std::move(task), {});
  }
  for (size_t index : callableArguments(call, model)) {
    for (Callable &callable : terms.callables(call.arguments[index])) {
      if (callable.function && !unit.isProjectCode(*callable.function))
        continue;
      if (callable.function && model.on.kind != RunsAt::Kind::Here)
        noteArguments(call, model, index, *callable.function);
      std::vector<Term> rest = model.passesRest ? restOf(call, index) : std::vector<Term>();
      bool isMember = call.arguments[index]->getType()->isMemberPointerType();
      if (model.on.kind == RunsAt::Kind::Home && isMember && callable.term.parts.empty() &&
          model.on.index < call.arguments.size())
        callable.term.parts.push_back(terms.of(call.arguments[model.on.index]));
      if (model.on.kind == RunsAt::Kind::Here)
        calledInline(std::move(callable), std::move(rest), call.site, CallForm::Callable, name);
      else
        add(std::move(callable.term), std::move(rest));
    }
    for (Term &task : terms.tasks(call.arguments[index]))
      add(std::move(task), {});
  }
}

/// Tells what `function`, argument `callable` of `call`, depends on besides what it captured.
void CallableRecorder::noteArguments(const Made &call, const HandOffModel &model, size_t callable,
                                     const clang::FunctionDecl &function) {
  if (call.receiver.expression)
    dependences.givenTo(function, *call.receiver.expression);
  for (size_t i = 0; i != call.arguments.size(); ++i)
    if (model.passesRest && i > callable)
      dependences.bound(function, *call.arguments[i]);
    else if (!model.passesRest && i != callable)
      dependences.handedOffWith(function, *call.arguments[i]);
}

/// What stands after the callable among the arguments of `call`.
std::vector<Term> CallableRecorder::restOf(const Made &call, size_t callable) {
  std::vector<Term> rest;
  for (const clang::Expr *argument : call.arguments.drop_front(callable + 1))
    rest.push_back(terms.given(argument));
  return rest;
}

void CallableRecorder::constructed(const Made &call, ConstructsKind kind, llvm::StringRef name) {
  const clang::TemplateArgumentList *list = nullptr;
  if (kind == ConstructsKind::TemplateArgument) {
    list = call.callee->getTemplateSpecializationArgs();
  } else if (const auto *special = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
                 call.receiver.type.isNull() ? nullptr : recordOf(call.receiver.type))) {
    list = &special->getTemplateArgs();
  }
  if (!list || list->size() == 0 || list->get(0).getKind() != clang::TemplateArgument::Type)
    return;
  clang::QualType type = list->get(0).getAsType();
  const clang::CXXRecordDecl *made = type->getAsCXXRecordDecl();
  if (!made)
    return;
  // `threads.emplace_back(f)` starts a thread.
  std::string ownName = qualifiedName(*made) + "::" + made->getNameAsString();
  AstCall view(unit.ast, call.expression, call.arguments, {nullptr, nullptr, type}, locals, guards);
  Made kept = call;
  kept.keeper = call.receiver.variable;
  for (const HandOffModel &model :
       handOffsOf(unit.knowledge.functions(ownName, /*isC=*/false), view))
    handOff(kept, model, ownName);
  const clang::ValueDecl *holder = locals.holderOf(call.expression);
  const clang::ValueDecl *keeper = locals.keeperOf(call.expression);
  if (!keeper)
    keeper = call.keeper;
  if (keeper && !call.arguments.empty() && unit.bound.of(type))
    terms.madeFor(*keeper, call.arguments.front());
  unit.declareConstructors(*made);
  const clang::CXXConstructorDecl *constructor = constructorFor(*made, call.arguments);
  if (!constructor || !unit.isProjectCode(*constructor))
    return;
  Call fact;
  fact.place = unit.project.place(call.site);
  fact.form = CallForm::Construction;
  fact.callee = unit.identity.of(*constructor);
  fact.name = displayName(*constructor);
  fact.via = name.str();
  Term object = holder ? Term::made(terms.seatOf(*holder)) : Term::fresh();
  fact.passed = terms.passed(constructor, std::move(object), call.arguments);
  unit.use(*constructor);
  if (!constructor->isTrivial())
    facts.calls.push_back(std::move(fact));
}

void CallableRecorder::calledInline(Callable callable, std::vector<Term> passed,
                                    clang::SourceLocation site, CallForm form,
                                    llvm::StringRef via) {
  if (callable.function) {
    unit.used.push_back(callable.function);
    if (callable.function->isTrivial())
      return;
  }
  Call fact;
  fact.place = unit.project.place(site);
  fact.form = form;
  fact.value = std::move(callable.term);
  fact.name = callable.function ? displayName(*callable.function) : "";
  fact.via = via.str();
  fact.passed = std::move(passed);
  facts.calls.push_back(std::move(fact));
}

/// The variable, member or element that `threadOrFuture`, or a pointer to it, names; 0 for others.
EntityId CallableRecorder::seatOf(const clang::Expr &threadOrFuture) const {
  const clang::Expr *e = objectOf(&threadOrFuture);
  if (const auto *address = llvm::dyn_cast<clang::UnaryOperator>(e))
    e = objectOf(address->getSubExpr());
  if (const auto *element = llvm::dyn_cast<clang::ArraySubscriptExpr>(e))
    e = objectOf(element->getBase());
  const auto *named = llvm::dyn_cast<clang::DeclRefExpr>(e);
  bool isHere = named && !named->getDecl()->getType()->isReferenceType();
  return resourceIn(isHere ? terms.seatOf(*named->getDecl()) : terms.plain(e));
}

void CallableRecorder::waitedFor(const Made &call, llvm::StringRef name) {
  const clang::Expr *thread = call.receiver.expression;
  if (!thread && !call.receiver.variable && !call.arguments.empty())
    thread = call.arguments.front();
  bool isReference = call.receiver.variable && call.receiver.variable->getType()->isReferenceType();
  EntityId id = call.receiver.variable && !isReference
                    ? resourceIn(terms.seatOf(*call.receiver.variable))
                : thread ? seatOf(*thread)
                         : 0;
  if (id == 0)
    return;
  Place place = unit.project.place(call.site);
  waits[id].push_back(place);
  if (const Variable &variable = unit.variables[id]; variable.owner == 0)
    facts.waits.push_back({place, id, name.str()});
}

/// `handOff` begins when the function of the future `before` has ended. Whether that is news.
bool CallableRecorder::follow(HandOff &handOff, const clang::Expr *before) {
  size_t known = handOff.after.size();
  auto add = [&](Place place) {
    if (place != handOff.place && !llvm::is_contained(handOff.after, place))
      handOff.after.push_back(place);
  };
  auto giver = givers.find(before->IgnoreUnlessSpelledInSource());
  EntityId holder = giver == givers.end() ? seatOf(*before) : 0;
  for (const HandOff &first : facts.handOffs)
    if (giver != givers.end() ? first.place == giver->second
                              : holder != 0 && first.holder == holder) {
      add(first.place);
      llvm::for_each(first.after, add);
    }
  return handOff.after.size() != known;
}

void CallableRecorder::finish() {
  for (HandOff &handOff : facts.handOffs)
    if (auto at = waits.find(handOff.holder); handOff.holder != 0 && at != waits.end())
      handOff.waits = at->second;
  // `run(f).then(g).then(h)`: what comes before is known when that before it is.
  // Longer chains than that nobody writes.
  bool isNews = true;
  for (int round = 0; round != 8 && std::exchange(isNews, false); ++round)
    for (auto [index, before] : whenDone) {
      HandOff &handOff = facts.handOffs[index];
      if (before)
        isNews |= follow(handOff, before);
      else
        handOff.after = {handOff.place};
    }
}

} // namespace async_tidy
