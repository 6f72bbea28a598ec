#include "extract/BodyWalker.h"
#include "extract/BodyHead.h"
#include "extract/Expressions.h"
#include "extract/MadeOnUse.h"
#include "extract/Promises.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

namespace {

/// The part of a body that the programmer wrote.
const clang::Stmt *writtenBody(const clang::FunctionDecl &function) {
  const clang::Stmt *body = function.getBody();
  if (const auto *coroutine = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(body))
    return coroutine->getBody();
  return body;
}

/// The type of the object that ends with the scope of `variable`: its own, or that of the temporary
/// that it extends the life of. Null if there is none.
clang::QualType typeDestroyedWith(const clang::VarDecl &variable) {
  if (!variable.getType()->isReferenceType())
    return variable.getType();
  const clang::Expr *value = variable.getInit();
  if (const auto *full = llvm::dyn_cast_or_null<clang::FullExpr>(value))
    value = full->getSubExpr();
  const auto *temporary =
      value ? llvm::dyn_cast<clang::MaterializeTemporaryExpr>(value->IgnoreImpCasts()) : nullptr;
  bool isExtended = temporary && temporary->getStorageDuration() == clang::SD_Automatic;
  return isExtended ? temporary->getType() : clang::QualType();
}

} // namespace

BodyWalker::BodyWalker(UnitContext &unit, const clang::FunctionDecl &function)
    : unit(unit), function(function), record(unit, function, writtenBody(function), facts),
      stretches(unit, facts), tasks(unit, facts) {}

Body BodyWalker::walk() {
  describe(unit, function, facts);
  for (const clang::ParmVarDecl *parameter : function.parameters())
    record.parameter(*parameter);
  if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function))
    for (const clang::CXXCtorInitializer *initializer : constructor->inits()) {
      record.member(*initializer);
      todo.push_back({initializer->getInit(), {}, Fate::Stays});
    }
  if (const auto *destructor = llvm::dyn_cast<clang::CXXDestructorDecl>(&function))
    visitMembersOf(*destructor);
  const auto *coroutine = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(function.getBody());
  if (coroutine)
    visitCoroutine(*coroutine);
  todo.push_back({writtenBody(function), {}});

  // A list and not recursion: how deep statements nest is for the source to say.
  while (!todo.empty()) {
    Item item = todo.back();
    todo.pop_back();
    if (item.statement) {
      visit(item);
      mark(item);
    }
  }
  record.finish();
  if (!coroutine)
    facts.mayStart = mayStart(unit, function, facts);
  tasks.finish(writtenBody(function));
  if (coroutine) {
    classify(*coroutine);
    stretches.finish(function, *writtenBody(function));
  }
  if (coroutine || !facts.handOffs.empty() || !facts.captures.empty())
    noteLoops();
  return std::move(facts);
}

void BodyWalker::push(const clang::Stmt *statement, const Item &from, Fate fate) {
  if (statement)
    todo.push_back({statement, from.site, fate, from.anchor, from.full, from.isWritten});
}

/// Tells from where the facts come that visiting `item` has brought.
void BodyWalker::mark(const Item &item) {
  Stretches::Origin origin;
  if (item.isWritten)
    origin.statement = item.anchor ? item.anchor : item.statement;
  // A temporary ends with what it is a part of.
  if (origin.statement && item.full && llvm::isa<clang::CXXBindTemporaryExpr>(item.statement))
    origin.statement = item.full;
  stretches.mark(origin);
}

void BodyWalker::pushChildren(const Item &item) {
  for (const clang::Stmt *child : item.statement->children())
    push(child, item);
}

/// The parts of a call or construction. What is given to it by value or as an rvalue may be moved
/// from; the object that a member operator is called on is not given.
void BodyWalker::pushArguments(const Item &item) {
  llvm::SmallPtrSet<const clang::Stmt *, 8> given;
  if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(item.statement)) {
    given.insert(construct->arg_begin(), construct->arg_end());
  } else {
    const auto *call = llvm::cast<clang::CallExpr>(item.statement);
    bool hasObject = llvm::isa<clang::CXXOperatorCallExpr>(call) &&
                     llvm::isa_and_nonnull<clang::CXXMethodDecl>(call->getCalleeDecl());
    given.insert(call->arg_begin() + (hasObject ? 1 : 0), call->arg_end());
  }
  for (const clang::Stmt *part : item.statement->children())
    push(part, item, given.contains(part) ? Fate::GivenAway : Fate::Ends);
}

