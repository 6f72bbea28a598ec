#include "extract/Flow.h"
#include "extract/Expressions.h"
#include "extract/TryScopes.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

const clang::CXXMemberCallExpr *memberCallIn(const clang::Expr *e) {
  const clang::CXXMemberCallExpr *found = nullptr;
  forEachStatement(e, [&](const clang::Stmt &part) {
    const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&part);
    found = found ? found : call;
    return !found && !llvm::isa<clang::OpaqueValueExpr>(part);
  });
  return found;
}

Flow::Flow(const FlowInput &input)
    : input(input), count(input.unclear.size()), scopes(std::make_unique<TryScopes>(input.written)),
      befores(input.awaits.size(), emptyState()), atExit(emptyState()), atThrow(emptyState()) {
  for (size_t i = 0; i != input.awaits.size(); ++i)
    if (const clang::CXXMemberCallExpr *call = memberCallIn(input.awaits[i].expression->getResumeExpr())) {
      // The function is named after all that comes before the coroutine sleeps.
      wakes.try_emplace(call->getCallee(), i);
      resumes.try_emplace(call, i);
    }
  run();
}

Flow::~Flow() = default;

void Flow::run() {
  clang::CFG::BuildOptions options;
  options.AddImplicitDtors = true;
  options.AddTemporaryDtors = true;
  options.AddInitializers = true;
  options.setAllAlwaysAdd();
  std::unique_ptr<clang::CFG> cfg =
      clang::CFG::buildCFG(&input.function, const_cast<clang::Stmt *>(&input.written),
                           &input.function.getASTContext(), options);
  State start = emptyState();
  if (!cfg) {
    // Whatever it is, all of it may run anywhere.
    start.set();
    atExit = atThrow = start;
    llvm::fill(befores, start);
    return;
  }
  for (const clang::CFGBlock *block : *cfg)
    if (const auto *handler = llvm::dyn_cast_or_null<clang::CXXCatchStmt>(block->getLabel()))
      handlers[handler] = block;
  start.set(0);
  enter(cfg->getEntry(), start);
  while (!todo.empty()) {
    const clang::CFGBlock *block = todo.back();
    todo.pop_back();
    runBlock(*block);
  }
  if (auto exit = entries.find(&cfg->getExit()); exit != entries.end())
    atExit = exit->second;
  // What has elements but was never reached is dead.
  for (const clang::CFGBlock *block : *cfg)
    for (const clang::CFGElement &element : *block)
      if (auto statement = element.getAs<clang::CFGStmt>())
        states.try_emplace(statement->getStmt(), emptyState());
}

void Flow::enter(const clang::CFGBlock &block, const State &state) {
  auto [at, isNew] = entries.try_emplace(&block, emptyState());
  if (!isNew && !state.test(at->second))
    return;
  at->second |= state;
  todo.push_back(&block);
}

void Flow::note(const void *what, const State &state) {
  states.try_emplace(what, emptyState()).first->second |= state;
}

void Flow::runBlock(const clang::CFGBlock &block) {
  State state = entries.find(&block)->second;
  bool goesOn = true;
  for (const clang::CFGElement &element : block) {
    if (auto statement = element.getAs<clang::CFGStmt>()) {
      evaluate(*statement->getStmt(), state);
      goesOn &= !llvm::isa<clang::CXXThrowExpr>(statement->getStmt());
    } else if (auto variable = element.getAs<clang::CFGAutomaticObjDtor>()) {
      note(variable->getVarDecl(), state);
    } else if (auto temporary = element.getAs<clang::CFGTemporaryDtor>()) {
      note(temporary->getBindTemporaryExpr()->getTemporary(), state);
    }
  }
  if (!goesOn || block.hasNoReturnElement())
    return;
  for (const clang::CFGBlock *next : block.succs())
    if (next)
      enter(*next, state);
}

void Flow::evaluate(const clang::Stmt &statement, State &state) {
  if (auto woken = wakes.find(&statement); woken != wakes.end()) {
    befores[woken->second] |= state;
    state = after(input.awaits[woken->second], state);
  }
  note(&statement, state);
  if (!mayThrow(statement))
    return;
  auto resumed = resumes.find(&statement);
  if (resumed == resumes.end() || input.awaits[resumed->second].threw.empty())
    return thrown(statement, state);
  State threw = emptyState();
  for (uint32_t stretch : input.awaits[resumed->second].threw)
    threw.set(stretch);
  thrown(statement, threw);
}

Flow::State Flow::after(const FlowAwait &await, const State &state) const {
  State result = emptyState();
  if (state.none())
    return result;
  if (await.isUnclear) {
    for (unsigned stretch : state.set_bits())
      result.set(input.unclear[stretch]);
    return result;
  }
  if (await.mayStay)
    result = state;
  for (uint32_t stretch : await.next)
    result.set(stretch);
  return result;
}

void Flow::thrown(const clang::Stmt &by, const State &state) {
  TryScopes::Way way = scopes->wayFrom(by);
  for (const clang::VarDecl *variable : way.ended)
    note(variable, state);
  for (const clang::CXXCatchStmt *handler : way.handlers)
    if (auto block = handlers.find(handler); block != handlers.end())
      enter(*block->second, state);
  if (way.escapes)
    atThrow |= state;
}

StretchSet Flow::toSet(const State &state) {
  StretchSet set;
  for (unsigned stretch : state.set_bits())
    set.push_back(stretch);
  return set;
}

StretchSet Flow::found(const void *what) const {
  if (auto at = states.find(what); at != states.end())
    return toSet(at->second);
  State all = emptyState();
  all.set();
  return toSet(all);
}

StretchSet Flow::at(const clang::Stmt *statement) const {
  return found(statement);
}

StretchSet Flow::atEndOf(const clang::CXXBindTemporaryExpr *temporary) const {
  // The end of a temporary whose life is extended is that of a variable.
  return states.contains(temporary->getTemporary()) ? found(temporary->getTemporary())
                                                    : at(temporary);
}

StretchSet Flow::atEndOf(const clang::VarDecl *variable) const {
  return found(variable);
}

} // namespace async_tidy
