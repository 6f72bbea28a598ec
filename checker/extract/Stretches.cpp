#include "extract/Stretches.h"
#include "extract/Expressions.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// More than hand-written coroutines ever have. What comes then shares stretches, which are run
/// wherever one of its awaits leads.
constexpr size_t StretchLimit = 128;

uint32_t Stretches::await(const clang::CoroutineSuspendExpr &suspend, Place place,
                          const Going &going) {
  for (const clang::Expr *part :
       {suspend.getCommonExpr(), suspend.getReadyExpr(), suspend.getSuspendExpr()})
    forEachStatement(part, [&](const clang::Stmt &at) {
      parts.insert(&at);
      return !llvm::isa<clang::OpaqueValueExpr>(at);
    });
  if (going.isQuiet)
    parts.insert(memberCallIn(suspend.getResumeExpr()));
  FlowAwait await;
  await.expression = &suspend;
  for (const clang::FunctionDecl *child : going.children)
    await.what = std::max(await.what, thrownFrom(*child, 0));
  bool isTask = llvm::any_of(going.steps,
                             [](const auto &step) { return step.resumption == Resumption::Ended; });
  if (isTask && going.children.empty())
    await.what = Thrown::Anything;
  await.mayStay = going.mayStay;
  uint32_t handle = 0;
  for (const Going::Step &step : going.steps) {
    if (step.resumption == Resumption::Unclear) {
      await.isUnclear = true;
      unclear.push_back(place);
      continue;
    }
    uint32_t stretch = number(step, place);
    await.next.push_back(stretch);
    if (step.resumption == Resumption::Handle)
      handle = stretch;
    if (step.resumption == Resumption::Ended) {
      Going::Step threw = step;
      threw.resumption = Resumption::Threw;
      await.threw.push_back(number(threw, place));
    }
  }
  for (const std::vector<uint32_t> *list : {&await.next, &await.threw})
    for (uint32_t stretch : *list)
      beginsIn[stretch - 1].push_back(uint32_t(awaits.size()));
  awaits.push_back(std::move(await));
  return handle;
}

/// The stretch that begins with `step`. What leads to an executor that is known leads to one
/// stretch, wherever it stands.
uint32_t Stretches::number(Going::Step step, Place place) {
  bool isShared = step.resumption == Resumption::At || step.resumption == Resumption::Own;
  auto isSame = [&](const Stretch &known) {
    return known.resumption == step.resumption && known.where == step.where;
  };
  auto at = llvm::find_if(facts.stretches, isSame);
  bool isFull = facts.stretches.size() >= StretchLimit;
  if (at == facts.stretches.end() || !(isShared || isFull)) {
    facts.stretches.emplace_back();
    beginsIn.emplace_back();
    at = std::prev(facts.stretches.end());
    at->resumption = step.resumption;
    at->where = std::move(step.where);
    at->via = std::move(step.via);
    at->executor = std::move(step.executor);
  }
  at->places.push_back(place);
  return uint32_t(at - facts.stretches.begin()) + 1;
}

void Stretches::mark(const Origin &origin) {
  calls.resize(facts.calls.size(), origin);
  handOffs.resize(facts.handOffs.size(), origin);
  tasks.resize(facts.awaits.size(), origin);
  uses.resize(facts.uses.size(), origin);
}

/// For each stretch, the one that follows it after an await that says nothing. A loop is presumed
/// to go on as it is.
std::vector<uint32_t> Stretches::unclearOnes() {
  size_t known = facts.stretches.size();
  std::vector<uint32_t> result{0};
  for (size_t i = 0; i != known; ++i) {
    bool stays = unclear.empty() || facts.stretches[i].resumption == Resumption::Own;
    if (!stays) {
      Stretch stretch;
      stretch.places = unclear;
      stretch.before = {uint32_t(i + 1)};
      facts.stretches.push_back(std::move(stretch));
    }
    result.push_back(stays ? uint32_t(i + 1) : uint32_t(facts.stretches.size()));
  }
  for (size_t i = known; i != facts.stretches.size(); ++i)
    result.push_back(uint32_t(i + 1));
  return result;
}