void BodyWalker::visit(const Item &item) {
  const clang::Stmt &statement = *item.statement;
  if (isNeverEvaluated(statement) || visitChoice(item) || visitTransparent(item))
    return;
  if (const auto *lambda = llvm::dyn_cast<clang::LambdaExpr>(&statement)) {
    unit.found.push_back(lambda->getLambdaClass());
    for (const clang::Expr *capture : lambda->capture_inits())
      push(capture, item, Fate::Stays);
    record.captures(*lambda);
    return;
  }
  if (const auto *suspend = llvm::dyn_cast<clang::CoroutineSuspendExpr>(&statement))
    return visitAwait(*suspend, item);
  if (const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(&statement))
    return visitDeclarations(*declarations, item);
  if (const auto *coReturn = llvm::dyn_cast<clang::CoreturnStmt>(&statement)) {
    push(coReturn->getOperand(), item);
    push(coReturn->getPromiseCall(), item);
    if (coReturn->getPromiseCall())
      stretches.tells(*coReturn->getPromiseCall());
    return;
  }

  if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement)) {
    record.call(*call, item.site);
    tasks.made(*call);
  } else if (const auto *assignment = llvm::dyn_cast<clang::BinaryOperator>(&statement);
             assignment && assignment->getOpcode() == clang::BO_Assign)
    record.assignment(*assignment->getLHS(), *assignment->getRHS());
  else if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&statement))
    record.construction(*construct, item.site);
  else if (const auto *inherited = llvm::dyn_cast<clang::CXXInheritedCtorInitExpr>(&statement))
    record.inheritedConstruction(*inherited, item.site);
  else if (const auto *deletion = llvm::dyn_cast<clang::CXXDeleteExpr>(&statement))
    record.deletion(*deletion, item.site);
  else
    addNamed(statement);
  if (llvm::isa<clang::CallExpr, clang::CXXConstructExpr>(statement))
    pushArguments(item);
  else
    pushChildren(item);
}

/// A function that is named need not be called here.
void BodyWalker::addNamed(const clang::Stmt &name) {
  const clang::ValueDecl *named = nullptr;
  if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&name))
    named = reference->getDecl();
  else if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(&name))
    named = member->getMemberDecl();
  if (const auto *function = llvm::dyn_cast_or_null<clang::FunctionDecl>(named))
    unit.used.push_back(function);
}

/// Conditions whose outcome the compiler knows: only the branch that runs is visited.
bool BodyWalker::visitChoice(const Item &item) {
  if (const auto *branch = llvm::dyn_cast<clang::IfStmt>(item.statement)) {
    std::optional<bool> taken =
        branch->isConsteval() ? branch->isNegatedConsteval() : constantCondition(branch->getCond());
    if (!taken)
      return false;
    push(branch->getInit(), item);
    push(branch->getConditionVariableDeclStmt(), item);
    push(*taken ? branch->getThen() : branch->getElse(), item);
    return true;
  }
  if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(item.statement)) {
    std::optional<bool> taken = constantCondition(choice->getCond());
    if (!taken.value_or(false))
      push(choice->getFalseExpr(), item, item.fate);
    if (taken.value_or(true))
      push(choice->getTrueExpr(), item, item.fate);
    push(choice->getCond(), item);
    return true;
  }
  if (const auto *logical = llvm::dyn_cast<clang::BinaryOperator>(item.statement)) {
    if (!logical->isLogicalOp())
      return false;
    std::optional<bool> left = constantCondition(logical->getLHS());
    if (!left || *left != (logical->getOpcode() == clang::BO_LOr))
      push(logical->getRHS(), item);
    push(logical->getLHS(), item);
    return true;
  }
  return false;
}

std::optional<bool> BodyWalker::constantCondition(const clang::Expr *condition) const {
  bool value = false;
  if (!condition || condition->isValueDependent() || condition->HasSideEffects(unit.ast) ||
      !condition->EvaluateAsBooleanCondition(value, unit.ast))
    return std::nullopt;
  return value;
}

