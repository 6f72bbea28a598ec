#include "extract/ForgottenTasks.h"
#include "extract/Executors.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// The variable whose life ends in this body, and that `e` names; null if it is something else.
const clang::VarDecl *localIn(const clang::Expr *e) {
  const auto *reference = llvm::dyn_cast_or_null<clang::DeclRefExpr>(objectOf(e));
  const auto *variable = reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
  return variable && variable->hasLocalStorage() && !llvm::isa<clang::ParmVarDecl>(variable) &&
                 !reference->refersToEnclosingVariableOrCapture()
             ? variable
             : nullptr;
}

bool isSameType(clang::QualType a, clang::QualType b) {
  return a.getNonReferenceType().getCanonicalType().getUnqualifiedType() ==
         b.getNonReferenceType().getCanonicalType().getUnqualifiedType();
}

/// What `e` is, or is made of: `Task task{save(record)}` is the result of `save`.
const clang::Expr *valueOf(const clang::Expr *e) {
  e = objectOf(e);
  const auto *list = llvm::dyn_cast<clang::InitListExpr>(e);
  bool isAround =
      list && list->getNumInits() == 1 && isSameType(list->getType(), list->getInit(0)->getType());
  return isAround ? objectOf(list->getInit(0)) : e;
}

/// Whether `call` gets a task: its callee may start that, and give another.
bool isGivenTask(UnitContext &unit, const clang::CallExpr &call) {
  auto isTask = [&](const clang::Expr *e) { return e && unit.lazy.of(objectOf(e)->getType()); };
  CallParts parts = partsOf(call);
  return isTask(parts.object) || llvm::any_of(parts.arguments, isTask);
}

bool hasTask(llvm::ArrayRef<clang::TemplateArgument> arguments, clang::QualType task) {
  return llvm::any_of(arguments, [&](const clang::TemplateArgument &argument) {
    return argument.getKind() == clang::TemplateArgument::Type &&
           isSameType(argument.getAsType(), task);
  });
}

/// Whether `callee`, of a library, deals in tasks that others make: `std::exchange`, `queue.pop()`.
/// A library makes tasks of its own types only.
bool dealsInTasks(UnitContext &unit, const clang::FunctionDecl &callee, clang::QualType task) {
  const LazyType &type = *unit.lazy.of(task);
  llvm::StringRef owner = unit.knowledge.owner(qualifiedName(callee));
  if (!owner.empty() && owner == unit.knowledge.owner(type.name))
    return false;
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&callee);
  const auto *special = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
      method ? method->getParent() : nullptr);
  const clang::TemplateArgumentList *arguments = callee.getTemplateSpecializationArgs();
  return (special && hasTask(special->getTemplateArgs().asArray(), task)) ||
         (arguments && hasTask(arguments->asArray(), task));
}

/// Whether `call` gives a lazy task that is just made, and that nobody has begun, as far as its
/// callee's body need not be asked.
bool makesTask(UnitContext &unit, const clang::CallExpr &call) {
  if (!call.isPRValue() || !unit.lazy.of(call.getType()))
    return false;
  const clang::FunctionDecl *callee = call.getDirectCallee();
  if (!callee)
    return true;
  bool startsIt = llvm::any_of(knownCall(unit.knowledge, call).models,
                               [](const FunctionModel *model) { return model->startsTask; });
  return !startsIt && (unit.isProjectCode(*callee) || !dealsInTasks(unit, *callee, call.getType()));
}

/// The name of what `call` calls; empty if it has none.
std::string calledName(const UnitContext &unit, const clang::CallExpr &call) {
  const clang::FunctionDecl *callee = call.getDirectCallee();
  bool isObject = callee && callee->getOverloadedOperator() == clang::OO_Call;
  const clang::Expr *called = isObject ? partsOf(call).object : call.getCallee();
  if (callee && !isObject)
    return displayName(*callee);
  const auto *named = llvm::dyn_cast_or_null<clang::DeclRefExpr>(objectOf(called));
  if (!named && callee)
    return displayName(*callee);
  return sourceText(unit.ast, *called);
}

