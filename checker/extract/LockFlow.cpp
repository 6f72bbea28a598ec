#include "extract/LockFlow.h"
#include "extract/Expressions.h"
#include "extract/TryScopes.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

namespace async_tidy {

namespace {

/// What is known of one holder.
struct Hold {
  bool mayHave = false;
  bool mayLack = false;
  bool isOpen = false;    // the lock was tried for, and the answer is still what it was
  Place taken;            // the first place that takes it
  std::set<size_t> slept; // with the lock, since it was taken by hand

  bool isTaken() const { return mayHave || isOpen; }

  bool mustHave() const { return mayHave && !mayLack; }

  void join(const Hold &other) {
    if (other.isTaken())
      taken = isTaken() ? std::min(taken, other.taken) : other.taken;
    mayHave |= other.mayHave;
    mayLack |= other.mayLack;
    isOpen |= other.isOpen;
    slept.insert(other.slept.begin(), other.slept.end());
  }

  friend bool operator==(const Hold &, const Hold &) = default;
};

Hold lacking() {
  Hold hold;
  hold.mayLack = true;
  return hold;
}

Hold takenAt(Place place) {
  Hold hold;
  hold.mayHave = true;
  hold.taken = place;
  return hold;
}

class LockFlow {
public:
  explicit LockFlow(const LockFlowInput &input) : input(input), scopes(*input.written) {
    for (size_t i = 0; i != input.sleeps.size(); ++i)
      if (const clang::CXXMemberCallExpr *call = memberCallIn(input.sleeps[i]->getResumeExpr()))
        wakes.try_emplace(call->getCallee(), i); // named after all that comes before it sleeps
    for (size_t i = 0; i != input.holders.size(); ++i)
      if (input.holders[i].guard)
        guards[input.holders[i].guard] = i;
  }

  std::vector<LockedAt> run() {
    clang::CFG::BuildOptions options;
    options.AddImplicitDtors = true;
    options.AddInitializers = true;
    options.setAllAlwaysAdd();
    std::unique_ptr<clang::CFG> cfg =
        clang::CFG::buildCFG(&input.function, const_cast<clang::Stmt *>(input.written),
                             &input.function.getASTContext(), options);
    if (!cfg)
      return {};
    for (const clang::CFGBlock *block : *cfg)
      if (const auto *handler = llvm::dyn_cast_or_null<clang::CXXCatchStmt>(block->getLabel()))
        handlers[handler] = block;
    enter(cfg->getEntry(), State(input.holders.size(), lacking()));
    while (!todo.empty()) {
      const clang::CFGBlock *block = todo.back();
      todo.pop_back();
      runBlock(*block);
    }
    isSettled = true;
    for (const clang::CFGBlock *block : *cfg)
      if (auto entry = entries.find(block); entry != entries.end())
        through(*block, entry->second);
    std::vector<LockedAt> result;
    result.reserve(found.size());
    for (const auto &[key, taken] : found)
      result.push_back({key.first, key.second, taken});
    return result;
  }

private:
  using State = std::vector<Hold>; // by holder

  void enter(const clang::CFGBlock &block, const State &state) {
    auto [at, isNew] = entries.try_emplace(&block, state);
    if (!isNew) {
      State joined = at->second;
      for (size_t i = 0; i != state.size(); ++i)
        joined[i].join(state[i]);
      if (joined == at->second)
        return;
      at->second = std::move(joined);
    }
    todo.push_back(&block);
  }

  void runBlock(const clang::CFGBlock &block) {
    if (State state = entries.find(&block)->second; through(block, state))
      leave(block, state);
  }

  /// Whether anything follows the end of `block`.
  bool through(const clang::CFGBlock &block, State &state) {
    bool goesOn = true;
    for (const clang::CFGElement &element : block) {
      if (auto statement = element.getAs<clang::CFGStmt>()) {
        evaluate(*statement->getStmt(), state);
        goesOn &= !llvm::isa<clang::CXXThrowExpr>(statement->getStmt());
      } else if (auto end = element.getAs<clang::CFGAutomaticObjDtor>()) {
        if (auto guard = guards.find(end->getVarDecl()); guard != guards.end())
          state[guard->second] = lacking();
      }
    }
    return goesOn && !block.hasNoReturnElement();
  }

  void evaluate(const clang::Stmt &statement, State &state) {
    if (auto woken = wakes.find(&statement); woken != wakes.end())
      sleep(woken->second, state);
    auto events = input.events.find(&statement);
    if (events != input.events.end())
      for (const LockEvent &event : events->second)
        apply(event, state[event.holder]);
    else if (!isSettled && mayThrow(statement))
      thrown(statement, state);
  }

  void sleep(size_t number, State &state) {
    for (size_t i = 0; i != state.size(); ++i) {
      if (!state[i].mayHave)
        continue;
      if (input.holders[i].guard)
        note(number, i, state[i].taken);
      else if (state[i].mustHave())
        state[i].slept.insert(number);
    }
  }

