// Which unit is next, as time, memory and tokens allow.
#include "tools/Schedule.h"
#include "TemporaryFolder.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace async_tidy::test {

namespace {

using std::chrono::milliseconds;
using Units = std::vector<PlannedUnit>;

constexpr uint64_t Mega = uint64_t(1) << 20;
constexpr pid_t SomeChild = 1000000000; // above every number that there is

/// Units without times or sizes, called "0", "1", ...
Units units(size_t count) {
  Units result;
  for (size_t i = 0; i != count; ++i)
    result.push_back({std::to_string(i), 0});
  return result;
}

/// Memory as a machine says that has `free` MB.
Memory memoryOf(const TemporaryFolder &machine, uint64_t free) {
  machine.write("proc/meminfo", "MemAvailable: " + std::to_string(free * 1024) + " kB\n");
  return Memory(machine.name());
}

/// All that start now, in this order.
std::vector<size_t> startAll(Schedule &schedule) {
  std::vector<size_t> all;
  while (std::optional<size_t> unit = schedule.next()) {
    schedule.started(*unit, SomeChild + pid_t(*unit));
    all.push_back(*unit);
  }
  return all;
}

std::vector<size_t> order(const Units &units, const UnitTimes &times) {
  std::deque<size_t> all = longestFirst(units, times);
  return {all.begin(), all.end()};
}

using Indices = std::vector<size_t>;

TEST(Schedule, TheLongestUnitsComeFirst) {
  UnitTimes times("");
  times.set("short", {milliseconds(10), 0});
  times.set("long", {milliseconds(3000), 0});
  times.set("middle", {milliseconds(2900), 0});
  times.set("short-too", {milliseconds(10), 0});
  EXPECT_EQ(order({{"short", 9000},
                   {"new", 5},
                   {"middle", 1},
                   {"short-too", 1},
                   {"new-large", 50},
                   {"long", 1}},
                  times),
            (Indices{5, 2, 4, 1, 0, 3}));
}

TEST(Schedule, WhatIsDoneGetsNoTurn) {
  UnitTimes times("");
  times.set("1", {milliseconds(1000000), 0});
  Schedule schedule({{"0", 0}, {"1", 0, true}, {"2", 0}}, 1, times, Memory("/nowhere"),
                    Jobserver());
  EXPECT_EQ(startAll(schedule), (Indices{0}));
  schedule.ended(0, 0, true);
  EXPECT_EQ(startAll(schedule), (Indices{2}));
  EXPECT_TRUE(schedule.isEmpty());
  EXPECT_LT(schedule.timeLeft(Schedule::Clock::now())->count(), 1000);
}

TEST(Schedule, EqualUnitsStayInTheirOrder) {
  EXPECT_EQ(order(units(4), UnitTimes("")), (Indices{0, 1, 2, 3}));
}

TEST(Schedule, NoMoreRunThanThereAreJobs) {
  UnitTimes times("");
  Schedule schedule(units(5), 2, times, Memory("/nowhere"), Jobserver());
  EXPECT_EQ(startAll(schedule), (Indices{0, 1}));
  EXPECT_EQ(schedule.running(), (Indices{0, 1}));
  schedule.ended(0, 0, true);
  EXPECT_EQ(startAll(schedule), (Indices{2}));
  EXPECT_EQ(schedule.running(), (Indices{1, 2}));
  EXPECT_FALSE(schedule.waitsForMemory());
  EXPECT_FALSE(schedule.isEmpty());
}

TEST(Schedule, OneUnitRunsHoweverLittleMemoryThereIs) {
  TemporaryFolder machine;
  UnitTimes times("");
  Schedule schedule(units(2), 4, times, memoryOf(machine, 1), Jobserver());
  EXPECT_EQ(startAll(schedule), (Indices{0}));
  EXPECT_TRUE(schedule.waitsForMemory());
  schedule.ended(0, 0, true);
  EXPECT_EQ(startAll(schedule), (Indices{1}));
  EXPECT_FALSE(schedule.waitsForMemory()) << "nobody waits";
}

TEST(Schedule, WhatRunningUnitsWillWantIsTaken) {
  TemporaryFolder machine;
  UnitTimes times("");
  // The first guess is 400 MB each.
  Schedule schedule(units(4), 4, times, memoryOf(machine, 1300), Jobserver());
  EXPECT_EQ(startAll(schedule), (Indices{0, 1, 2}));
  // What one has got by now is no longer there.
  uint64_t page = uint64_t(sysconf(_SC_PAGESIZE));
  memoryOf(machine, 1000);
  EXPECT_EQ(startAll(schedule), Indices{});
  machine.write("proc/" + llvm::Twine(SomeChild) + "/statm",
                "9 " + std::to_string(300 * Mega / page) + " 0 0 0\n");
  EXPECT_EQ(startAll(schedule), Indices{}) << "100 + 400 + 400 wanted, 1000 there";
  memoryOf(machine, 1301);
  EXPECT_EQ(startAll(schedule), (Indices{3}));
}

TEST(Schedule, AUnitsOwnLastPeakCounts) {
  TemporaryFolder machine;
  UnitTimes times("");
  times.set("0", {milliseconds(9), 500 * Mega});
  times.set("1", {milliseconds(8), 600 * Mega});
  times.set("2", {milliseconds(7), 100 * Mega});
  Schedule schedule(units(3), 4, times, memoryOf(machine, 1000), Jobserver());
  EXPECT_EQ(startAll(schedule), (Indices{0, 2})) << "what does not fit waits for none that does";
  EXPECT_TRUE(schedule.waitsForMemory());
}

TEST(Schedule, AnUnknownUnitIsLikeTheLargestSoFar) {
  TemporaryFolder machine;
  UnitTimes times("");
  Schedule schedule(units(4), 2, times, memoryOf(machine, 1000), Jobserver());
  EXPECT_EQ(startAll(schedule), (Indices{0, 1}));
  schedule.ended(0, 700 * Mega, true);
  EXPECT_EQ(startAll(schedule), Indices{});
  memoryOf(machine, 1101);
  EXPECT_EQ(startAll(schedule), (Indices{2}));
  ASSERT_NE(times.find("0"), nullptr);
  EXPECT_EQ(times.find("0")->peak, 700 * Mega);
}

TEST(Schedule, MemoryThatAChildSharesWithUsIsNotItsOwn) {
  TemporaryFolder machine;
  uint64_t page = uint64_t(sysconf(_SC_PAGESIZE));
  machine.write("proc/" + llvm::Twine(getpid()) + "/statm",
                "9 " + std::to_string(300 * Mega / page) + " 0 0 0\n");
  UnitTimes times("");
  Schedule schedule(units(1), 1, times, Memory(machine.name()), Jobserver());
  startAll(schedule);
  schedule.ended(0, 350 * Mega, true);
  EXPECT_EQ(times.find("0")->peak, 50 * Mega);
}

TEST(Schedule, AKilledUnitIsTriedOnceMoreWithNothingBesideIt) {
  UnitTimes times("");
  Schedule schedule(units(4), 2, times, Memory("/nowhere"), Jobserver());
  EXPECT_EQ(startAll(schedule), (Indices{0, 1}));
  EXPECT_TRUE(schedule.triesAlone(0, Mega));
  EXPECT_EQ(startAll(schedule), (Indices{2}));
  EXPECT_TRUE(schedule.triesAlone(1, Mega));
  EXPECT_EQ(startAll(schedule), (Indices{3}));
  schedule.ended(2, 0, true);
  EXPECT_EQ(startAll(schedule), Indices{}) << "one is still at work";
  EXPECT_FALSE(schedule.isEmpty());
  schedule.ended(3, 0, true);
  EXPECT_EQ(startAll(schedule), (Indices{0}));
  EXPECT_FALSE(schedule.triesAlone(0, Mega));
  schedule.ended(0, 0, false);
  EXPECT_EQ(startAll(schedule), (Indices{1}));
  schedule.ended(1, 0, true);
  EXPECT_TRUE(schedule.isEmpty());
  EXPECT_EQ(times.find("0"), nullptr) << "that it was killed says nothing of its time";
}

TEST(Schedule, TokensLimitTheJobs) {
  TemporaryFolder folder;
  ASSERT_EQ(mkfifo(folder.file("pipe").c_str(), 0600), 0);
  int keeper = open(folder.file("pipe").c_str(), O_RDWR | O_NONBLOCK);
  ASSERT_EQ(write(keeper, "a", 1), 1);
  auto jobserver = Jobserver::connect("--jobserver-auth=fifo:" + folder.file("pipe"));
  ASSERT_TRUE(bool(jobserver));
  UnitTimes times("");
  Schedule schedule(units(3), 8, times, Memory("/nowhere"), std::move(*jobserver));
  char token = 0;
  EXPECT_EQ(startAll(schedule), (Indices{0, 1}));
  EXPECT_GE(schedule.awaitedDescriptor(), 0);
  EXPECT_LT(read(keeper, &token, 1), 0) << "there is no token left";
  schedule.ended(0, 0, true);
  EXPECT_EQ(startAll(schedule), (Indices{2})) << "it gets the token of the first";
  schedule.ended(1, 0, true);
  EXPECT_EQ(read(keeper, &token, 1), 1) << "the last one needs none";
  EXPECT_EQ(token, 'a');
  EXPECT_EQ(schedule.awaitedDescriptor(), -1);
  close(keeper);
}

TEST(Schedule, TimeLeftIsThatOfUnitsOrTheirMean) {
  UnitTimes times("");
  times.set("0", {milliseconds(60000), 0});
  times.set("1", {milliseconds(20000), 0});
  Schedule known({{"0", 0}, {"1", 0}}, 1, times, Memory("/nowhere"), Jobserver());
  startAll(known);
  auto now = Schedule::Clock::now();
  ASSERT_TRUE(known.timeLeft(now));
  EXPECT_NEAR(double(known.timeLeft(now)->count()), 80000, 1000);
  EXPECT_NEAR(double(known.timeLeft(now + std::chrono::hours(1))->count()), 20000, 1);

  Schedule parallel({{"0", 0}, {"1", 0}}, 2, times, Memory("/nowhere"), Jobserver());
  startAll(parallel);
  EXPECT_NEAR(double(parallel.timeLeft(now)->count()), 60000, 1000) << "the longest of both";

  UnitTimes none("");
  Schedule unknown(units(3), 1, none, Memory("/nowhere"), Jobserver());
  startAll(unknown);
  EXPECT_FALSE(unknown.timeLeft(now));
  unknown.ended(0, 0, true);
  startAll(unknown);
  ASSERT_TRUE(unknown.timeLeft(Schedule::Clock::now()));
  EXPECT_LT(unknown.timeLeft(Schedule::Clock::now())->count(), 1000);
}

} // namespace

} // namespace async_tidy::test
