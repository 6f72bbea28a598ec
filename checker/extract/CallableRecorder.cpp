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

/// A hand-off by `call`, without its target.
HandOff CallableRecorder::handOffBy(const Made &call, const HandOffModel &model,
                                    llvm::StringRef name) {
  HandOff handOff;
  // `threads.emplace_back(f)`: the container has the thread.
  const clang::ValueDecl *holder = locals.keeperOf(call.expression);
  if (!holder && call.keeper)
    holder = call.keeper;
  if (holder)
    handOff.holder = resourceIn(terms.seatOf(*holder));
  handOff.place = unit.project.place(call.site);
  handOff.via = name.str();
  handOff.library = model.library.str();
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
  auto add = [&](Term target, std::vector<Term> passed) {
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
  unit.found.push_back(constructor);
  if (!constructor->isTrivial())
    facts.calls.push_back(std::move(fact));
}

void CallableRecorder::calledInline(Callable callable, std::vector<Term> passed,
                                    clang::SourceLocation site, CallForm form,
                                    llvm::StringRef via) {
  if (callable.function) {
    unit.found.push_back(callable.function);
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

void CallableRecorder::waitedFor(const ReceiverObject &receiver, llvm::StringRef name,
                                 clang::SourceLocation site) {
  bool isReference = receiver.variable && receiver.variable->getType()->isReferenceType();
  Term seat = isReference || (receiver.expression && !receiver.variable)
                  ? terms.plain(receiver.expression)
              : receiver.variable ? terms.seatOf(*receiver.variable)
                                  : Term();
  EntityId id = resourceIn(seat);
  if (id == 0)
    return;
  Place place = unit.project.place(site);
  waits[id].push_back(place);
  if (const Variable &variable = unit.variables[id]; variable.owner == 0)
    facts.waits.push_back({place, id, name.str()});
}

void CallableRecorder::finish() {
  for (HandOff &handOff : facts.handOffs)
    if (auto at = waits.find(handOff.holder); handOff.holder != 0 && at != waits.end())
      handOff.waits = at->second;
}

} // namespace async_tidy
