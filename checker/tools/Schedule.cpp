#include "tools/Schedule.h"
#include "llvm/ADT/STLExtras.h"
#include <limits>
#include <unistd.h>

namespace async_tidy {

namespace {

using std::chrono::milliseconds;

/// What a unit is expected to need before any has ended.
constexpr uint64_t FirstPeak = uint64_t(400) << 20;

size_t take(std::deque<size_t> &from, size_t at) {
  size_t unit = from[at];
  from.erase(from.begin() + ptrdiff_t(at));
  return unit;
}

std::vector<const UnitCost *> costsOf(llvm::ArrayRef<PlannedUnit> units, const UnitTimes &times) {
  std::vector<const UnitCost *> costs;
  costs.reserve(units.size());
  for (const PlannedUnit &unit : units)
    costs.push_back(times.find(unit.name));
  return costs;
}

} // namespace

std::deque<size_t> longestFirst(llvm::ArrayRef<PlannedUnit> units, const UnitTimes &times) {
  std::vector<const UnitCost *> costs = costsOf(units, times);
  milliseconds sum{0};
  int64_t known = 0;
  for (const UnitCost *cost : costs)
    if (cost) {
      sum += cost->time;
      ++known;
    }
  // An unknown unit may be a long one: it waits for those that are, and for no other.
  auto rank = [&](size_t unit) {
    return !costs[unit] ? 1 : costs[unit]->time * known > sum ? 0 : 2;
  };
  std::deque<size_t> order;
  for (auto [index, unit] : llvm::enumerate(units))
    if (!unit.isDone)
      order.push_back(index);
  auto longer = [&](size_t a, size_t b) {
    if (rank(a) != rank(b))
      return rank(a) < rank(b);
    if (costs[a] && costs[a]->time != costs[b]->time)
      return costs[a]->time > costs[b]->time;
    if (!costs[a] && units[a].size != units[b].size)
      return units[a].size > units[b].size;
    return a < b;
  };
  llvm::sort(order, longer);
  return order;
}

Schedule::Schedule(std::vector<PlannedUnit> planned, unsigned jobs, UnitTimes &times, Memory memory,
                   Jobserver jobserver)
    : units(std::move(planned)), jobs(jobs), times(times), costs(costsOf(units, times)),
      memory(std::move(memory)), jobserver(std::move(jobserver)),
      waiting(longestFirst(units, times)) {}

std::optional<size_t> Schedule::next() {
  waitsForToken = waitsForRoom = false;
  if (children.empty() && !isEmpty()) {
    std::deque<size_t> &from = waiting.empty() ? alone : waiting;
    return take(from, 0);
  }
  std::optional<size_t> found;
  if (children.size() < jobs && !waiting.empty()) {
    uint64_t free = room();
    auto fits = llvm::find_if(waiting, [&](size_t unit) { return expectedPeak(unit) <= free; });
    waitsForRoom = fits == waiting.end();
    waitsForToken = !waitsForRoom && !jobserver.allows(children.size() + 1);
    if (!waitsForRoom && !waitsForToken)
      found = take(waiting, size_t(fits - waiting.begin()));
  }
  if (!found)
    jobserver.keepFor(children.size());
  return found;
}

void Schedule::started(size_t unit, pid_t child) {
  children.push_back({unit, child, Clock::now(), memory.inherited(getpid()), expectedPeak(unit)});
}

void Schedule::ended(size_t unit, uint64_t peak, bool isTypical) {
  auto child = llvm::find_if(children, [&](const Running &r) { return r.unit == unit; });
  UnitCost cost{std::chrono::duration_cast<milliseconds>(Clock::now() - child->since),
                peak - std::min(peak, child->inherited)};
  children.erase(child);
  jobserver.keepFor(children.size());
  largestPeak = std::max(largestPeak, cost.peak);
  if (!isTypical)
    return;
  times.set(units[unit].name, cost);
  timeTaken += cost.time;
  ++timed;
}

bool Schedule::triesAlone(size_t unit, uint64_t peak) {
  if (!wasKilled.insert(unit).second)
    return false;
  ended(unit, peak, /*isTypical=*/false);
  alone.push_back(unit);
  return true;
}

uint64_t Schedule::expectedPeak(size_t unit) const {
  if (costs[unit])
    return costs[unit]->peak;
  return largestPeak != 0 ? largestPeak : FirstPeak;
}

/// The memory that is there for one more child, when those at work have got all that they will
/// still want.
uint64_t Schedule::room() const {
  std::optional<uint64_t> available = memory.available();
  if (!available)
    return std::numeric_limits<uint64_t>::max();
  uint64_t wanted = 0;
  for (const Running &child : children) {
    uint64_t has = memory.resident(child.child);
    has -= std::min(has, child.inherited);
    wanted += child.expected - std::min(child.expected, has);
  }
  return *available - std::min(*available, wanted);
}

std::vector<size_t> Schedule::running() const {
  std::vector<size_t> result;
  result.reserve(children.size());
  for (const Running &child : children)
    result.push_back(child.unit);
  return result;
}

std::optional<milliseconds> Schedule::timeLeft(Clock::time_point now) const {
  std::optional<milliseconds> mean;
  if (timed != 0)
    mean = timeTaken / int64_t(timed);
  milliseconds all{0};
  milliseconds longest{0};
  auto add = [&](size_t unit, milliseconds since) {
    if (!costs[unit] && !mean)
      return false;
    milliseconds whole = costs[unit] ? costs[unit]->time : *mean;
    milliseconds left = std::max(whole - since, milliseconds(0));
    all += left;
    longest = std::max(longest, left);
    return true;
  };
  bool isKnown = true;
  for (const Running &child : children)
    isKnown &= add(child.unit, std::chrono::duration_cast<milliseconds>(now - child.since));
  for (const auto *rest : {&waiting, &alone})
    for (size_t unit : *rest)
      isKnown = isKnown && add(unit, milliseconds(0));
  if (!isKnown)
    return std::nullopt;
  // It goes on as it does now, and no unit is ever split.
  return std::max(all / int64_t(std::max<size_t>(children.size(), 1)), longest);
}

} // namespace async_tidy
