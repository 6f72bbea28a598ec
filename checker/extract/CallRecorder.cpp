#include "extract/CallRecorder.h"
#include "extract/Expressions.h"
#include "extract/Promises.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

CallRecorder::CallRecorder(UnitContext &unit, const clang::FunctionDecl &function,
                           const clang::Stmt *written, Body &facts)
    : unit(unit), function(function), written(written), facts(facts), locals(written), locks(unit),
      guards(unit.knowledge, function, written), parameters(function, written),
      terms(unit, function, locals, facts), uses(unit, terms, facts),
      awaits(unit, function, locals, guards, terms), held(unit, function, written, locals),
      dependences(unit, function, written, locals, terms, facts),
      callables(unit, locals, guards, terms, awaited, dependences, facts) {}

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

} // namespace

void CallRecorder::call(const clang::CallExpr &call, clang::SourceLocation site) {
  if (site.isInvalid())
    site = siteOf(call);
  if (llvm::isa<clang::CXXPseudoDestructorExpr>(call.getCallee()->IgnoreParenImpCasts()))
    return;
  dependences.call(call);
  const clang::FunctionDecl *callee = call.getDirectCallee();
  if (!callee)
    return throughValue(*call.getCallee(), partsOf(call).arguments, site);

  if (const auto *member = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call))
    advance(*member, site);
  if (const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&call);
      op && op->getOperator() == clang::OO_Equal && op->getNumArgs() == 2)
    assignment(*op->getArg(0), *op->getArg(1));
  CallParts parts = partsOf(call);
  Made made{callee, CallForm::Call, false, &call, parts.arguments, {}, site};
  if (const auto *member = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    // The member call does not know its method in `(object.*&Class::method)()`.
    const auto *method = llvm::cast<clang::CXXMethodDecl>(callee);
    made.receiver = objectReceiver(member->getImplicitObjectArgument());
    made.isVirtual = runsOverrider(*member, *method);
    if (const clang::CXXMethodDecl *final = method->getDevirtualizedMethod(
            member->getImplicitObjectArgument(), /*IsAppleKext=*/false))
      made.callee = final;
  } else if (parts.object) {
    const auto *method = llvm::cast<clang::CXXMethodDecl>(callee);
    if (method->isInstance()) {
      made.receiver = objectReceiver(parts.object);
      made.isVirtual = method->isVirtual();
    }
    const TypeModel *type = knownType(unit.knowledge, made.receiver.type);
    bool isGiven = onlyLambda(parts.object->getType()) && !isOwnLambda(*parts.object);
    if (((type && type->callable) || isGiven) && callee->getOverloadedOperator() == clang::OO_Call)
      return throughValue(*call.getArg(0), parts.arguments, site);
  }
  this->made(made);
}

void CallRecorder::construction(const clang::CXXConstructExpr &construct,
                                clang::SourceLocation site) {
  Arguments arguments(construct.arguments());
  constructed(construct, arguments, site.isValid() ? site : construct.getLocation());
}

void CallRecorder::inheritedConstruction(const clang::CXXInheritedCtorInitExpr &construct,
                                         clang::SourceLocation site) {
  constructed(construct, {}, site.isValid() ? site : construct.getLocation());
}

template <class Expression>
void CallRecorder::constructed(const Expression &e, llvm::ArrayRef<const clang::Expr *> arguments,
                               clang::SourceLocation site) {
  ReceiverObject object{nullptr, nullptr, e.getType()};
  made({e.getConstructor(), CallForm::Construction, false, &e, arguments, object, site});
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
  llvm::SmallVector<clang::QualType, 4> todo{type};
  while (!todo.empty()) {
    object.type = unit.ast.getBaseElementType(todo.pop_back_val());
    const clang::CXXRecordDecl *record = object.type->getAsCXXRecordDecl();
    if (!record || !record->hasDefinition() || record->hasTrivialDestructor())
      continue;
    const clang::CXXDestructorDecl *destructor = record->getDestructor();
    if (record->isLambda()) {
      // Nobody has written that of a lambda, and the compiler may not have made it yet.
      object.expression = nullptr;
      object.variable = nullptr;
      for (const clang::FieldDecl *captured : record->fields())
        todo.push_back(captured->getType());
    } else if (destructor) {
      made({destructor, CallForm::Destruction, false, nullptr, {}, object, site});
    }
  }
}

