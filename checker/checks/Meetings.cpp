#include "checks/Meetings.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// Whether both uses can be under way at the same time, or the loop's can follow.
bool Meetings::mayMeet(const Access &worker, const Access &loop) const {
  if (isLockedOut(worker, loop) || isSentBack(loop, worker))
    return false;
  if (worker.frame != loop.frame)
    return !isMoved(worker.thing);
  if (isMoved(worker.thing))
    return mayFollow(loop, worker);
  if (isWaitedForBefore(loop, worker) || hasRunBefore(worker, loop))
    return false;
  if (worker.isHandedOff && worker.handOff().stretch)
    return mayMeetAway(worker, loop);
  // Only of a body's own variable is it seen that nothing else has it.
  const Body *frame = bodyOf(worker.frame);
  if (loop.isInFlight || !frame || input.things.owner(worker.thing) != frame->id)
    return true;
  bool isAwaited = worker.decidedAt == 0 && worker.handOff().handOff->isAwaited;
  return !isAwaited && mayFollow(loop, worker);
}

/// The same where the coroutine itself has left the loop. To wait for an operation of a variable
/// of its own is a way back.
bool Meetings::mayMeetAway(const Access &worker, const Access &loop) const {
  const Body &coroutine = program.body(input.links.bodyOf(worker.handOff().from));
  bool isOwn = input.things.owner(worker.thing) == coroutine.id;
  bool isWayBack = isOwn && worker.use->kind == UseKind::Async && worker.use->isAwaited;
  bool isOther =
      loop.use->place != worker.use->place || loop.reason->kind == Reason::Kind::Completion;
  return !isWayBack && isOther;
}

/// Whether the thread has ended, and its starter waited for that, when the loop's use begins.
bool Meetings::isWaitedForBefore(const Access &loop, const Access &worker) const {
  return worker.decidedAt == 0 && !mayFollow(worker, loop) &&
         llvm::any_of(worker.handOff().handOff->waits,
                      [&](Place wait) { return worker.site < wait && wait < loop.site; });
}

/// Whether the loop's use is sent to the loop by the thread, when it has done what it does, or is
/// begun by the library then.
bool Meetings::isSentBack(const Access &loop, const Access &worker) const {
  if (!worker.isHandedOff || (worker.use->kind == UseKind::Async && !worker.use->isAwaited))
    return false;
  const HandOff *handOff = worker.handOff().handOff;
  bool isSent = false; // by the link at hand, or one that it leads to
  for (const Link *link : llvm::reverse(loop.path)) {
    isSent |= link->handOff != nullptr;
    if (link->handOff && handOff && link->into == worker.handOff().into &&
        llvm::is_contained(link->handOff->after, handOff->place))
      return true;
    bool isAfter = false;
    forEachStep(worker, [&](const Body &body, Place site) {
      isAfter |= isSent && bodyOf(link->into) == &body && isBehind(body, link->site, site);
    });
    if (isAfter)
      return true;
  }
  return false;
}

/// Whether in `body` the statement at `later` is only reached when that at `first` is done with.
bool Meetings::isBehind(const Body &body, Place later, Place first) {
  return later.file == first.file && later > first &&
         llvm::none_of(body.loops, [&](const LoopRange &loop) {
           return loop.contains(first) && loop.contains(later);
         });
}

/// Whether the body itself has run the loop until nothing was left to do when it starts the
/// thread.
bool Meetings::hasRunBefore(const Access &worker, const Access &loop) const {
  return !mayFollow(loop, worker) && bodyOf(worker.frame) &&
         llvm::any_of(bodyOf(worker.frame)->calls, [&](const Call &call) {
           return call.runsLoop && loop.site < call.place && call.place < worker.site;
         });
}

/// Whether the statement of `later` can run after that of `first`, in one life of the variable.
bool Meetings::mayFollow(const Access &later, const Access &first) const {
  if (later.site.file == first.site.file && later.site > first.site)
    return true;
  const Variable *variable = program.variable(originOf(first.thing));
  const Body *frame = bodyOf(first.frame);
  return frame && llvm::any_of(frame->loops, [&](const LoopRange &loop) {
           return loop.contains(first.site) && loop.contains(later.site) &&
                  !(variable && loop.contains(variable->place));
         });
}

/// Null for a place.
const Body *Meetings::bodyOf(BodyIndex index) const {
  return index < program.bodies().size() ? &program.body(index) : nullptr;
}

/// Calls `visit` for each place that leads to the use, from where its thread begins.
void Meetings::forEachStep(const Access &access,
                           llvm::function_ref<void(const Body &body, Place site)> visit) const {
  for (size_t i = access.isHandedOff ? access.decidedAt + 1 : 0; i < access.path.size(); ++i) {
    const Link &link = *access.path[i];
    if (const Body *body = bodyOf(link.into); body && !link.stretch)
      visit(*body, link.site);
  }
  visit(program.body(access.user), access.use->place);
}

std::vector<const LockRange *> Meetings::locksOf(const Access &access) const {
  std::vector<const LockRange *> held;
  forEachStep(access, [&](const Body &body, Place site) {
    for (const LockRange &lock : body.locks)
      if (lock.contains(site))
        held.push_back(&lock);
  });
  return held;
}

const LockRange *Meetings::lockOf(const Access &worker) const {
  std::vector<const LockRange *> held = locksOf(worker);
  return held.empty() ? nullptr : held.front();
}

bool Meetings::isLockedOut(const Access &worker, const Access &loop) const {
  if (loop.use->kind == UseKind::Async || worker.use->kind == UseKind::Async)
    return false;
  std::vector<const LockRange *> held = locksOf(worker);
  return !held.empty() && llvm::any_of(locksOf(loop), [&](const LockRange *theirs) {
    return llvm::any_of(held, [&](const LockRange *own) { return own->mutex == theirs->mutex; });
  });
}

const Wake *Meetings::wakeAfter(const Access &worker) const {
  const Wake *found = nullptr;
  forEachStep(worker, [&](const Body &body, Place site) {
    for (const Wake &wake : body.wakes)
      if (!found && wake.place.file == site.file && wake.place > site)
        found = &wake;
  });
  return found;
}

const Wait *Meetings::waitFor(const Access &worker) const {
  EntityId holder = worker.handOff().handOff->holder;
  if (holder == 0)
    return nullptr;
  for (const Body &body : program.bodies())
    for (const Wait &wait : body.waits)
      if (wait.thing == holder)
        return &wait;
  return nullptr;
}

} // namespace async_tidy
