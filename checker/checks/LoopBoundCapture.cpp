// async-loop-bound-capture: a loop-bound resource used by code that runs on another thread.
#include "checks/Catalogue.h"
#include "infer/Accesses.h"
#include "infer/Wheres.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral Name = "async-loop-bound-capture";

class Captures {
public:
  explicit Captures(const CheckInput &input)
      : input(input), program(input.program), things(input.things),
        executors(input.links.executors()),
        accesses(program, input.links, input.roots, things,
                 [&](Place place) { return program.isSuppressed(place, Name); }) {}

  std::vector<Finding> find() {
    std::vector<Finding> findings;
    // One finding for what one statement on the other thread does with one resource: its nearest
    // use.
    std::set<std::tuple<Place, Place, EntityId>> reported;
    auto look = [&](const Access &access, std::optional<OtherLoop> other) {
      std::tuple key{access.handOff().site, access.workerSite, resourceOf(access.thing)};
      if (reported.contains(key) || access.isPreparation)
        return;
      if (const Access *loop = bestPartner(access)) {
        reported.insert(key);
        findings.push_back(report(access, *loop, std::move(other)));
      }
    };
    for (const Access &worker : accesses.onWorkers())
      if (executors.ofObject(worker.thing) != Where::Worker)
        look(worker, std::nullopt);
    for (const Access &access : accesses.onLoops())
      if (auto other = otherLoop(access))
        look(access, std::move(other));
    return findings;
  }

private:
  /// If `access` happens on another event loop than that of its thing, and another thread runs that
  /// one: which they are.
  std::optional<OtherLoop> otherLoop(const Access &access) const {
    if (!access.isHandedOff)
      return std::nullopt;
    std::set<EntityId> used = executors.loopsOf(access.loop, access.frame);
    std::set<EntityId> homes = used.empty() ? used : executors.loopsOfObject(access.thing);
    for (EntityId loop : used)
      for (EntityId home : homes)
        if (!haveOwnThreads(loop, home))
          return std::nullopt;
    if (used.empty() || homes.empty())
      return std::nullopt;
    auto name = [&](EntityId id) {
      const Variable *variable = program.variable(id);
      return variable ? variable->name : "";
    };
    return OtherLoop{name(*used.begin()), name(*homes.begin()),
                     executors.runsOf(*used.begin())->place,
                     executors.runsOf(*homes.begin())->place};
  }

  /// Whether it is seen who runs both loops, and no thread runs both.
  bool haveOwnThreads(EntityId a, EntityId b) const {
    const LoopRuns *first = executors.runsOf(a);
    const LoopRuns *second = executors.runsOf(b);
    return a != b && first && second && llvm::none_of(first->threads, [&](Thread thread) {
             return second->threads.contains(thread) || isOtherProgram(thread, *second);
           });
  }

  /// Whether `thread` and one of `others` are the first threads of two programs, which share code.
  bool isOtherProgram(Thread thread, const LoopRuns &others) const {
    return isMain(thread) && llvm::any_of(others.threads, [&](Thread other) {
             return isMain(other) && other != thread;
           });
  }

  bool isMain(Thread thread) const {
    Node node = Node::at(thread.index);
    return !thread.isStarted && !input.links.isPlace(node) &&
           program.body(input.links.bodyOf(node)).name == "main";
  }

  /// Whether `loop` is no use on the loop that `access` happens on.
  bool isBeside(const Access &access, const Access &loop) const {
    if (access.where == Where::Worker || loop.reason.kind == Reason::Kind::Completion)
      return true;
    std::set<EntityId> used = executors.loopsOf(access.loop, access.frame);
    std::set<EntityId> other = executors.loopsOf(loop.loop, loop.frame);
    return !other.empty() && llvm::none_of(other, [&](EntityId id) { return used.contains(id); });
  }