/// Expressions that only stand around another, or stand for one that is written elsewhere.
bool BodyWalker::visitTransparent(const Item &item) {
  const clang::Stmt &statement = *item.statement;
  auto inherit = [&](const clang::Stmt *inner) {
    push(inner, item, item.fate);
    return true;
  };
  if (const auto *bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(&statement)) {
    if (item.fate != Fate::Stays)
      record.destruction(
          bound->getType(), item.site.isValid() ? item.site : bound->getBeginLoc(),
          {bound->getSubExpr(), nullptr, bound->getType(), item.fate == Fate::GivenAway});
    push(bound->getSubExpr(), item);
    return true;
  }
  if (const auto *temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(&statement)) {
    Fate fate = temporary->getStorageDuration() != clang::SD_FullExpression ? Fate::Stays
                : temporary->isBoundToLvalueReference()                     ? Fate::Ends
                                                                            : item.fate;
    push(temporary->getSubExpr(), item, fate);
    return true;
  }
  if (const auto *full = llvm::dyn_cast<clang::FullExpr>(&statement)) {
    push(full->getSubExpr(), item, item.fate);
    todo.back().full = full->getSubExpr();
    return true;
  }
  if (const auto *paren = llvm::dyn_cast<clang::ParenExpr>(&statement))
    return inherit(paren->getSubExpr());
  if (const auto *cast = llvm::dyn_cast<clang::CastExpr>(&statement))
    return inherit(cast->getSubExpr());
  if (const auto *argument = llvm::dyn_cast<clang::CXXDefaultArgExpr>(&statement)) {
    todo.push_back({argument->getExpr(),
                    item.site.isValid() ? item.site : argument->getUsedLocation(), Fate::Ends,
                    item.anchor ? item.anchor : &statement, item.full, item.isWritten});
    return true;
  }
  if (const auto *member = llvm::dyn_cast<clang::CXXDefaultInitExpr>(&statement)) {
    // In a constructor the initialiser is reported where it stands, in an aggregate where it is
    // used.
    bool inConstructor = llvm::isa<clang::CXXConstructorDecl>(function);
    clang::SourceLocation site = inConstructor ? item.site : member->getUsedLocation();
    todo.push_back({member->getExpr(), item.site.isValid() ? item.site : site, Fate::Stays,
                    item.anchor ? item.anchor : &statement, item.full, item.isWritten});
    return true;
  }
  if (const auto *list = llvm::dyn_cast<clang::InitListExpr>(&statement)) {
    const clang::InitListExpr *semantic = list->isSemanticForm() ? list : list->getSemanticForm();
    for (const clang::Expr *element : (semantic ? semantic : list)->inits())
      push(element, item, Fate::Stays);
    return true;
  }
  if (const auto *result = llvm::dyn_cast<clang::ReturnStmt>(&statement)) {
    record.result(result->getRetValue());
    push(result->getRetValue(), item, Fate::Stays);
    return true;
  }
  if (const auto *made = llvm::dyn_cast<clang::CXXNewExpr>(&statement)) {
    for (const clang::Stmt *child : made->children())
      push(child, item, Fate::Stays);
    return true;
  }
  return false;
}

void BodyWalker::visitAwait(const clang::CoroutineSuspendExpr &suspend, const Item &item) {
  // The operand is part of the common expression, so that walking both would count it twice.
  push(suspend.getCommonExpr(), item);
  push(suspend.getReadyExpr(), item);
  push(suspend.getSuspendExpr(), item);
  push(suspend.getResumeExpr(), item);
  clang::SourceLocation site = item.site.isValid() ? item.site : suspend.getKeywordLoc();
  if (item.isWritten)
    if (uint32_t handle =
            stretches.await(suspend, unit.project.place(site), record.goesOn(suspend)))
      record.rest(suspend, handle);
  hasYield |= llvm::isa<clang::CoyieldExpr>(suspend);
  const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(&suspend);
  bool isImplicit = await && await->isImplicit();
  if (item.isWritten && !isImplicit)
    record.sleep(suspend, unit.project.place(site));
  if (!await || isImplicit)
    return;
  hasAwait = true;
  mark(item);
  record.await(await->getOperand(), site);
  // The task begins before the body sleeps.
  if (item.isWritten)
    stretches.mark({memberCallIn(suspend.getReadyExpr()), nullptr});
}

