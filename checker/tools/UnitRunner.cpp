#include "tools/UnitRunner.h"
#include "support/Paths.h"
#include "tools/Schedule.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <fcntl.h>
#include <map>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace async_tidy {

namespace {

using Clock = Schedule::Clock;
using std::chrono::milliseconds;

/// The units as they are planned.
std::vector<PlannedUnit> planned(llvm::ArrayRef<UnitTask> tasks) {
  std::vector<PlannedUnit> result;
  result.reserve(tasks.size());
  for (const UnitTask &task : tasks) {
    uint64_t size = 0;
    if (llvm::sys::fs::file_size(task.command->file, size))
      size = 0; // that there is no such file is said when it is parsed
    result.push_back({task.name, size, /*isDone=*/!task.command->problem.empty()});
  }
  return result;
}

/// The jobserver of the make that runs us, if any; one that cannot be used is told of.
Jobserver findJobserver() {
  auto found = Jobserver::connect(llvm::sys::Process::GetEnv("MAKEFLAGS").value_or(""));
  if (found)
    return std::move(*found);
  llvm::errs() << "async-tidy: " << llvm::toString(found.takeError()) << '\n';
  return {};
}

std::string firstLine(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().trim().split('\n').first.str() : "";
}

/// The life of a child. `problemPath` gets all that Clang prints, and then the problem alone.
[[noreturn]] void runChild(const UnitTask &task, const RunOptions &options,
                           const std::string &problemPath) {
  // Nobody would end a child that outlives this process.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  rlimit noCore{0, 0};
  setrlimit(RLIMIT_CORE, &noCore);
  int nothing = open("/dev/null", O_RDONLY);
  int output = open(problemPath.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  std::string problem = analyseUnit(*task.command, *task.rules, options.root, task.factsPath,
                                    options.extract, options.parsesLibraries);
  if (problem.empty())
    _exit(0);
  if (ftruncate(STDERR_FILENO, 0) == 0)
    llvm::errs() << problem << '\n';
  _exit(1);
}

class UnitRunner {
public:
  UnitRunner(llvm::ArrayRef<UnitTask> tasks, const RunOptions &options, SignalQueue &signals,
             TemporaryFolder &scratch, Progress &progress)
      : tasks(tasks), options(options), scratch(scratch), progress(progress),
        problems(tasks.size()), times(options.timesFolder),
        schedule(planned(tasks), options.jobs, times, Memory(),
                 options.jobs > 1 && tasks.size() > 1 ? findJobserver() : Jobserver()),
        signals(signals) {}

  std::vector<std::string> run() {
    // Those for which there is nothing to do wait for nobody.
    for (size_t unit = 0; unit != tasks.size(); ++unit)
      if (!tasks[unit].command->problem.empty())
        start(unit);
    while (!schedule.isEmpty() || !children.empty()) {
      while (std::optional<size_t> unit = schedule.next())
        start(*unit);
      showProgress();
      if (!children.empty())
        wait();
    }
    progress.clear();
    saveTimes();
    return std::move(problems);
  }

private:
  /// One child at work.
  struct Child {
    pid_t pid;
    size_t unit;
    Clock::time_point deadline;
  };

  std::string problemPath(size_t unit) const { return scratch.file(std::to_string(unit)); }

  void start(size_t unit) {
    const UnitTask &task = tasks[unit];
    if (!task.command->problem.empty())
      return finish(unit, task.command->problem);
    pid_t pid = fork();
    if (pid == 0) {
      signals.release();
      schedule.leaveToParent();
      runChild(task, options, problemPath(unit));
    }
    if (pid < 0)
      return finish(unit, "no process can be started: " + llvm::errnoAsErrorCode().message());
    schedule.started(unit, pid);
    children.push_back({pid, unit, Clock::now() + std::chrono::seconds(options.timeout)});
  }

  /// Waits until something happens to a child, to us, or to what the schedule waits for.
  void wait() {
    int signal = signals.wait(timeToWait(), schedule.awaitedDescriptor());
    if (signal != 0 && signal != SIGCHLD)
      stop(signal);
    // Signals of one kind do not add up: any number of children may have ended.
    llvm::erase_if(children, [&](const Child &child) { return hasEnded(child); });
  }

  /// The time until something has to be looked at that nobody announces; none if there is no such
  /// thing.
  std::optional<milliseconds> timeToWait() const {
    std::optional<milliseconds> least;
    auto add = [&](milliseconds time) { least = std::min(least.value_or(time), time); };
    if (schedule.waitsForMemory())
      add(milliseconds(200));
    if (progress.isShown())
      add(milliseconds(1000));
    if (options.timeout != 0)
      for (const Child &child : children)
        add(std::chrono::ceil<milliseconds>(child.deadline - Clock::now()));
    return least;
  }

  bool hasEnded(const Child &child) {
    int status = 0;
    rusage used;
    if (wait4(child.pid, &status, WNOHANG, &used) == child.pid) {
      uint64_t peak = uint64_t(used.ru_maxrss) * 1024;
      bool isKilled = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
      if (isKilled && schedule.triesAlone(child.unit, peak))
        return true;
      schedule.ended(child.unit, peak, /*isTypical=*/status == 0);
      finish(child.unit, problemOf(child.unit, status));
      return true;
    }
    if (options.timeout == 0 || Clock::now() < child.deadline)
      return false;
    schedule.ended(child.unit, end(child), /*isTypical=*/true);
    finish(child.unit, "took longer than " + std::to_string(options.timeout) +
                           (options.timeout == 1 ? " second" : " seconds"));
    return true;
  }

  /// Why a child that ended with `status` has left no facts; empty if it has.
  std::string problemOf(size_t unit, int status) const {
    std::string said = firstLine(problemPath(unit));
    unlink(problemPath(unit).c_str());
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      return "was killed twice, the second time with no other unit beside it; does it need more "
             "memory than there is?";
    if (WIFSIGNALED(status))
      return "crashed (signal " + std::to_string(WTERMSIG(status)) + ")" +
             (said.empty() ? "" : ": " + said);
    if (WEXITSTATUS(status) != 0)
      return said.empty() ? "stopped with exit code " + std::to_string(WEXITSTATUS(status)) : said;
    return "";
  }

  void finish(size_t unit, std::string problem) {
    failed += problem.empty() ? 0 : 1;
    problems[unit] = std::move(problem);
    ++finished;
  }

  void showProgress() {
    if (!progress.isShown())
      return;
    std::vector<std::string> files;
    for (size_t unit : schedule.running())
      files.push_back(relativePath(tasks[unit].command->file, options.root));
    progress.show({tasks.size(), finished, failed, schedule.timeLeft(Clock::now())}, files);
  }

  /// That the next run will be planned worse is no reason to fail.
  void saveTimes() const {
    if (llvm::Error error = times.save())
      llvm::errs() << "async-tidy: " << llvm::toString(std::move(error)) << '\n';
  }

  /// Ends a child at once; the memory that it had at most, in bytes.
  static uint64_t end(const Child &child) {
    int status = 0;
    rusage used{};
    kill(child.pid, SIGKILL);
    wait4(child.pid, &status, 0, &used);
    return uint64_t(used.ru_maxrss) * 1024;
  }

  /// Ends all children, cleans up, and then does what `signal` does by default.
  void stop(int signal) {
    llvm::for_each(children, end);
    schedule.giveBack();
    progress.clear();
    saveTimes();
    scratch.remove();
    signals.release();
    raise(signal);
    _exit(128 + signal);
  }

  llvm::ArrayRef<UnitTask> tasks;
  const RunOptions &options;
  TemporaryFolder &scratch;
  Progress &progress;
  std::vector<std::string> problems;
  UnitTimes times;
  Schedule schedule;
  SignalQueue &signals;
  std::vector<Child> children;
  size_t finished = 0;
  size_t failed = 0; // of those
};

} // namespace

std::vector<std::string> unitNames(llvm::ArrayRef<UnitCommand> units, llvm::StringRef root) {
  std::vector<std::string> names;
  std::map<std::string, unsigned> commands;
  names.reserve(units.size());
  for (const UnitCommand &unit : units) {
    std::string source = relativePath(unit.file, root);
    // The hash keeps "a/b.cpp" and "a_b.cpp" apart.
    std::string hash = llvm::utohexstr(llvm::xxh3_64bits(source), /*LowerCase=*/true, /*Width=*/16);
    std::string name;
    constexpr size_t Longest = 100; // a file name may have 255 bytes
    for (char c : llvm::StringRef(source).take_back(Longest))
      name += llvm::isAlnum(c) || c == '.' || c == '-' ? c : '_';
    name += "-" + hash.substr(0, 8);
    if (unsigned repeat = ++commands[source]; repeat > 1)
      name += "-" + std::to_string(repeat);
    names.push_back(name);
  }
  return names;
}

std::vector<std::string> runUnits(llvm::ArrayRef<UnitTask> tasks, const RunOptions &options,
                                  SignalQueue &signals, TemporaryFolder &scratch,
                                  Progress &progress) {
  return UnitRunner(tasks, options, signals, scratch, progress).run();
}

} // namespace async_tidy
