#include "tools/Memory.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <unistd.h>

namespace async_tidy {

namespace {

/// What stands in a file of the system's; empty if there is none. Such files do not tell their
/// size.
std::string contents(const llvm::Twine &path) {
  auto buffer = llvm::MemoryBuffer::getFileAsStream(path);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

std::optional<uint64_t> number(llvm::StringRef text) {
  uint64_t value = 0;
  if (text.trim().getAsInteger(10, value))
    return std::nullopt;
  return value;
}

/// The number after one of `keys` in lines like "inactive_file 1024", all such added up.
uint64_t sumOf(llvm::StringRef lines, llvm::ArrayRef<llvm::StringRef> keys) {
  uint64_t sum = 0;
  for (llvm::StringRef line : llvm::split(lines, '\n'))
    if (auto [key, value] = line.split(' '); llvm::is_contained(keys, key))
      sum += number(value).value_or(0);
  return sum;
}

/// What a control group leaves; none if it has no limit. Files that are only cached count as free:
/// they go when memory is wanted, and else fill up to the limit.
std::optional<uint64_t> availableIn(const std::string &folder, bool isFirst) {
  auto read = [&](llvm::StringRef name) { return contents(folder + "/" + name); };
  std::optional<uint64_t> limit = number(read(isFirst ? "memory.limit_in_bytes" : "memory.max"));
  // Above this one, processes are slowed down until they stand.
  if (std::optional<uint64_t> high = isFirst ? std::nullopt : number(read("memory.high")))
    limit = std::min(limit.value_or(*high), *high);
  std::optional<uint64_t> used = number(read(isFirst ? "memory.usage_in_bytes" : "memory.current"));
  if (!limit || !used)
    return std::nullopt;
  std::string stat = read("memory.stat");
  uint64_t cached = isFirst ? sumOf(stat, {"total_active_file", "total_inactive_file"})
                            : sumOf(stat, {"active_file", "inactive_file", "slab_reclaimable"});
  uint64_t taken = *used - std::min(*used, cached);
  return *limit - std::min(*limit, taken);
}

/// The group of this process for memory, of which /proc/self/cgroup says "4:memory:/a/b" or, in the
/// second version, "0::/a/b".
std::optional<llvm::StringRef> groupIn(llvm::StringRef own, bool isFirst) {
  for (llvm::StringRef line : llvm::split(own, '\n')) {
    auto [id, rest] = line.split(':');
    auto [controllers, path] = rest.split(':');
    bool isWanted = isFirst ? llvm::is_contained(llvm::split(controllers, ','), "memory")
                            : id == "0" && controllers.empty();
    if (isWanted && path.starts_with("/"))
      return path;
  }
  return std::nullopt;
}

} // namespace

Memory::Memory(llvm::StringRef root) : root(root.str()) {
  findGroups(contents(this->root + "/proc/self/mountinfo"),
             contents(this->root + "/proc/self/cgroup"));
}

/// A line of `mounts`: "35 31 0:32 /docker/1 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory":
/// which group is seen at which folder.
void Memory::findGroups(llvm::StringRef mounts, llvm::StringRef own) {
  for (llvm::StringRef line : llvm::split(mounts, '\n')) {
    auto [mount, system] = line.split(" - ");
    llvm::SmallVector<llvm::StringRef> where;
    llvm::SmallVector<llvm::StringRef> what;
    mount.split(where, ' ');
    system.split(what, ' ');
    if (where.size() < 5 || what.size() < 3)
      continue;
    bool isFirst = what[0] == "cgroup" && llvm::is_contained(llvm::split(what[2], ','), "memory");
    if (!isFirst && what[0] != "cgroup2")
      continue;
    std::optional<llvm::StringRef> path = groupIn(own, isFirst);
    if (!path)
      continue;
    // A container may see its own group as the root of all.
    llvm::StringRef below = *path;
    if (where[3] != "/" && (!below.consume_front(where[3]) || (!below.empty() && below[0] != '/')))
      below = "";
    // A limit holds for all groups below.
    for (; !below.empty() && below != "/"; below = llvm::sys::path::parent_path(below))
      groups.push_back({root + where[4].str() + below.str(), isFirst});
    groups.push_back({root + where[4].str(), isFirst});
  }
}

std::optional<uint64_t> Memory::available() const {
  std::optional<uint64_t> least;
  std::string all = contents(root + "/proc/meminfo");
  for (llvm::StringRef line : llvm::split(all, '\n'))
    if (line.consume_front("MemAvailable:"))
      if (std::optional<uint64_t> kilobytes = number(line.trim().split(' ').first))
        least = *kilobytes * 1024;
  for (const Group &group : groups)
    if (std::optional<uint64_t> left = availableIn(group.folder, group.isFirst))
      least = std::min(least.value_or(*left), *left);
  return least;
}

/// /proc/PID/statm says, in pages: size, resident, and how many of these have a file behind them.
Memory::Pages Memory::pages(pid_t process) const {
  std::string text = contents(root + "/proc/" + llvm::Twine(process) + "/statm");
  llvm::SmallVector<llvm::StringRef> fields;
  llvm::StringRef(text).split(fields, ' ');
  if (fields.size() < 3)
    return {};
  return {number(fields[1]).value_or(0), number(fields[2]).value_or(0)};
}

uint64_t Memory::resident(pid_t process) const {
  return pages(process).all * uint64_t(sysconf(_SC_PAGESIZE));
}

uint64_t Memory::inherited(pid_t process) const {
  Pages has = pages(process);
  // What has a file behind it, a new process maps again when it needs it.
  return (has.all - std::min(has.all, has.ofFiles)) * uint64_t(sysconf(_SC_PAGESIZE));
}

} // namespace async_tidy