/// Calls `visit` for each part of `statement` that stands where its value is of no use.
void forEachPlainStatement(const clang::Stmt &statement,
                           llvm::function_ref<void(const clang::Stmt *)> visit) {
  if (llvm::isa<clang::CompoundStmt>(statement)) {
    for (const clang::Stmt *child : statement.children())
      visit(child);
  } else if (const auto *branch = llvm::dyn_cast<clang::IfStmt>(&statement)) {
    for (const clang::Stmt *part : {branch->getInit(), branch->getThen(), branch->getElse()})
      visit(part);
  } else if (const auto *loop = llvm::dyn_cast<clang::ForStmt>(&statement)) {
    for (const clang::Stmt *part :
         {loop->getInit(), llvm::cast_or_null<clang::Stmt>(loop->getInc()), loop->getBody()})
      visit(part);
  } else if (const auto *range = llvm::dyn_cast<clang::CXXForRangeStmt>(&statement)) {
    visit(range->getInit());
    visit(range->getBody());
  } else if (const auto *whileLoop = llvm::dyn_cast<clang::WhileStmt>(&statement)) {
    visit(whileLoop->getBody());
  } else if (const auto *doLoop = llvm::dyn_cast<clang::DoStmt>(&statement)) {
    visit(doLoop->getBody());
  } else if (const auto *choice = llvm::dyn_cast<clang::SwitchStmt>(&statement)) {
    visit(choice->getInit());
    visit(choice->getBody());
  } else if (const auto *label = llvm::dyn_cast<clang::SwitchCase>(&statement)) {
    visit(label->getSubStmt());
  } else if (const auto *named = llvm::dyn_cast<clang::LabelStmt>(&statement)) {
    visit(named->getSubStmt());
  } else if (const auto *attributed = llvm::dyn_cast<clang::AttributedStmt>(&statement)) {
    visit(attributed->getSubStmt());
  }
}

} // namespace

void ForgottenTasks::made(const clang::CallExpr &call) {
  if (makesTask(unit, call))
    tasks.insert(&call);
}

void ForgottenTasks::finish(const clang::Stmt *written) {
  if (tasks.empty() || !written)
    return;
  push(written);
  while (!todo.empty()) {
    Item item = todo.back();
    todo.pop_back();
    visit(item);
  }
  spreadUses();
  for (const auto &[variable, holder] : holders)
    if (!holder.isUsed)
      for (const clang::CallExpr *call : holder.held)
        add(*call, variable, holder.cast);
}

void ForgottenTasks::push(const clang::Stmt *statement, bool isDropped,
                          clang::SourceLocation cast) {
  if (statement)
    todo.push_back({statement, isDropped, cast});
}

void ForgottenTasks::pushChildren(const clang::Stmt &statement) {
  llvm::SmallPtrSet<const clang::Stmt *, 8> plain;
  forEachPlainStatement(statement, [&](const clang::Stmt *part) { plain.insert(part); });
  for (const clang::Stmt *child : statement.children())
    push(child, plain.contains(child));
}

void ForgottenTasks::visit(const Item &item) {
  const clang::Stmt &statement = *item.statement;
  if (isNeverEvaluated(statement))
    return;
  if (const auto *e = llvm::dyn_cast<clang::Expr>(&statement); e && item.isDropped)
    return visitDropped(*e, item);
  if (const auto *block = llvm::dyn_cast<clang::StmtExpr>(&statement)) {
    // The last expression in it is its value.
    for (const clang::Stmt *part : block->getSubStmt()->body())
      push(part, part != block->getSubStmt()->body_back());
  } else if (const auto *comma = llvm::dyn_cast<clang::BinaryOperator>(&statement);
             comma && comma->isCommaOp()) {
    push(comma->getLHS(), true);
    push(comma->getRHS());
  } else if (const auto *cast = llvm::dyn_cast<clang::ExplicitCastExpr>(&statement);
             cast && cast->getType()->isVoidType()) {
    push(cast->getSubExpr(), true, cast->getBeginLoc());
  } else if (const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(&statement)) {
    for (const clang::Decl *declaration : declarations->decls())
      if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration))
        visitDeclaration(*variable);
  } else if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&statement)) {
    if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl()))
      holders[variable].isUsed = true;
  } else {
    pushChildren(statement);
  }
}

