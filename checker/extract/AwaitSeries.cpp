#include "extract/AwaitSeries.h"
#include "extract/Callables.h"
#include "extract/Executors.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

const clang::CoawaitExpr *awaitOf(const clang::Expr *e) {
  return llvm::dyn_cast_or_null<clang::CoawaitExpr>(originOf(e));
}

void forEachOutsideLambdas(const clang::Stmt *root,
                           llvm::function_ref<void(const clang::Stmt &)> visit) {
  std::vector<const clang::Stmt *> todo{root};
  while (!todo.empty()) {
    const clang::Stmt *at = todo.back();
    todo.pop_back();
    if (!at)
      continue;
    visit(*at);
    if (const auto *lambda = llvm::dyn_cast<clang::LambdaExpr>(at))
      llvm::append_range(todo, lambda->capture_inits());
    else if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(at))
      todo.push_back(await->getOperand()); // and not what the compiler makes of it
    else
      llvm::append_range(todo, at->children());
  }
}

bool mentions(const clang::Stmt *code,
              const llvm::SmallPtrSetImpl<const clang::ValueDecl *> &variables) {
  bool found = false;
  forEachStatement(code, [&](const clang::Stmt &part) {
    const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&part);
    const auto *binding =
        reference ? llvm::dyn_cast<clang::BindingDecl>(reference->getDecl()) : nullptr;
    found |= reference && (variables.contains(reference->getDecl()) ||
                           (binding && variables.contains(binding->getDecomposedDecl())));
    return !found;
  });
  return found;
}

namespace {

llvm::StringRef lastPart(llvm::StringRef name) {
  size_t end = name.rfind("::");
  return end == llvm::StringRef::npos ? name : name.drop_front(end + 2);
}

/// Whether what `lambda` gets are copies.
bool capturesByValue(const clang::LambdaExpr &lambda) {
  return llvm::none_of(lambda.captures(), [](const clang::LambdaCapture &capture) {
    return capture.getCaptureKind() == clang::LCK_ByRef ||
           capture.getCaptureKind() == clang::LCK_This;
  });
}

/// What `call`, of a library's function that `handOff` describes, runs on an executor where several
/// things run at the same time.
AwaitedOperation handedOff(UnitContext &unit, const clang::CallExpr &call,
                           const HandOffModel &handOff, const KnownFunction &known) {
  CallParts parts = partsOf(call);
  AwaitedOperation result;
  const clang::Expr *executor = nullptr;
  if (handOff.on.kind == RunsAt::Kind::Receiver)
    executor = parts.object;
  else if (handOff.on.kind == RunsAt::Kind::Argument && handOff.on.index < parts.arguments.size())
    executor = parts.arguments[handOff.on.index];
  else if (handOff.on.kind != RunsAt::Kind::Worker)
    return result;
  const TypeModel *model =
      executor ? unit.bound.executorModel(objectOf(executor)->getType()) : nullptr;
  if (executor && (!model || model->serial))
    return result;
  for (const clang::Expr *argument : parts.arguments) {
    const clang::Expr *e = objectOf(argument);
    const auto *task = llvm::dyn_cast<clang::CallExpr>(e);
    if (const auto *lambda = llvm::dyn_cast<clang::LambdaExpr>(e)) {
      if (!capturesByValue(*lambda))
        return {};
      result.name = "lambda";
    } else if (task && unit.bound.isTask(e->getType()) && unit.isProjectCall(*task)) {
      result.name = displayName(*task->getDirectCallee());
    }
  }
  if (result.name.empty())
    return result;
  result.kind = AwaitedOperation::Kind::Runs;
  result.via = lastPart(known.name).str();
  if (executor)
    result.executor = sourceText(unit.ast, *executor);
  return result;
}

} // namespace

AwaitedOperation awaitedOperation(UnitContext &unit, const clang::CoawaitExpr &await) {
  using Kind = AwaitedOperation::Kind;
  const clang::Expr *operand = objectOf(await.getOperand());
  const TypeModel *type = knownType(unit.knowledge, operand->getType());
  if (type && type->runs)
    return {Kind::Nothing, "", "", ""};
  const auto *call = llvm::dyn_cast<clang::CallExpr>(operand);
  const clang::FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  if (!callee)
    return {};
  if (unit.isProjectCode(*callee))
    return returnsTask(unit.knowledge, *callee)
               ? AwaitedOperation{Kind::Runs, displayName(*callee), "", ""}
               : AwaitedOperation();
  KnownFunction known = knownCall(unit.knowledge, *call);
  for (const FunctionModel *model : known.models)
    if (!model->handOffs.empty() && !model->startsAsync) // what starts one only gets a handler
      return handedOff(unit, *call, model->handOffs.front(), known);
  if (llvm::any_of(known.models, [](auto *model) { return bool(model->goesOn); }))
    return {}; // it only leads elsewhere, or awaits what it is given
  return {Kind::Runs, displayName(*callee), "", ""};
}

std::vector<AwaitSeries> awaitSeries(UnitContext &unit, Isolations &isolations,
                                     const clang::FunctionDecl &function) {
  std::vector<AwaitSeries> loops, statements;
  std::vector<std::pair<Place, Place>> covered;
  const auto *body = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(function.getBody());
  forEachOutsideLambdas(body ? body->getBody() : nullptr, [&](const clang::Stmt &part) {
    if (const auto *block = llvm::dyn_cast<clang::CompoundStmt>(&part))
      addSeriesOfStatements(unit, isolations, *block, statements);
    if (!llvm::isa<clang::ForStmt, clang::CXXForRangeStmt>(part))
      return;
    if (auto series = seriesOfLoop(unit, isolations, function, part)) {
      covered.emplace_back(series->loop, unit.project.place(part.getEndLoc()));
      // Of loops in each other, the inner one is told.
      llvm::erase_if(loops, [&](const AwaitSeries &outer) { return outer.place == series->place; });
      loops.push_back(std::move(*series));
    }
  });
  for (AwaitSeries &series : statements)
    if (llvm::none_of(covered, [&](const auto &loop) {
          return loop.first <= series.place && series.place <= loop.second;
        }))
      loops.push_back(std::move(series));
  return loops;
}

} // namespace async_tidy