void BodyWalker::visitDeclarations(const clang::DeclStmt &declarations, const Item &item) {
  for (const clang::Decl *declaration : declarations.decls()) {
    if (llvm::isa<clang::TagDecl>(declaration))
      unit.found.push_back(declaration);
    const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration);
    if (!variable)
      continue;
    push(variable->getInit(), item, Fate::Stays);
    record.variable(*variable);
    mark(item);
    if (variable->hasLocalStorage() && !variable->isNRVOVariable())
      if (clang::QualType type = typeDestroyedWith(*variable); !type.isNull())
        record.destruction(type, variable->getLocation(), {nullptr, variable, type});
    stretches.mark({nullptr, variable});
  }
}

void BodyWalker::visitCoroutine(const clang::CoroutineBodyStmt &body) {
  addUsed(&body, unit.used);
  // A task that the program's own code lets begin later begins when who awaits it has slept.
  forEachStatement(body.getInitSuspendStmt(), [&](const clang::Stmt &part) {
    const auto *begin = llvm::dyn_cast<clang::CoroutineSuspendExpr>(&part);
    const clang::CXXMemberCallExpr *call = begin ? Awaits::suspendCall(*begin) : nullptr;
    facts.sleeps |= call && unit.isProjectCall(*call) && Awaits::maySleep(*begin);
    return !begin;
  });
  // What the compiler adds is reported at the coroutine's name.
  for (const clang::Stmt *part : {body.getInitSuspendStmt(), body.getFinalSuspendStmt(),
                                  body.getExceptionHandler(), body.getFallthroughHandler()})
    if (part)
      todo.push_back({part, function.getLocation(), Fate::Ends, nullptr, nullptr, false});
}

void BodyWalker::visitMembersOf(const clang::CXXDestructorDecl &destructor) {
  const clang::CXXRecordDecl &record = *destructor.getParent();
  clang::SourceLocation site = destructor.getLocation();
  for (const clang::FieldDecl *field : record.fields())
    this->record.destruction(field->getType(), site, {nullptr, field, field->getType()});
  for (const clang::CXXBaseSpecifier &base : record.bases())
    this->record.destruction(base.getType(), site, {nullptr, nullptr, base.getType()});
}

/// Where the source goes round.
void BodyWalker::noteLoops() {
  forEachStatement(writtenBody(function), [&](const clang::Stmt &statement) {
    // What the first clause of a `for` declares is not made anew each time round.
    const clang::Stmt *begin = nullptr;
    if (const auto *loop = llvm::dyn_cast<clang::ForStmt>(&statement))
      begin = loop->getCond() ? loop->getCond() : loop->getInc() ? loop->getInc() : loop->getBody();
    else if (const auto *range = llvm::dyn_cast<clang::CXXForRangeStmt>(&statement))
      begin = range->getLoopVarStmt();
    else if (llvm::isa<clang::WhileStmt, clang::DoStmt>(statement))
      begin = &statement;
    if (begin)
      facts.loops.push_back(
          {unit.project.place(begin->getBeginLoc()), unit.project.place(statement.getEndLoc())});
    return !llvm::isa<clang::LambdaExpr>(statement);
  });
}

void BodyWalker::classify(const clang::CoroutineBodyStmt &body) {
  if (const TypeModel *model = knownType(unit.knowledge, function.getReturnType());
      model && model->coroutine != CoroutineKind::None) {
    facts.framework = model->library;
    facts.isEager = model->eager;
    facts.kind = model->coroutine == CoroutineKind::Task        ? BodyKind::Task
                 : model->coroutine == CoroutineKind::Generator ? BodyKind::Generator
                                                                : BodyKind::AsyncGenerator;
    return;
  }
  facts.isEager = isEager(function.getReturnType());
  // Of an unknown type: a coroutine that only yields is driven by whoever asks for the next value.
  facts.kind = hasYield && !hasAwait ? BodyKind::Generator : BodyKind::Task;
}

} // namespace async_tidy
