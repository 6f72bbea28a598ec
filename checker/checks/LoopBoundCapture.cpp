// async-loop-bound-capture: a loop-bound resource used by code that runs on another thread.
#include "checks/Homes.h"
#include "checks/LoopCrowds.h"
#include "checks/Meetings.h"
#include "infer/Wheres.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral Name = "async-loop-bound-capture";

class Captures {
public:
  explicit Captures(const CheckInput &input)
      : input(input), program(input.program), things(input.things),
        executors(input.links.executors()), meetings(input), homes(input), crowds(input),
        accesses(program, input.links, input.roots, things,
                 [&](Place place) { return program.isSuppressed(place, Name); }) {}

  std::vector<Finding> find() {
    for (const Access &worker : accesses.onWorkers())
      if (executors.ofObject(worker.thing) != Where::Worker && homes.isExclusive(worker))
        look(worker, std::nullopt);
    for (const Access &access : accesses.onLoops())
      if (auto other = otherLoop(access))
        look(access, std::move(other));
    if (input.options.severalThreads)
      findCrowds();
    return std::move(findings);
  }

private:
  /// One finding for what one statement on the other thread does with one resource: its nearest
  /// use.
  void look(const Access &access, std::optional<OtherLoop> other) {
    std::tuple key{access.handOff().site, access.workerSite, thingIn(access.thing)};
    if (reported.contains(key) || access.isPreparation)
      return;
    const Access *loop = bestPartner(access);
    if (!loop && (other || !homes.isForeign(access)))
      return;
    reported.insert(key);
    SharedThing shared = describe(access, loop);
    shared.otherLoop = std::move(other);
    findings.push_back({Name, access.use->place, std::move(shared)});
  }

  /// Uses by two activities of one loop that several threads run.
  void findCrowds() {
    std::set<std::pair<Place, EntityId>> seen;
    for (const Access &access : accesses.onLoops()) {
      auto crowd = crowds.crowdOf(access);
      if (!crowd || !seen.insert({access.use->place, thingIn(access.thing)}).second)
        continue;
      for (const Access *other : loopUsesOf(access)) {
        if (!crowds.areTwo(access, *other) || !things.maybeSame(access.thing, other->thing) ||
            meetings.isLockedOut(access, *other))
          continue;
        SharedThing shared = describe(access, other);
        shared.crowd = std::move(crowd);
        findings.push_back({Name, access.use->place, std::move(shared)});
        break;
      }
    }
  }

  /// If `access` happens on another event loop than that of its thing, and another thread runs that
  /// one: which they are.
  std::optional<OtherLoop> otherLoop(const Access &access) const {
    if (!access.isHandedOff)
      return std::nullopt;
    const std::set<EntityId> &used = executors.loopsOf(access.loop, access.frame);
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
    return executors.isMain(thread) && llvm::any_of(others.threads, [&](Thread other) {
             return executors.isMain(other) && other != thread;
           });
  }

  /// Whether `loop` is no use on the loop that `access` happens on.
  bool isBeside(const Access &access, const Access &loop) const {
    if (access.where == Where::Worker || loop.reason->kind == Reason::Kind::Completion)
      return true;
    const std::set<EntityId> &used = executors.loopsOf(access.loop, access.frame);
    const std::set<EntityId> &other = executors.loopsOf(loop.loop, loop.frame);
    return !other.empty() && llvm::none_of(other, [&](EntityId id) { return used.contains(id); });
  }

  /// What loops do with what may be the thing of `access`.
  std::vector<const Access *> loopUsesOf(const Access &access) const {
    auto [begin, end] = std::equal_range(
        accesses.onLoops().begin(), accesses.onLoops().end(), access,
        [](const Access &a, const Access &b) { return thingIn(a.thing) < thingIn(b.thing); });
    std::vector<const Access *> result;
    for (auto at = begin; at != end; ++at)
      if (at->reason->confidence >= input.options.confidence)
        result.push_back(&*at);
    return result;
  }

  /// The use on the loop that is most surely one beside `worker`, of the same thing.
  const Access *bestPartner(const Access &worker) const {
    constexpr std::tuple<bool, bool, bool> Surest;
    const Access *best = nullptr;
    for (const Access *at : loopUsesOf(worker)) {
      if ((!best || rank(worker, *at) < rank(worker, *best)) && isBeside(worker, *at) &&
          things.maybeSame(worker.thing, at->thing) && meetings.mayMeet(worker, *at))
        best = at;
      if (best && rank(worker, *best) == Surest)
        break;
    }
    return best;
  }

  /// A proof says more than a presumption, another line more than the same, and a coroutine more
  /// than an operation alone.
  static std::tuple<bool, bool, bool> rank(const Access &worker, const Access &loop) {
    return {loop.reason->confidence == Confidence::Presumed, loop.use->place == worker.use->place,
            loop.reason->kind == Reason::Kind::Completion};
  }

  /// `loop` may be null.
  SharedThing describe(const Access &worker, const Access *loop) const {
    SharedThing shared;
    if (const Variable *variable = program.variable(thingIn(worker.thing)))
      shared.thing = *variable;
    shared.use = *worker.use;
    shared.user = worker.user;
    shared.handOff = *worker.handOff().handOff;
    shared.worker = input.links.bodyOf(worker.handOff().from);
    if (input.links.isPlace(worker.handOff().from))
      shared.kept = input.links.name(shared.worker);
    shared.isSwitch = worker.handOff().stretch != nullptr;
    shared.isMoved = isMoved(worker.thing);
    for (const Link *link : llvm::drop_begin(worker.path, worker.decidedAt + 1))
      if (!link->stretch)
        shared.chain.push_back({input.links.name(link->into), input.links.name(link->from.body),
                                link->site,
                                link->call ? std::optional(*link->call) : std::nullopt});
    if (loop) {
      shared.loopUse = *loop->use;
      shared.loopUser = loop->user;
      shared.reason = *loop->reason;
      shared.almost = almostProofs(worker, *loop);
    } else if (const Use *making = homes.makingOf(worker)) {
      shared.made = making->place;
    }
    return shared;
  }

  AlmostProofs almostProofs(const Access &worker, const Access &loop) const {
    AlmostProofs almost;
    auto copy = [](const auto *from, auto &to) {
      if (from)
        to = *from;
    };
    copy(meetings.lockOf(worker), almost.lock);
    almost.loopGoesOn = loop.use->kind == UseKind::Async;
    copy(meetings.wakeAfter(worker), almost.wake);
    // To wait for its end makes no foreign thread the thing's own.
    if (!worker.use->isAffine)
      copy(meetings.waitFor(worker), almost.wait);
    return almost;
  }

  const CheckInput &input;
  const Program &program;
  const Things &things;
  const Wheres &executors;
  Meetings meetings;
  Homes homes;
  LoopCrowds crowds;
  Accesses accesses;
  std::set<std::tuple<Place, Place, EntityId>> reported;
  std::vector<Finding> findings;
};

} // namespace

std::vector<Finding> findLoopBoundCaptures(const CheckInput &input) {
  return Captures(input).find();
}

} // namespace async_tidy
