// What /proc and the control groups say, read from a copy of such files.
#include "tools/Memory.h"
#include "TemporaryFolder.h"
#include <unistd.h>

namespace async_tidy::test {

namespace {

constexpr uint64_t Mega = uint64_t(1) << 20;

/// A machine of which 1000 MB are free.
class Machine : public TemporaryFolder {
public:
  Machine() { write("proc/meminfo", "MemFree: 1 kB\nMemAvailable:    1024000 kB\n"); }

  /// This process is in `group`; `mounts` are lines of mountinfo.
  void isIn(llvm::StringRef group, llvm::StringRef mounts) const {
    write("proc/self/cgroup", group);
    write("proc/self/mountinfo", mounts);
  }

  uint64_t available() const { return Memory(name()).available().value_or(0) / Mega; }
};

/// Control groups as systemd sets them up.
class SecondVersion : public Machine {
public:
  SecondVersion() {
    isIn("0::/user/job\n", "22 1 0:20 / /proc rw - proc proc rw\n"
                           "35 31 0:32 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n");
  }

  void limit(llvm::StringRef group, llvm::StringRef most, uint64_t used) const {
    std::string folder = ("sys/fs/cgroup/" + group).str();
    write(folder + "/memory.max", most);
    write(folder + "/memory.current", std::to_string(used) + "\n");
  }
};

TEST(Memory, IsWhatTheMachineSays) {
  EXPECT_EQ(Machine().available(), 1000U);
  EXPECT_FALSE(Memory(TemporaryFolder().name()).available());
}

TEST(Memory, AGroupsLimitHolds) {
  SecondVersion machine;
  machine.limit("user/job", "314572800\n", 100 * Mega);
  EXPECT_EQ(machine.available(), 200U);
  machine.limit("user/job", "314572800\n", 400 * Mega);
  EXPECT_EQ(machine.available(), 0U);
  machine.limit("user/job", "max\n", 400 * Mega);
  EXPECT_EQ(machine.available(), 1000U);
}

TEST(Memory, TheLimitsOfGroupsAboveHoldToo) {
  SecondVersion machine;
  machine.limit("user/job", "314572800\n", 100 * Mega);
  machine.limit("user", "524288000\n", 450 * Mega);
  EXPECT_EQ(machine.available(), 50U);
}

TEST(Memory, WhereAGroupIsSlowedDownIsALimit) {
  SecondVersion machine;
  machine.limit("user", "max\n", 100 * Mega);
  machine.write("sys/fs/cgroup/user/memory.high", "209715200\n");
  EXPECT_EQ(machine.available(), 100U);
}

TEST(Memory, FilesThatAreOnlyCachedAreFree) {
  SecondVersion machine;
  machine.limit("user", "314572800\n", 300 * Mega);
  machine.write("sys/fs/cgroup/user/memory.stat",
                "anon 1\nactive_file 104857600\ninactive_file 52428800\nfile 4\n");
  EXPECT_EQ(machine.available(), 150U);
}

TEST(Memory, TheFirstVersionOfGroups) {
  Machine machine;
  machine.isIn("5:devices:/other\n4:memory,x:/docker/abc/job\n0::/\n",
               "35 31 0:32 /docker/abc /memory rw - cgroup cgroup rw,memory,x\n"
               "36 31 0:33 /docker/abc /devices rw - cgroup cgroup rw,devices\n");
  machine.write("memory/job/memory.limit_in_bytes", "314572800\n");
  machine.write("memory/job/memory.usage_in_bytes", "209715200\n");
  machine.write("memory/job/memory.stat", "active_file 5\ntotal_inactive_file 52428800\n");
  EXPECT_EQ(machine.available(), 150U);
  machine.write("memory/memory.limit_in_bytes", "9223372036854771712\n");
  machine.write("memory/memory.usage_in_bytes", "209715200\n");
  EXPECT_EQ(machine.available(), 150U);
}

TEST(Memory, NonsenseSaysNothing) {
  Machine machine;
  machine.isIn("0:\n\n::\n0::user\n", " - cgroup2\n1 2 3 / /x - cgroup2 cgroup2 rw\n - - -\n");
  EXPECT_EQ(machine.available(), 1000U);
  machine.write("proc/meminfo", "MemAvailable: -1 kB\nMemAvailable:\n");
  EXPECT_EQ(machine.available(), 0U);
}

TEST(Memory, WhatAProcessHas) {
  Machine machine;
  auto page = uint64_t(sysconf(_SC_PAGESIZE));
  machine.write("proc/7/statm", "500 300 100 5 0 50 0\n");
  Memory memory(machine.name());
  EXPECT_EQ(memory.resident(7), 300 * page);
  EXPECT_EQ(memory.inherited(7), 200 * page);
  EXPECT_EQ(memory.resident(8), 0U);
  EXPECT_GT(Memory().resident(getpid()), Mega) << "this process";
}

} // namespace

} // namespace async_tidy::test