  /// The use on the loop that is most surely one beside `worker`, of the same thing.
  const Access *bestPartner(const Access &worker) const {
    const Access *best = nullptr;
    auto [begin, end] = std::equal_range(
        accesses.onLoops().begin(), accesses.onLoops().end(), worker,
        [](const Access &a, const Access &b) { return resourceOf(a.thing) < resourceOf(b.thing); });
    for (auto at = begin; at != end; ++at) {
      if (at->reason.confidence < input.options.confidence || !isBeside(worker, *at) ||
          !things.maybeSame(worker.thing, at->thing) || !mayMeet(worker, *at))
        continue;
      if (!best || rank(worker, *at) < rank(worker, *best))
        best = &*at;
    }
    return best;
  }

  /// A proof says more than a presumption, another line more than the same, and a coroutine more
  /// than an operation alone.
  static std::tuple<bool, bool, bool> rank(const Access &worker, const Access &loop) {
    return {loop.reason.confidence == Confidence::Presumed, loop.use->place == worker.use->place,
            loop.reason.kind == Reason::Kind::Completion};
  }

  /// Whether both uses can be under way at the same time, or the loop's can follow.
  bool mayMeet(const Access &worker, const Access &loop) const {
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
    if (loop.isInFlight || !frame || things.owner(worker.thing) != frame->id)
      return true;
    bool isAwaited = worker.decidedAt == 0 && worker.handOff().handOff->isAwaited;
    return !isAwaited && mayFollow(loop, worker);
  }

  /// The same where the coroutine itself has left the loop. To wait for an operation of a variable
  /// of its own is a way back.
  bool mayMeetAway(const Access &worker, const Access &loop) const {
    const Body &coroutine = program.body(input.links.bodyOf(worker.handOff().from));
    bool isOwn = things.owner(worker.thing) == coroutine.id;
    bool isWayBack = isOwn && worker.use->kind == UseKind::Async && worker.use->isAwaited;
    bool isOther =
        loop.use->place != worker.use->place || loop.reason.kind == Reason::Kind::Completion;
    return !isWayBack && isOther;
  }

  /// Whether the thread has ended, and its starter waited for that, when the loop's use begins.
  bool isWaitedForBefore(const Access &loop, const Access &worker) const {
    return worker.decidedAt == 0 && !mayFollow(worker, loop) &&
           llvm::any_of(worker.handOff().handOff->waits,
                        [&](Place wait) { return worker.site < wait && wait < loop.site; });
  }

  /// Whether the body itself has run the loop until nothing was left to do when it starts the
  /// thread.
  bool hasRunBefore(const Access &worker, const Access &loop) const {
    return !mayFollow(loop, worker) && bodyOf(worker.frame) &&
           llvm::any_of(bodyOf(worker.frame)->calls, [&](const Call &call) {
             return call.runsLoop && loop.site < call.place && call.place < worker.site;
           });
  }

  /// Whether the statement of `later` can run after that of `first`, in one life of the variable.
  bool mayFollow(const Access &later, const Access &first) const {
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
  const Body *bodyOf(BodyIndex index) const {
    return index < program.bodies().size() ? &program.body(index) : nullptr;
  }

  Finding report(const Access &worker, const Access &loop,
                 std::optional<OtherLoop> otherLoop) const {
    SharedThing shared;
    shared.otherLoop = std::move(otherLoop);
    if (const Variable *variable = program.variable(resourceOf(worker.thing)))
      shared.thing = *variable;
    shared.use = *worker.use;
    shared.user = worker.user;
    shared.handOff = *worker.handOff().handOff;
    shared.worker = input.links.bodyOf(worker.handOff().from);
    shared.isSwitch = worker.handOff().stretch != nullptr;
    for (const Link *link : llvm::drop_begin(worker.path, worker.decidedAt + 1))
      if (!link->stretch)
        shared.chain.push_back({input.links.name(link->into), input.links.name(link->from.body),
                                link->site,
                                link->call ? std::optional(*link->call) : std::nullopt});
    shared.loopUse = *loop.use;
    shared.loopUser = loop.user;
    shared.reason = loop.reason;
    shared.isMoved = isMoved(worker.thing);
    return {Name, worker.use->place, std::move(shared)};
  }

  const CheckInput &input;
  const Program &program;
  const Things &things;
  const Wheres &executors;
  Accesses accesses;
};

} // namespace

std::vector<Finding> findLoopBoundCaptures(const CheckInput &input) {
  return Captures(input).find();
}

} // namespace async_tidy