/// Whether this body shows what the lambda `e` is.
bool CallRecorder::isOwnLambda(const clang::Expr &e) {
  return llvm::any_of(terms.callables(&e), [](const Callable &c) { return c.function; });
}

/// What calls `callee` with `arguments`, whose value decides what runs.
void CallRecorder::throughValue(const clang::Expr &callee,
                                llvm::ArrayRef<const clang::Expr *> arguments,
                                clang::SourceLocation site) {
  const clang::Expr *value = callee.IgnoreParenImpCasts();
  std::vector<Term> passed = terms.passed(nullptr, {}, arguments);
  if (!passed.empty())
    passed.erase(passed.begin()); // no object
  if (const auto *member = llvm::dyn_cast<clang::BinaryOperator>(value);
      member && member->isPtrMemOp()) { // (object.*pointer)()
    value = member->getRHS();
    passed.insert(passed.begin(), terms.of(member->getLHS()));
  }
  std::vector<Callable> targets = terms.callables(value);
  if (targets.empty())
    ++facts.unknownCalls;
  for (Callable &target : targets) {
    if (target.function && !unit.isProjectCode(*target.function))
      made({target.function, CallForm::Call, false, nullptr, {}, {}, site});
    else
      callables.calledInline(std::move(target), passed, site, CallForm::Call, "");
  }
}

/// Asking a generator for its next value runs its body. What cannot change it does not ask.
void CallRecorder::advance(const clang::CXXMemberCallExpr &call, clang::SourceLocation site) {
  const clang::Expr *object = call.getImplicitObjectArgument();
  const clang::CXXMethodDecl *method = call.getMethodDecl();
  if (!object || !method || method->isConst() || !unit.bound.isTask(objectOf(object)->getType()) ||
      (unit.isProjectCode(*method) && !resumes(unit, *method))) // a library's generator does
    return;
  Call fact;
  fact.place = unit.project.place(site);
  fact.form = CallForm::Advance;
  fact.value = terms.of(object);
  if (!isNothing(fact.value))
    facts.calls.push_back(std::move(fact));
}

void CallRecorder::assignment(const clang::Expr &target, const clang::Expr &value) {
  bool isMade = llvm::isa<clang::CXXNewExpr>(objectOf(&value)) && unit.bound.of(target.getType());
  if (isMade || unit.bound.isValue(target.getType()) ||
      llvm::isa<clang::InitListExpr>(objectOf(&value)))
    terms.store(terms.seat(&target), target.getType(), &value);
  if (!isNull(unit.ast, value))
    uses.made(target, value.getBeginLoc());
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(objectOf(&target)))
    terms.member(*member, value);
}

void CallRecorder::member(const clang::CXXCtorInitializer &initializer) {
  const clang::FieldDecl *field = initializer.getAnyMember();
  const clang::Expr *value = initializer.getInit();
  if (!field || !value)
    return;
  members[objectOf(value)] = field;
  if (unit.bound.matters(field->getType()) || llvm::isa<clang::InitListExpr>(objectOf(value)))
    terms.store(terms.seatOf(*field), field->getType(), value);
  if (!isNull(unit.ast, *value))
    uses.made(*field, initializer.getSourceLocation());
}

void CallRecorder::finish() {
  callables.finish();
  dependences.finish(awaited);
  locks.finish(written, facts);
  held.finish(facts);
}

void CallRecorder::add(const Made &call, Call fact) {
  fact.place = unit.project.place(call.site);
  fact.form = call.form;
  fact.isVirtual = call.isVirtual;
  if (call.expression)
    fact.onlyIf = parameters.at(*call.expression);
  facts.calls.push_back(std::move(fact));
}

void CallRecorder::addProjectCall(const Made &call) {
  Call fact;
  fact.callee = unit.identity.of(*call.callee);
  fact.name = displayName(*call.callee);
  fact.passed = terms.passed(call.callee, calledOn(call), call.arguments);
  fact.gives = parameters.given(*call.callee, call.arguments);
  if (auto rest = rests.find(call.expression); rest != rests.end()) {
    fact.passed.resize(std::max<size_t>(fact.passed.size(), 2));
    fact.passed[1] = Term::rest(facts.id, rest->second);
  }
  add(call, std::move(fact));
}

