// What is seen of the callers that were made up.
#include "infer/Effects.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

class Observer {
public:
  Observer(const Program &program, const Links &links, TierSet tiers,
           llvm::function_ref<bool(Place)> isSilent)
      : links(links),
        reach(
            program, links, [&](const Call &call) { return tiers.contains(call.sink->tier); },
            isSilent) {}

  /// How the caller `node` blocks: for certain, if there is such a way.
  std::optional<BlockingWay> worst(Node node) const {
    for (bool sure : {true, false})
      for (unsigned tier = 0; tier != TierCount; ++tier)
        if (auto way = wayTo(node, Tier(tier)); way && way->sure == sure)
          return way;
    return std::nullopt;
  }

  std::optional<BlockingWay> wayTo(Node node, Tier tier) const {
    std::vector<Reach::Step> first = reach.firstSteps(node, tier);
    if (first.empty())
      return std::nullopt;
    // Of several implementations, the one that is nearest.
    const Reach::Step &nearest = *llvm::min_element(
        first, [](const Reach::Step &a, const Reach::Step &b) { return a.left < b.left; });
    std::vector<Reach::Step> chain = reach.chain(nearest, tier);
    const Call &sink = *chain.back().call;
    if (!sink.sink)
      return std::nullopt;
    BlockingWay way{tier, sink.sink->sure, {}, sink.name, sink.place};
    for (const Reach::Step &step : llvm::ArrayRef(chain).drop_front().drop_back())
      way.through.push_back(step.callee ? links.name(step.callee->body) : step.call->name);
    return way;
  }

  /// Which of the bodies that `node` may run block as `way` does.
  void countImplementations(Node node, const BlockingWay &way, Effects &effects) const {
    std::set<uint32_t> blocking;
    for (const Reach::Step &step : reach.firstSteps(node, way.tier))
      if (step.callee)
        blocking.insert(step.callee->index());
    effects.blocking = unsigned(blocking.size());
  }

  unsigned unknownCalls(Node node) const { return reach.countUnknown(node); }

  /// Where the callable `node` runs, for a caller `by`, who passed it to `function`.
  std::vector<CallableRun> runsOf(Node node, Node by, const PublicFunction &function,
                                  llvm::function_ref<EntityId(const llvm::Twine &)> idOf) const {
    std::map<std::pair<RunsAt::Kind, unsigned>, CallableRun> found;
    auto add = [&](RunsAt on, Place place, std::string via) {
      found.try_emplace({on.kind, on.index}, CallableRun{0, on, place, std::move(via)});
    };
    for (uint32_t index : links.from(node)) {
      const Link &link = links.all()[index];
      Place place = link.evidence.place.line != 0 ? link.evidence.place : link.site;
      std::string via = link.handOff ? link.handOff->via : "";
      if (link.handOff && !link.evidence.via.empty())
        via = link.evidence.via;
      if (link.where == Where::Worker)
        add({RunsAt::Kind::Worker, 0}, place, via);
      else if (link.where == Where::Loop && link.reason.confidence == Confidence::Proven)
        add({RunsAt::Kind::Loop, 0}, place, via);
      else if (auto executor = argumentIn(link.executor, function, idOf))
        add(*executor, place, via);
      else if (link.isHere() && isRunBy(link.target(), by))
        add({RunsAt::Kind::Here, 0}, place, via);
      else if (auto thread = threadOf(link.target()); thread && link.isHere())
        add(*thread, place, via);
      else
        add({RunsAt::Kind::Later, 0}, place, via);
    }
    // Not knowing of one way says nothing beside those that are known.
    if (found.size() > 1)
      found.erase({RunsAt::Kind::Later, 0});
    std::vector<CallableRun> result;
    result.reserve(found.size());
    for (auto &[key, run] : found)
      result.push_back(std::move(run));
    return result;
  }

  /// Where the coroutine `body` goes on after its await, if all ways are known and lead there.
  void setGoesOn(BodyIndex body, llvm::function_ref<EntityId(const llvm::Twine &)> idOf,
                 Effects &effects) const {
    std::set<std::pair<RunsAt::Kind, unsigned>> found;
    for (uint32_t index : links.from(links.statementsOf(body, 1))) {
      const Link &link = links.all()[index];
      std::optional<RunsAt> at;
      if (link.isUnclear || !link.stretch)
        return;
      if (link.where == Where::Worker)
        at = RunsAt{RunsAt::Kind::Worker, 0};
      else if (link.where == Where::Loop && link.reason.confidence == Confidence::Proven)
        at = RunsAt{RunsAt::Kind::Loop, 0};
      else
        at = argumentIn(link.executor, effects.function, idOf);
      if (!at)
        return;
      found.insert({at->kind, at->index});
    }
    if (found.size() != 1)
      return;
    auto [kind, index] = *found.begin();
    effects.goesOn = RunsAt{kind, index};
  }

private:
  /// The object, or the argument, that has the executor `term`.
  static std::optional<RunsAt> argumentIn(const Term &term, const PublicFunction &function,
                                          llvm::function_ref<EntityId(const llvm::Twine &)> idOf) {
    const Term *owner = ownerOfExecutor(term);
    Term thing = withoutMove(owner ? *owner : term);
    if (!thing.is(Term::Kind::Variable))
      return std::nullopt;
    for (uint32_t i = 0; i != function.parameters.size(); ++i)
      if (thing.id == idOf(llvm::Twine("argument ") + llvm::Twine(i)))
        return RunsAt{RunsAt::Kind::Argument, i};
    if (owner && thing.id == idOf("object"))
      return RunsAt{RunsAt::Kind::Receiver, 0};
    return std::nullopt;
  }