  void apply(const LockEvent &event, Hold &hold) {
    switch (event.kind) {
    case LockEvent::Kind::Take:
      hold = takenAt(event.place);
      return;
    case LockEvent::Kind::IfTrue:
    case LockEvent::Kind::IfZero:
      if (!hold.isTaken()) {
        hold = lacking();
        hold.isOpen = true;
        hold.taken = event.place;
      }
      return;
    case LockEvent::Kind::Release:
      if (hold.mustHave())
        for (size_t number : hold.slept)
          note(number, event.holder, hold.taken);
      hold = lacking();
      return;
    }
  }

  /// What holds on all ways is known in the end only.
  void note(size_t number, size_t holder, Place taken) {
    if (!isSettled)
      return;
    auto [at, isNew] = found.try_emplace({number, holder}, taken);
    if (!isNew)
      at->second = std::min(at->second, taken);
  }

  void thrown(const clang::Stmt &by, State state) {
    TryScopes::Way way = scopes.wayFrom(by, Thrown::Anything);
    for (const clang::VarDecl *variable : way.ended)
      if (auto guard = guards.find(variable); guard != guards.end())
        state[guard->second] = lacking();
    for (const clang::CXXCatchStmt *handler : way.handlers)
      if (auto block = handlers.find(handler); block != handlers.end())
        enter(*block->second, state);
  }

  void leave(const clang::CFGBlock &block, const State &state) {
    // The ways of a switch are no yes and no.
    const clang::Stmt *end = block.getTerminatorStmt();
    bool isBranch = block.succ_size() == 2 && end && !llvm::isa<clang::SwitchStmt>(end);
    const auto *condition =
        isBranch ? llvm::dyn_cast_or_null<clang::Expr>(block.getTerminatorCondition()) : nullptr;
    bool value = true; // the first way is the one where the condition holds
    for (const clang::CFGBlock *next : block.succs()) {
      if (next) {
        State out = state;
        assume(condition, value, out, 0, false);
        enter(*next, out);
      }
      value = false;
    }
  }

  /// `condition` has turned out to be `value`. `isEarlier`: it was evaluated earlier, and something
  /// may have happened since.
  void assume(const clang::Expr *condition, bool value, State &state, unsigned depth,
              bool isEarlier) {
    constexpr unsigned DepthLimit = 24;
    const clang::Expr *e = condition ? objectOf(condition) : nullptr;
    if (!e || depth == DepthLimit)
      return;
    auto go = [&](const clang::Expr *part, bool outcome) {
      assume(part, outcome, state, depth + 1, isEarlier);
    };
    if (const auto *negation = llvm::dyn_cast<clang::UnaryOperator>(e)) {
      if (negation->getOpcode() == clang::UO_LNot)
        go(negation->getSubExpr(), !value);
    } else if (const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(e)) {
      if (binary->getOpcode() == (value ? clang::BO_LAnd : clang::BO_LOr)) {
        go(binary->getLHS(), value);
        go(binary->getRHS(), value);
      } else if (binary->isEqualityOp() && isZero(*binary->getRHS())) {
        go(binary->getLHS(), value != (binary->getOpcode() == clang::BO_EQ));
      }
    } else if (auto events = input.events.find(e); events != input.events.end()) {
      for (const LockEvent &event : events->second)
        decide(event, value, state[event.holder], isEarlier);
    } else if (const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(e))) {
      const Locals::Variable &known = input.locals.of(variable);
      if (variable->hasLocalStorage() && known.values.size() == 1 && !known.isStepped)
        assume(known.values.front(), value, state, depth + 1, true);
    }
  }

  static void decide(const LockEvent &event, bool value, Hold &hold, bool isEarlier) {
    bool asks = event.kind == LockEvent::Kind::IfTrue || event.kind == LockEvent::Kind::IfZero;
    if (!asks || (isEarlier && !hold.isOpen))
      return;
    Hold decided = lacking();
    if (value == (event.kind == LockEvent::Kind::IfTrue)) {
      decided = takenAt(hold.isTaken() ? hold.taken : event.place);
      decided.slept = std::move(hold.slept);
    }
    decided.isOpen = isEarlier; // the answer is kept, and may be looked at again
    if (isEarlier)
      decided.taken = event.place;
    hold = std::move(decided);
  }

  bool isZero(const clang::Expr &e) const {
    clang::Expr::EvalResult result;
    return !e.isValueDependent() && e.EvaluateAsInt(result, input.function.getASTContext()) &&
           result.Val.getInt() == 0;
  }

  const LockFlowInput &input;
  TryScopes scopes;
  llvm::DenseMap<const clang::Stmt *, size_t> wakes; // the name of await_resume
  llvm::DenseMap<const clang::ValueDecl *, size_t> guards;
  llvm::DenseMap<const clang::Stmt *, const clang::CFGBlock *> handlers;
  llvm::DenseMap<const clang::CFGBlock *, State> entries;
  std::vector<const clang::CFGBlock *> todo;
  bool isSettled = false;
  std::map<std::pair<size_t, size_t>, Place> found; // by sleep and holder
};

} // namespace

std::vector<LockedAt> lockedSleeps(const LockFlowInput &input) {
  return LockFlow(input).run();
}

} // namespace async_tidy
