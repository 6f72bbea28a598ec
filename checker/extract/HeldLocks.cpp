#include "extract/HeldLocks.h"
#include "extract/Executors.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

namespace {

/// The mutex, or guard, that `e` is or points to.
const clang::Expr &pointedTo(const clang::Expr &e) {
  const clang::Expr *object = objectOf(&e);
  const auto *address = llvm::dyn_cast<clang::UnaryOperator>(object);
  return address && address->getOpcode() == clang::UO_AddrOf ? *objectOf(address->getSubExpr())
                                                             : *object;
}

/// What names the object itself: the variable, or the last of the members.
const clang::ValueDecl *lastPart(const clang::Expr &e) {
  if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&e))
    return llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  const auto *member = llvm::dyn_cast<clang::MemberExpr>(&e);
  return member ? llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl()) : nullptr;
}

LockEvent::Kind eventOf(LocksKind how) {
  switch (how) {
  case LocksKind::Always:
    return LockEvent::Kind::Take;
  case LocksKind::IfTrue:
    return LockEvent::Kind::IfTrue;
  case LocksKind::IfZero:
    return LockEvent::Kind::IfZero;
  case LocksKind::Later:
  case LocksKind::No:
    return LockEvent::Kind::Release;
  }
  llvm_unreachable("all kinds are handled");
}

} // namespace

/// Whether models say that a `type` is a lock which belongs to a thread.
bool HeldLocks::isMutex(clang::QualType type) const {
  const clang::CXXRecordDecl *record = recordOf(type);
  return record && anyClass(*record, [&](const clang::CXXRecordDecl &at) {
           const TypeModel *model = unit.knowledge.type(qualifiedName(at));
           return model && model->mutex;
         });
}

std::string HeldLocks::nameOf(const clang::Expr &mutex) const {
  const clang::Expr &object = pointedTo(mutex);
  if (std::string text = sourceText(unit.ast, object); !text.empty())
    return text;
  const clang::ValueDecl *last = lastPart(object);
  return last ? last->getNameAsString() : "";
}

/// The variable that has the object which `call` makes, or gives.
const clang::VarDecl *HeldLocks::guardMadeBy(const Made &call) {
  const auto *guard = llvm::dyn_cast_or_null<clang::VarDecl>(locals.keeperOf(call.expression));
  return guard && guard->hasLocalStorage() ? guard : nullptr;
}

/// The mutexes that `call` works on, or the guards of such. Of arguments of a function that takes
/// anything, their types tell, or what else is done with them.
llvm::SmallVector<const clang::Expr *, 4> HeldLocks::lockedBy(const Made &call) const {
  if (call.receiver.expression)
    return {call.receiver.expression};
  llvm::SmallVector<const clang::Expr *, 4> result;
  for (const clang::Expr *argument : call.arguments) {
    const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(argument));
    bool isHandle = argument == call.arguments.front() && argument->getType()->isPointerType();
    bool mayBeGuard = call.form == CallForm::Call && variable && argument->isLValue();
    if (isHandle || isMutex(argument->getType()) || mayBeGuard)
      result.push_back(argument);
  }
  return result;
}

size_t HeldLocks::holderOf(const clang::VarDecl &guard) {
  auto [at, isNew] = guards.try_emplace(&guard, flow.holders.size());
  if (isNew) {
    flow.holders.push_back({&guard, {}});
    lasts.push_back(nullptr);
    isKnown.push_back(false);
  }
  return at->second;
}

/// The guard that `object` names, or the mutex, which is locked by hand; none if it has no name.
std::optional<size_t> HeldLocks::holderOf(const clang::Expr &e) {
  const clang::Expr &object = pointedTo(e);
  const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(&object));
  if (variable && variable->hasLocalStorage() && !e.getType()->isPointerType() &&
      !isMutex(variable->getType()))
    return holderOf(*variable);
  const clang::ValueDecl *last = lastPart(object);
  if (!last)
    return std::nullopt;
  Shape shape;
  object.Profile(shape, unit.ast, /*Canonical=*/true);
  auto [at, isNew] = mutexes.try_emplace(shape, flow.holders.size());
  if (isNew) {
    flow.holders.push_back({nullptr, {nameOf(object)}});
    lasts.push_back(last);
    isKnown.push_back(true);
  }
  return at->second;
}

void HeldLocks::add(const Made &call, LockEvent::Kind kind, size_t holder) {
  constexpr size_t Limit = 64; // more than hand-written coroutines ever have
  if (holder < Limit)
    flow.events[call.expression].push_back({kind, holder, unit.project.place(call.site)});
}

HeldLocks::HeldLocks(UnitContext &unit, const clang::FunctionDecl &function,
                     const clang::Stmt *written, Locals &locals)
    : unit(unit), locals(locals), flow(function, written, locals),
      isCoroutine(llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(function.getBody())) {}

void HeldLocks::taken(const Made &call, LocksKind how) {
  if (!isCoroutine || !call.expression)
    return;
  auto locked = lockedBy(call);
  if (locked.empty())
    return;
  bool makesGuard =
      call.form == CallForm::Construction || (call.callee->getReturnType()->isRecordType());
  if (!makesGuard) {
    for (const clang::Expr *object : locked)
      if (std::optional<size_t> holder = holderOf(*object)) {
        add(call, eventOf(how), *holder);
        isKnown[*holder] = isKnown[*holder] || call.receiver.expression;
      }
    return;
  }
  const clang::VarDecl *guard = guardMadeBy(call);
  if (!guard)
    return;
  size_t holder = holderOf(*guard);
  isKnown[holder] = true;
  std::vector<std::string> names;
  for (const clang::Expr *object : locked)
    names.push_back(nameOf(*object));
  if (flow.holders[holder].mutexes.empty())
    flow.holders[holder].mutexes = names;
  // A guard may be assigned the lock of another mutex.
  madeWith[{holder, unit.project.place(call.site)}] = std::move(names);
  add(call, eventOf(how), holder);
}