/// An expression whose value nobody gets.
void ForgottenTasks::visitDropped(const clang::Expr &e, const Item &item) {
  if (const auto *full = llvm::dyn_cast<clang::FullExpr>(&e))
    return push(full->getSubExpr(), true, item.cast);
  if (const auto *bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(&e))
    return push(bound->getSubExpr(), true, item.cast);
  if (const auto *temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(&e))
    return push(temporary->getSubExpr(), true, item.cast);
  if (const auto *paren = llvm::dyn_cast<clang::ParenExpr>(&e))
    return push(paren->getSubExpr(), true, item.cast);
  if (const auto *implicit = llvm::dyn_cast<clang::ImplicitCastExpr>(&e))
    return push(implicit->getSubExpr(), true, item.cast);
  if (const auto *cast = llvm::dyn_cast<clang::ExplicitCastExpr>(&e);
      cast && cast->getType()->isVoidType())
    return push(cast->getSubExpr(), true, cast->getBeginLoc());
  if (const auto *block = llvm::dyn_cast<clang::StmtExpr>(&e))
    return push(block->getSubStmt());
  if (const auto *comma = llvm::dyn_cast<clang::BinaryOperator>(&e); comma && comma->isCommaOp()) {
    push(comma->getLHS(), true);
    return push(comma->getRHS(), true, item.cast);
  }
  if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(&e)) {
    push(choice->getCond());
    push(choice->getTrueExpr(), true, item.cast);
    return push(choice->getFalseExpr(), true, item.cast);
  }
  // `task;`, `(void)task;`, `std::move(task);`: none of them does anything.
  if (const clang::VarDecl *variable = localIn(&e);
      variable && !llvm::isa<clang::CXXConstructExpr>(e)) {
    if (item.cast.isValid())
      holders[variable].cast = item.cast;
    return;
  }
  if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&e); call && visitDroppedCall(*call, item))
    return;
  push(&e);
}

/// Whether what the call does with tasks is all seen.
bool ForgottenTasks::visitDroppedCall(const clang::CallExpr &call, const Item &item) {
  if (tasks.contains(&call)) {
    add(call, nullptr, item.cast);
    pushChildren(call);
    return true;
  }
  if (const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&call);
      op && op->getOperator() == clang::OO_Equal && op->getNumArgs() == 2) {
    const clang::VarDecl *target = localIn(op->getArg(0));
    return target && !target->getType()->isReferenceType() && keep(*target, *op->getArg(1));
  }
  const auto *member = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call);
  const clang::VarDecl *container =
      member && member->getMethodDecl() ? localIn(member->getImplicitObjectArgument()) : nullptr;
  if (!container || member->getNumArgs() != 1 ||
      !llvm::any_of(knownCall(unit.knowledge, call).models,
                    [](const FunctionModel *model) { return model->keeps; }))
    return false;
  return keep(*container, *member->getArg(0));
}

/// Whether all that becomes of `value` is that `holder` gets it.
bool ForgottenTasks::keep(const clang::VarDecl &holder, const clang::Expr &value) {
  const clang::Expr *object = valueOf(&value);
  if (!holdsLike(holder, object->getType()))
    return false;
  if (const clang::VarDecl *moved = localIn(object)) {
    holders[moved].movedTo.push_back(&holder);
    return true;
  }
  const auto *call = llvm::dyn_cast<clang::CallExpr>(object);
  if (!call || !tasks.contains(call))
    return false;
  holders[&holder].held.push_back(call);
  pushChildren(*call);
  return true;
}

