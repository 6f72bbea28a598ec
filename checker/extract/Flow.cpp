#include "extract/Flow.h"
#include "extract/Expressions.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

Flow::Flow(const FlowInput &input)
    : input(input), count(input.unclear.size()), scopes(std::make_unique<TryScopes>(input.written)),
      befores(input.awaits.size(), emptyState()), atExit(emptyState()), atThrow(emptyState()) {
  for (size_t i = 0; i != input.awaits.size(); ++i)
    if (const clang::CXXMemberCallExpr *call =
            memberCallIn(input.awaits[i].expression->getResumeExpr())) {
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
    std::ranges::fill(befores, start);
    return;
  }
  for (const clang::CFGBlock *block : *cfg)
    if (const auto *handler = llvm::dyn_cast_or_null<clang::CXXCatchStmt>(block->getLabel()))
      handlers[handler] = block;
  start.set(0);
  enter(cfg->getEntry(), start, nullptr);
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

/// The operator that decides where `block` goes on, if that is one of && and ||.
static const clang::BinaryOperator *logicalCondition(const clang::CFGBlock &block) {
  const auto *condition = llvm::dyn_cast_or_null<clang::Expr>(block.getTerminatorCondition());
  const auto *logical =
      condition ? llvm::dyn_cast<clang::BinaryOperator>(objectOf(condition)) : nullptr;
  return logical && logical->isLogicalOp() ? logical : nullptr;
}

/// Whether `shortcut`, if its right side is not evaluated, decides `condition`: it is that, or a
/// part of it that is joined by the same operator.
static bool isDecidedBy(const clang::BinaryOperator &condition,
                        const clang::BinaryOperator *shortcut) {
  llvm::SmallVector<const clang::Expr *, 8> todo{&condition};
  while (shortcut && !todo.empty()) {
    const auto *at = llvm::dyn_cast<clang::BinaryOperator>(objectOf(todo.pop_back_val()));
    if (at == shortcut)
      return true;
    if (at && at->getOpcode() == condition.getOpcode()) {
      todo.push_back(at->getLHS());
      todo.push_back(at->getRHS());
    }
  }
  return false;
}

/// `shortcut`: the operator of which only the left side was evaluated. Where `a && b` is true, b
/// was evaluated too, and where `a || b` is false: for these ways on, a shortcut does not count.
void Flow::enter(const clang::CFGBlock &block, const State &state,
                 const clang::BinaryOperator *shortcut) {
  const clang::BinaryOperator *condition = logicalCondition(block);
  bool isFull = condition && !isDecidedBy(*condition, shortcut);
  bool hasMore = false;
  if (isFull) {
    State &full = fullEntries.try_emplace(&block, emptyState()).first->second;
    hasMore = state.test(full);
    full |= state;
  }
  auto [at, isNew] = entries.try_emplace(&block, emptyState());
  if (!isNew && !hasMore && !state.test(at->second))
    return;
  at->second |= state;
  todo.push_back(&block);
}

void Flow::note(const void *what, const State &state) {
  states.try_emplace(what, emptyState()).first->second |= state;
}

void Flow::runBlock(const clang::CFGBlock &block) {
  State state = entries.find(&block)->second;
  auto entered = fullEntries.find(&block);
  State full = entered == fullEntries.end() ? emptyState() : entered->second;
  bool goesOn = true;
  for (const clang::CFGElement &element : block) {
    if (auto statement = element.getAs<clang::CFGStmt>()) {
      if (auto woken = wakes.find(statement->getStmt()); woken != wakes.end()) {
        befores[woken->second] |= state;
        state = after(input.awaits[woken->second], state);
        full = after(input.awaits[woken->second], full);
      }
      evaluate(*statement->getStmt(), state);
      goesOn &= !llvm::isa<clang::CXXThrowExpr>(statement->getStmt());
    } else if (auto variable = element.getAs<clang::CFGAutomaticObjDtor>()) {
      note(variable->getVarDecl(), state);
    }
  }
  if (!goesOn || block.hasNoReturnElement())
    return;
  leave(block, state, full);
}

/// Goes on with what follows `block`.
void Flow::leave(const clang::CFGBlock &block, const State &state, const State &full) {
  const auto *operation = llvm::dyn_cast_or_null<clang::BinaryOperator>(block.getTerminatorStmt());
  bool splits = operation && operation->isLogicalOp();
  const clang::BinaryOperator *condition = logicalCondition(block);
  unsigned index = 0;
  for (const clang::CFGBlock *next : block.succs()) {
    bool isTrue = index++ == 0;
    if (!next)
      continue;
    bool isShort = splits && isTrue == (operation->getOpcode() == clang::BO_LOr);
    bool needsBoth = condition && isTrue == (condition->getOpcode() == clang::BO_LAnd);
    if (!needsBoth || full.any())
      enter(*next, needsBoth ? full : state, isShort ? operation : nullptr);
  }
}

void Flow::evaluate(const clang::Stmt &statement, const State &state) {
  note(&statement, state);
  Thrown what = mayThrow(statement) ? input.thrownBy(statement) : Thrown::Nothing;
  auto resumed = resumes.find(&statement);
  if (resumed != resumes.end() && what != Thrown::Nothing) {
    const FlowAwait &await = input.awaits[resumed->second];
    what = await.threw.empty() ? std::max(what, await.what) : await.what;
  }
  if (what == Thrown::Nothing)
    return;
  if (resumed == resumes.end() || input.awaits[resumed->second].threw.empty())
    return thrown(statement, what, state);
  State threw = emptyState();
  for (uint32_t stretch : input.awaits[resumed->second].threw)
    threw.set(stretch);
  thrown(statement, what, threw);
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

void Flow::thrown(const clang::Stmt &by, Thrown what, const State &state) {
  TryScopes::Way way = scopes->wayFrom(by, what);
  for (const clang::VarDecl *variable : way.ended)
    note(variable, state);
  for (const clang::CXXCatchStmt *handler : way.handlers)
    if (auto block = handlers.find(handler); block != handlers.end())
      enter(*block->second, state, nullptr);
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
  const auto *e = llvm::dyn_cast_or_null<clang::Expr>(statement);
  return found(e && !states.contains(e) ? e->IgnoreParenImpCasts() : statement);
}

StretchSet Flow::atEndOf(const clang::VarDecl *variable) const {
  return found(variable);
}

} // namespace async_tidy
