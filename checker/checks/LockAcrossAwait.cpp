// async-lock-across-await: a lock held over a suspension.
#include "checks/Catalogue.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral Name = "async-lock-across-await";

class LockedSleeps {
public:
  explicit LockedSleeps(const CheckInput &input) : program(input.program) {}

  std::vector<Finding> find() {
    for (BodyIndex index = 0; index != program.bodies().size(); ++index)
      if (!program.body(index).heldLocks.empty())
        look(index);
    return std::move(findings);
  }

private:
  /// One finding for each place that takes locks: where the coroutine first sleeps with them.
  void look(BodyIndex index) {
    std::map<Place, LockedSleep> found; // by the place that takes them
    std::map<Place, Place> first;
    // They are in the order of the source.
    for (const HeldLock &lock : program.body(index).heldLocks) {
      if (!lock.children.empty() &&
          llvm::none_of(lock.children, [&](EntityId child) { return maySleep(child); }))
        continue;
      auto [at, isNew] = first.try_emplace(lock.taken, lock.place);
      LockedSleep &sleep = found[lock.taken];
      if (isNew) {
        sleep.body = index;
        sleep.taken = lock.taken;
        sleep.isYield = lock.isYield;
      }
      if (lock.place == at->second)
        sleep.mutexes.push_back(lock.mutex);
      else if (sleep.others.empty() || sleep.others.back() != lock.place)
        sleep.others.push_back(lock.place);
    }
    for (auto &[taken, sleep] : found)
      if (Place place = first[taken]; !program.isSuppressed(place, Name))
        findings.push_back({Name, place, std::move(sleep)});
  }

  /// Whether whoever awaits `coroutine` may sleep: that, or one that it awaits, awaits something
  /// else. What is not seen does.
  bool maySleep(EntityId coroutine) const {
    std::set<EntityId> seen{coroutine};
    std::vector<EntityId> todo{coroutine};
    while (!todo.empty()) {
      EntityId id = todo.back();
      todo.pop_back();
      std::optional<BodyIndex> index = program.find(id);
      if (!index)
        return true;
      const Body &body = program.body(*index);
      if (body.kind == BodyKind::Function || body.sleeps)
        return true;
      for (EntityId child : body.sleepsWith)
        if (seen.insert(child).second)
          todo.push_back(child);
    }
    return false;
  }

  const Program &program;
  std::vector<Finding> findings;
};

} // namespace

std::vector<Finding> findLockedSleeps(const CheckInput &input) {
  return LockedSleeps(input).find();
}

} // namespace async_tidy