/// Whether `holder` ends with this body, and is a `task`, or a library's container of such.
bool ForgottenTasks::holdsLike(const clang::VarDecl &holder, clang::QualType task) {
  if (!holder.hasLocalStorage() || !unit.lazy.of(task))
    return false;
  if (isSameType(holder.getType(), task))
    return true;
  const auto *special = holder.getType()->isReferenceType()
                            ? nullptr
                            : llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
                                  recordOf(holder.getType(), false));
  if (!special || !unit.knowledge.owns(qualifiedName(*special)))
    return false;
  const clang::TemplateArgument &element = special->getTemplateArgs()[0];
  return element.getKind() == clang::TemplateArgument::Type &&
         isSameType(element.getAsType(), task);
}

void ForgottenTasks::visitDeclaration(const clang::VarDecl &variable) {
  const clang::Expr *value = variable.getInit();
  bool isOne = value && !llvm::isa<clang::DecompositionDecl>(variable) &&
               isSameType(variable.getType(), objectOf(value)->getType());
  if (!isOne || !keep(variable, *value))
    push(value);
}

/// Who is moved to something that is used, is used.
void ForgottenTasks::spreadUses() {
  for (bool isNew = true; isNew;) {
    isNew = false;
    for (auto &[variable, holder] : holders)
      if (!holder.isUsed && llvm::any_of(holder.movedTo, [&](const clang::VarDecl *to) {
            auto at = holders.find(to);
            return at != holders.end() && at->second.isUsed;
          }))
        isNew = holder.isUsed = true;
  }
}

void ForgottenTasks::add(const clang::CallExpr &call, const clang::VarDecl *holder,
                         clang::SourceLocation cast) {
  const LazyType &type = *unit.lazy.of(call.getType());
  const clang::FunctionDecl *callee = call.getDirectCallee();
  bool isProjects = !callee || unit.isProjectCode(*callee);
  ForgottenTask task;
  task.place = unit.project.place(siteOf(call));
  task.maker = callee && isProjects ? unit.identity.of(*callee) : 0;
  task.isGivenTask = isProjects && isGivenTask(unit, call);
  task.name = calledName(unit, call);
  task.written = sourceText(unit.ast, call);
  task.type = type.name;
  if (type.suspends.isValid())
    task.suspends = unit.project.place(type.suspends);
  if (cast.isValid())
    task.cast = unit.project.place(cast);
  if (holder) {
    task.holder = holder->getNameAsString();
    task.holderPlace = unit.project.place(holder->getLocation());
  }
  facts.forgotten.push_back(std::move(task));
}

bool mayStart(UnitContext &unit, const clang::FunctionDecl &function, const Body &facts) {
  if (!unit.lazy.of(function.getReturnType()) || function.getReturnType()->isReferenceType())
    return false;
  auto isGiven = [&](const clang::ParmVarDecl *parameter) {
    return unit.lazy.of(parameter->getType()) != nullptr;
  };
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  bool isTasks = method && method->isInstance() &&
                 unit.lazy.of(unit.ast.getCanonicalType(method->getThisType()->getPointeeType()));
  bool isMade = false, isOther = false;
  forEachStatement(function.getBody(), [&](const clang::Stmt &at) {
    if (const auto *result = llvm::dyn_cast<clang::ReturnStmt>(&at)) {
      const clang::Expr *value = result->getRetValue() ? objectOf(result->getRetValue()) : nullptr;
      if (const clang::VarDecl *variable = localIn(value))
        value = objectOf(variable->getInit());
      const auto *call = llvm::dyn_cast_or_null<clang::CallExpr>(value);
      (call && makesTask(unit, *call) ? isMade : isOther) = true;
    }
    return !llvm::isa<clang::LambdaExpr>(at);
  });
  return isTasks || isOther || !isMade || !facts.handOffs.empty() ||
         llvm::any_of(function.parameters(), isGiven);
}

} // namespace async_tidy
