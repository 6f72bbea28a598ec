#include "extract/CallableRecorder.h"
#include "extract/Executors.h"
#include "extract/Expressions.h"
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
  if (model.all)
    for (size_t i = 0; i != call.arguments.size(); ++i)
      take(i);
  for (int position : model.callables)
    take(position < 0 ? call.arguments.size() - 1 : size_t(position));
  return result;
}

/// A hand-off by `call`, without its target.
HandOff CallableRecorder::handOffBy(const Made &call, const HandOffModel &model,
                                    llvm::StringRef name) {
  HandOff handOff;
  handOff.place = unit.project.place(call.site);
  handOff.via = name.str();
  handOff.isAwaited = awaited.contains(llvm::dyn_cast_or_null<clang::CallExpr>(call.expression));
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
  return handOff;
}

void CallableRecorder::handOff(const Made &call, const HandOffModel &model, llvm::StringRef name) {
  HandOff handOff = handOffBy(call, model, name);
  bool isInline = model.on.kind == RunsAt::Kind::Here;
  auto add = [&](const clang::FunctionDecl &target, std::vector<Term> passed) {
    handOff.target = unit.identity.of(target);
    handOff.passed = std::move(passed);
    if (const clang::ValueDecl *holder = locals.holderOf(call.expression))
      held.emplace_back(facts.handOffs.size(), holder);
    facts.handOffs.push_back(handOff);
  };
  for (size_t index : callableArguments(call, model)) {
    FunctionSet targets;
    addCallables(unit.knowledge, call.arguments[index], locals, targets);
    for (const clang::FunctionDecl *target : targets) {
      if (!unit.isProjectCode(*target))
        continue;
      if (isInline)
        calledInline(*target, call.site, CallForm::Callable, name);
      else
        add(*target, model.passesRest ? passedOn(call, index, *target) : std::vector<Term>());
    }
    CallSet tasks;
    if (!isInline)
      addCalls(call.arguments[index], locals, tasks);
    for (const clang::CallExpr *task : tasks)
      if (const clang::FunctionDecl *target = task->getDirectCallee();
          target && unit.isProjectCode(*target))
        add(*target, terms.passed(*task));
  }
}

/// What `target`, the callable among the arguments of `call`, gets of those that stand after it. A
/// member function gets its object first. Who takes more than there is gets something of the
/// library's before that (a stop_token).
std::vector<Term> CallableRecorder::passedOn(const Made &call, size_t callable,
                                             const clang::FunctionDecl &target) {
  std::vector<Term> rest;
  for (const clang::Expr *argument : call.arguments.drop_front(callable + 1))
    rest.push_back(terms.given(argument));
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&target);
  bool takesObject = method && method->isInstance() &&
                     method->getOverloadedOperator() != clang::OO_Call && !rest.empty();
  std::vector<Term> result{takesObject ? rest.front() : Term()};
  if (takesObject)
    rest.erase(rest.begin());
  if (target.getMinRequiredArguments() > rest.size())
    result.resize(1 + target.getMinRequiredArguments() - rest.size());
  llvm::append_range(result, rest);
  return result;
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
  if (const HandOffModel *model = handOffOf(unit.knowledge.functions(ownName, /*isC=*/false), view))
    handOff(call, *model, ownName);
  const clang::CXXConstructorDecl *constructor = constructorFor(*made, call.arguments);
  if (constructor && unit.isProjectCode(*constructor))
    calledInline(*constructor, call.site, CallForm::Construction, name);
}

void CallableRecorder::calledInline(const clang::FunctionDecl &target, clang::SourceLocation site,
                                    CallForm form, llvm::StringRef via) {
  unit.found.push_back(&target);
  if (target.isTrivial())
    return;
  Call fact;
  fact.place = unit.project.place(site);
  fact.form = form;
  fact.callee = unit.identity.of(target);
  fact.name = displayName(target);
  fact.via = via.str();
  if (form == CallForm::Construction)
    fact.passed.push_back(Term::fresh());
  facts.calls.push_back(std::move(fact));
}

void CallableRecorder::finish() {
  for (auto [index, holder] : held)
    if (auto at = waits.find(holder); at != waits.end())
      facts.handOffs[index].waits = at->second;
}

} // namespace async_tidy