/// What may come out of `function`, of the project.
Thrown Stretches::thrownFrom(const clang::FunctionDecl &function, unsigned depth) const {
  constexpr unsigned DepthLimit = 4;
  const clang::FunctionDecl *definition = nullptr;
  if (!function.hasBody(definition) || depth == DepthLimit)
    return Thrown::Anything;
  Thrown result = Thrown::Nothing;
  const clang::Stmt *body = definition->getBody();
  if (const auto *coroutine = llvm::dyn_cast<clang::CoroutineBodyStmt>(body))
    body = coroutine->getBody();
  llvm::SmallVector<const clang::Stmt *, 4> todo{body};
  auto look = [&](const clang::Stmt &at) {
    const auto *call = llvm::dyn_cast<clang::CallExpr>(&at);
    const clang::FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
    if (const auto *returned = llvm::dyn_cast<clang::CoreturnStmt>(&at)) // not the promise's own
      todo.push_back(returned->getOperand());
    Thrown here = !mayThrow(at)                           ? Thrown::Nothing
                  : llvm::isa<clang::CXXThrowExpr>(at)    ? Thrown::Anything
                  : callee && unit.isProjectCode(*callee) ? thrownFrom(*callee, depth + 1)
                                                          : Thrown::Objects;
    result = std::max(result, here);
    return result != Thrown::Anything && !llvm::isa<clang::LambdaExpr, clang::CoreturnStmt>(at);
  };
  while (!todo.empty())
    forEachStatement(todo.pop_back_val(), look);
  return result;
}

/// Library functions that start something to go on elsewhere report what fails there.
Thrown Stretches::thrownBy(const clang::Stmt &statement) const {
  const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement);
  const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&statement);
  const clang::FunctionDecl *callee = call        ? call->getDirectCallee()
                                      : construct ? construct->getConstructor()
                                                  : nullptr;
  if (!callee)
    return Thrown::Anything;
  // Whoever awaits a task gets what it throws, and not who makes it.
  // A library's bodies are not looked into.
  if (unit.isProjectCode(*callee)
          ? callee->getBody() && llvm::isa<clang::CoroutineBodyStmt>(callee->getBody())
          : call && unit.bound.isTask(call->getType()))
    return Thrown::Nothing;
  if (unit.isProjectCode(*callee))
    if (Thrown what = thrownFrom(*callee, 0);
        what != Thrown::Objects || !parts.contains(&statement))
      return what;
  // To make an executor, or a copy of one, fails only where memory ends.
  const auto *e = llvm::cast<clang::Expr>(&statement);
  if (parts.contains(&statement) || unit.bound.isExecutor(e->getType()))
    return Thrown::Nothing;
  if (!call)
    return Thrown::Objects;
  bool starts =
      llvm::any_of(knownCall(unit.knowledge, *call).models, [](const FunctionModel *model) {
        return !model->handOffs.empty() || model->goesOn || model->startsAsync;
      });
  return starts ? Thrown::Nothing : Thrown::Objects;
}

void Stretches::finish(const clang::FunctionDecl &function, const clang::Stmt &written) {
  if (facts.stretches.empty())
    return;
  std::vector<uint32_t> twins = unclearOnes();
  auto thrown = [&](const clang::Stmt &statement) { return thrownBy(statement); };
  FlowInput input{function, written, std::move(awaits), std::move(twins), thrown};
  Flow flow(input);
  auto setOf = [&](const Origin &origin) -> StretchSet {
    return origin.variable    ? flow.atEndOf(origin.variable)
           : origin.statement ? flow.at(origin.statement)
                              : StretchSet{0};
  };
  auto assign = [&](auto &list, const std::vector<Origin> &origins) {
    for (size_t i = 0; i != list.size(); ++i)
      list[i].stretches = setOf(origins[i]);
  };
  mark({});
  assign(facts.calls, calls);
  assign(facts.handOffs, handOffs);
  assign(facts.awaits, tasks);
  assign(facts.uses, uses);
  facts.ends = flow.ends();
  facts.throws = flow.throws();
  for (size_t i = 0; i != beginsIn.size(); ++i) {
    StretchSet &before = facts.stretches[i].before;
    for (uint32_t await : beginsIn[i])
      llvm::append_range(before, flow.before(await));
    llvm::sort(before);
    before.erase(llvm::unique(before), before.end());
  }
}

} // namespace async_tidy
