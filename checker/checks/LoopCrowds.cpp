#include "checks/LoopCrowds.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// Whether `thread` is started more than once: in a loop of the source.
bool LoopCrowds::isRepeated(Thread thread) const {
  if (!thread.isStarted)
    return false;
  const Link &link = input.links.all()[thread.index];
  if (input.links.isPlace(link.target()))
    return false;
  const Body &starter = input.program.body(input.links.bodyOf(link.target()));
  return llvm::any_of(starter.loops,
                      [&](const LoopRange &loop) { return loop.contains(link.site); });
}

bool LoopCrowds::isRunBySeveral(const LoopRuns &runs) const {
  return runs.threads.size() > 1 ||
         llvm::any_of(runs.threads, [&](Thread thread) { return isRepeated(thread); });
}

std::optional<Crowd> LoopCrowds::crowdOf(const Access &access) const {
  const Wheres &executors = input.links.executors();
  if (!access.isHandedOff || executors.isSerial(access.loop, access.frame))
    return std::nullopt;
  for (EntityId loop : executors.loopsOf(access.loop, access.frame)) {
    const LoopRuns *runs = executors.runsOf(loop);
    const Variable *variable = input.program.variable(loop);
    if (runs && variable && isRunBySeveral(*runs))
      return Crowd{variable->name, runs->place};
  }
  return std::nullopt;
}

bool LoopCrowds::areTwo(const Access &a, const Access &b) const {
  if (!b.isHandedOff || a.handOff().site == b.handOff().site ||
      input.links.executors().isSerial(b.loop, b.frame))
    return false;
  const Wheres &executors = input.links.executors();
  const std::set<EntityId> &others = executors.loopsOf(b.loop, b.frame);
  return llvm::any_of(executors.loopsOf(a.loop, a.frame),
                      [&](EntityId loop) { return others.contains(loop); });
}

} // namespace async_tidy
