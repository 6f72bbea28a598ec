// How much memory there is for further processes, and how much a process has: what Linux says in
// /proc, and the limits of the control groups (containers, `systemd-run`) around this process.
#ifndef ASYNC_TIDY_TOOLS_MEMORY_H
#define ASYNC_TIDY_TOOLS_MEMORY_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace async_tidy {

class Memory {
public:
  /// Files are looked for below `root`, which is empty but for tests. The groups are those around
  /// this process now.
  explicit Memory(llvm::StringRef root = "");

  /// Bytes that can still be had without anybody's being killed or swapped out; none if the system
  /// does not say.
  std::optional<uint64_t> available() const;

  /// Bytes that a process has in memory; 0 if the system does not say.
  uint64_t resident(pid_t process) const;

  /// Of these, what a child that is forked now shares with the process from the beginning.
  uint64_t inherited(pid_t process) const;

private:
  /// Files of one control group.
  struct Group {
    std::string folder;
    bool isFirst; // of the first version of control groups
  };

  /// What a process has in memory.
  struct Pages {
    uint64_t all = 0;
    uint64_t ofFiles = 0;
  };

  void findGroups(llvm::StringRef mounts, llvm::StringRef own);
  Pages pages(pid_t process) const;

  std::string root;
  std::vector<Group> groups;
};

} // namespace async_tidy

#endif