/// The object that the callee works on.
Term CallRecorder::calledOn(const Made &call) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(call.callee);
  if (!method || !method->isInstance())
    return {};
  if (const auto *construct = llvm::dyn_cast_or_null<clang::CXXConstructExpr>(call.expression);
      construct && call.form == CallForm::Construction) {
    if (construct->getConstructionKind() != clang::CXXConstructionKind::Complete)
      return terms.self();
    const clang::ValueDecl *holder = locals.holderOf(construct);
    if (auto member = members.find(construct); member != members.end())
      holder = member->second;
    return holder ? Term::made(terms.seatOf(*holder)) : Term::fresh();
  }
  if (call.form == CallForm::Construction)
    return terms.self(); // an inherited constructor
  if (call.receiver.expression)
    return terms.of(call.receiver.expression);
  if (call.receiver.variable)
    return terms.of(*call.receiver.variable);
  // A base's destructor.
  return call.form == CallForm::Destruction && llvm::isa<clang::CXXDestructorDecl>(function)
             ? terms.self()
             : Term();
}

bool CallRecorder::givesCallableToUnknown(const Made &call) {
  return llvm::any_of(call.arguments, [&](const clang::Expr *argument) {
    const clang::CXXRecordDecl *record = recordOf(objectOf(argument)->getType(), false);
    return record && record->isLambda();
  });
}

void CallRecorder::await(const clang::Expr *operand, clang::SourceLocation site) {
  CallSet calls;
  addCalls(operand, locals, calls);
  for (const clang::CallExpr *call : calls)
    awaited.insert(call);
  for (Term &task : awaits.tasks(operand))
    facts.awaits.push_back({unit.project.place(site), std::move(task), {}});
}

void CallRecorder::sleep(const clang::CoroutineSuspendExpr &suspend, Place place) {
  if (!Awaits::maySleep(suspend))
    return;
  std::vector<EntityId> children;
  for (const clang::FunctionDecl *child : awaits.coroutines(suspend))
    children.push_back(unit.identity.of(*child));
  held.sleeps(suspend, place, std::move(children));
}

void CallRecorder::rest(const clang::CoroutineSuspendExpr &suspend, uint32_t stretch) {
  if (const clang::CXXMemberCallExpr *call = Awaits::suspendCall(suspend))
    rests[call] = stretch;
}

void CallRecorder::result(const clang::Expr *value) {
  clang::QualType type = function.getReturnType();
  CallSet calls;
  addCalls(value, locals, calls);
  for (const clang::CallExpr *call : calls)
    if (const clang::FunctionDecl *coroutine = call->getDirectCallee();
        coroutine && unit.isProjectCode(*coroutine) && returnsTask(unit.knowledge, *coroutine))
      facts.returns.push_back({unit.identity.of(*coroutine), terms.passed(*call)});
  if (value && unit.bound.isTask(type))
    for (Going::Step &step : awaits.ofResult(*value).steps)
      facts.goesOn.push_back({{},
                              step.resumption,
                              std::move(step.where),
                              std::move(step.via),
                              std::move(step.executor),
                              {}});
  // The coroutine whose handle an awaiter returns goes on at once.
  const TypeModel *handle = knownType(unit.knowledge, type);
  if (value && handle && handle->callable && function.getDeclName().isIdentifier() &&
      function.getName() == "await_suspend")
    for (Callable &target : terms.callables(value))
      callables.calledInline(std::move(target), {}, value->getBeginLoc(), CallForm::Resume, "");
  bool isThing = unit.bound.refers(type) != Refers::No && unit.bound.leads(type);
  if (value && (isThing || unit.bound.isExecutor(type) || unit.bound.isCallable(type)) &&
      !isNull(unit.ast, *value))
    facts.gives.push_back(terms.of(value));
  else if (Term object = value && unit.bound.leads(type) ? terms.of(value) : Term();
           object.is(Term::Kind::Object))
    facts.gives.push_back(std::move(object));
}

} // namespace async_tidy