  /// Whether what runs in `node` runs before the call of `by` returns.
  bool isRunBy(Node node, Node by) const {
    std::set<uint32_t> seen;
    std::vector<Node> todo{node};
    while (!todo.empty()) {
      Node at = todo.back();
      todo.pop_back();
      if (at == by)
        return true;
      if (!seen.insert(at.index()).second)
        continue;
      for (uint32_t index : links.from(at))
        if (links.all()[index].isHere() && !at.isTask)
          todo.push_back(links.all()[index].target());
    }
    return false;
  }

  /// Where what runs in `node` runs, if all ways to it lead from threads or loops of the library.
  std::optional<RunsAt> threadOf(Node node) const {
    std::set<uint32_t> seen;
    std::set<Where> ends;
    std::vector<Node> todo{node};
    while (!todo.empty()) {
      Node at = todo.back();
      todo.pop_back();
      if (!seen.insert(at.index()).second)
        continue;
      bool isEnd = true;
      for (uint32_t index : links.from(at)) {
        const Link &link = links.all()[index];
        bool isMaker = !link.call && !link.handOff && !link.await && !link.stretch;
        if (isMaker && link.executor.is(Term::Kind::Unknown))
          continue;
        isEnd = false;
        bool isHere = link.where == Where::Here;
        bool isPresumed = link.where == Where::Loop && link.reason.confidence != Confidence::Proven;
        if (!isHere)
          ends.insert(isPresumed ? Where::Unknown : link.where);
        else
          todo.push_back(link.target());
      }
      // Nobody is seen to call it: anybody may.
      if (isEnd)
        ends.insert(Where::Unknown);
    }
    if (ends == std::set{Where::Loop})
      return RunsAt{RunsAt::Kind::Loop, 0};
    if (ends == std::set{Where::Worker})
      return RunsAt{RunsAt::Kind::Worker, 0};
    return std::nullopt;
  }

  const Links &links;
  Reach reach;
};

} // namespace

/// What `node`, a caller that knows nothing of its arguments, shows of the function that it calls.
static void describeCalls(const Observer &observer, const Program &program, const Links &links,
                          Node node, Effects &effects) {
  std::set<BodyIndex> targets;
  for (const Call &call : program.body(node.body).calls)
    for (BodyIndex target : program.targets(call))
      targets.insert(target);
  effects.isSeen = !targets.empty() || effects.function.isDefined;
  effects.implementations = unsigned(targets.size());
  effects.isNonBlocking = !targets.empty() && llvm::all_of(targets, [&](BodyIndex target) {
    return program.body(target).isNonBlocking;
  });
  effects.runsLoop = links.runsLoop(node.body);
  effects.unknownCalls = observer.unknownCalls(node);
  effects.way = observer.worst(node);
  if (!effects.way)
    return;
  observer.countImplementations(node, *effects.way, effects);
  for (unsigned tier = unsigned(effects.way->tier) + 1; tier < TierCount; ++tier)
    if (observer.wayTo(node, Tier(tier)))
      effects.also.push_back(Tier(tier));
}

std::vector<Effects> Callers::effects(const Program &program, const Links &links, TierSet tiers,
                                      llvm::function_ref<bool(Place)> isSilent) const {
  Observer observer(program, links, tiers, isSilent);
  std::vector<Effects> result;
  for (const Caller &caller : callers) {
    auto body = program.find(caller.id);
    if (!body)
      continue;
    Node node{*body, false};
    auto idOfPart = [&](const llvm::Twine &part) { return idOf(caller.function, part); };
    if (caller.isCoroutine) {
      observer.setGoesOn(*body, idOfPart, result.back());
      continue;
    }
    if (caller.knows) {
      // Those that know something come after the one that knows nothing.
      if (result.back().way && !observer.worst(node))
        result.back().unless.push_back(*caller.knows);
      continue;
    }
    Effects &effects = result.emplace_back();
    effects.function = functions[caller.function];
    effects.isAwaiter = isAwaitSuspend(effects.function);
    describeCalls(observer, program, links, node, effects);
    for (uint32_t i = 0; i != effects.function.parameters.size(); ++i) {
      auto callable = program.find(idOfPart(llvm::Twine("argument ") + llvm::Twine(i)));
      if (!callable)
        continue;
      auto runs = observer.runsOf({*callable, false}, node, effects.function, idOfPart);
      if (runs.empty() && effects.isSeen)
        effects.unclear.push_back(i);
      for (CallableRun &run : runs) {
        run.parameter = i;
        effects.runs.push_back(std::move(run));
      }
    }
  }
  return result;
}

} // namespace async_tidy