void HeldLocks::givenBack(const Made &call) {
  const clang::Expr *of = call.receiver.expression ? call.receiver.expression
                          : call.arguments.empty() ? nullptr
                                                   : call.arguments.front();
  if (isCoroutine && of && call.expression)
    if (std::optional<size_t> holder = holderOf(*of))
      add(call, LockEvent::Kind::Release, *holder);
}

void HeldLocks::takenBy(const Made &call, const clang::ValueDecl &guard, std::string mutex) {
  const auto *variable = llvm::dyn_cast<clang::VarDecl>(&guard);
  if (!isCoroutine || !variable || !variable->hasLocalStorage())
    return;
  size_t holder = holderOf(*variable);
  isKnown[holder] = true;
  flow.holders[holder].mutexes = {std::move(mutex)};
  add(call, LockEvent::Kind::Take, holder);
}

void HeldLocks::sleeps(const clang::CoroutineSuspendExpr &suspend, Place place,
                       std::vector<EntityId> children) {
  flow.sleeps.push_back(&suspend);
  sleepPlaces.push_back({place, llvm::isa<clang::CoyieldExpr>(suspend), std::move(children)});
}

/// Notes which mentions of guards in `call` leave them what they are.
void HeldLocks::addHarmless(const clang::CallExpr &call, Statements &harmless) const {
  CallParts parts = partsOf(call);
  bool isKnown = flow.events.contains(&call);
  const auto *method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.getDirectCallee());
  bool isAssigned = llvm::isa<clang::CXXOperatorCallExpr>(call) && parts.arguments.size() == 1 &&
                    flow.events.contains(objectOf(parts.arguments.front()));
  if (parts.object && (isKnown || isAssigned || (method && method->isConst())))
    harmless.insert(objectOf(parts.object));
  // A wait takes the lock again before it returns.
  bool waits = llvm::any_of(knownCall(unit.knowledge, call).models,
                            [](const FunctionModel *model) { return model->blocks.has_value(); });
  if (isKnown || waits)
    for (const clang::Expr *argument : parts.arguments)
      if (argument->isLValue())
        harmless.insert(objectOf(argument));
}

/// Of a guard that is given to somebody else nothing is known.
void HeldLocks::releaseGivenAway() {
  Statements harmless;
  std::vector<std::pair<const clang::Stmt *, size_t>> mentions;
  auto mention = [&](const clang::Stmt &at) {
    if (const auto *name = llvm::dyn_cast<clang::DeclRefExpr>(&at))
      if (auto guard = guards.find(name->getDecl()); guard != guards.end())
        mentions.emplace_back(name, guard->second);
    return true;
  };
  forEachStatement(flow.written, [&](const clang::Stmt &at) {
    mention(at);
    if (const auto *lambda = llvm::dyn_cast<clang::LambdaExpr>(&at)) {
      for (const clang::Expr *capture : lambda->capture_inits())
        forEachStatement(capture, mention);
      return false;
    }
    if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&at); call && call->getDirectCallee())
      addHarmless(*call, harmless);
    else if (const auto *cast = llvm::dyn_cast<clang::CastExpr>(&at);
             cast && cast->getCastKind() == clang::CK_ToVoid)
      harmless.insert(objectOf(cast->getSubExpr()));
    return true;
  });
  for (auto [name, holder] : mentions)
    if (!harmless.contains(name))
      flow.events[name].push_back({LockEvent::Kind::Release, holder, {}});
}

/// A lambda may give back, whenever it is called, what was taken by hand. What is only given to
/// functions that lock anything need be no guard.
void HeldLocks::dropUnclear() {
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> used;
  forEachStatement(flow.written, [&](const clang::Stmt &at) {
    if (const auto *lambda = llvm::dyn_cast<clang::LambdaExpr>(&at))
      forEachStatement(lambda->getBody(), [&](const clang::Stmt &inner) {
        if (const auto *name = llvm::dyn_cast<clang::Expr>(&inner))
          if (const clang::ValueDecl *last = lastPart(*name))
            used.insert(last);
        return true;
      });
    return true;
  });
  for (auto &[at, events] : flow.events)
    llvm::erase_if(events, [&](const LockEvent &event) {
      return !isKnown[event.holder] || used.contains(lasts[event.holder]);
    });
}

void HeldLocks::finish(Body &facts) {
  for (const Sleep &sleep : sleepPlaces) {
    facts.sleeps |= sleep.children.empty();
    llvm::append_range(facts.sleepsWith, sleep.children);
  }
  if (facts.sleeps)
    facts.sleepsWith.clear();
  if (flow.events.empty() || sleepPlaces.empty())
    return;
  dropUnclear();
  releaseGivenAway();
  for (const LockedAt &locked : lockedSleeps(flow)) {
    const LockHolder &holder = flow.holders[locked.holder];
    const Sleep &sleep = sleepPlaces[locked.sleep];
    auto made = madeWith.find({locked.holder, locked.taken});
    std::vector<std::string> mutexes = made == madeWith.end() ? holder.mutexes : made->second;
    if (mutexes.empty() && holder.guard)
      mutexes.push_back(holder.guard->getNameAsString());
    for (std::string &mutex : mutexes)
      facts.heldLocks.push_back(
          {sleep.place, locked.taken, std::move(mutex), sleep.isYield, sleep.children});
  }
}

} // namespace async_tidy
