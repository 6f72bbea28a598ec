#include "tools/UnitRunner.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <chrono>
#include <fcntl.h>
#include <map>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace async_tidy {

namespace {

using Clock = std::chrono::steady_clock;

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
  std::string problem =
      analyseUnit(*task.command, *task.rules, options.root, task.factsPath, options.extract);
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
        problems(tasks.size()), signals(signals) {}

  std::vector<std::string> run() {
    size_t next = 0;
    while (next != tasks.size() || !children.empty()) {
      while (next != tasks.size() && children.size() < options.jobs)
        start(next++);
      if (!children.empty())
        wait();
    }
    progress.clear();
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

  std::string nameOf(size_t unit) const {
    return relativePath(tasks[unit].command->file, options.root);
  }

  void start(size_t unit) {
    progress.show(finished, nameOf(unit));
    const UnitTask &task = tasks[unit];
    // Facts of an earlier run must not pass for those of this one.
    if (std::error_code error = llvm::sys::fs::remove(task.factsPath))
      return finish(unit, task.factsPath + ": " + error.message());
    if (!task.command->problem.empty())
      return finish(unit, task.command->problem);
    pid_t pid = fork();
    if (pid == 0) {
      signals.release();
      runChild(task, options, problemPath(unit));
    }
    if (pid < 0)
      return finish(unit, "no process can be started: " + llvm::errnoAsErrorCode().message());
    children.push_back({pid, unit, Clock::now() + std::chrono::seconds(options.timeout)});
  }

  /// Waits until something happens to a child, or to us.
  void wait() {
    int signal = signals.wait(secondsLeft());
    if (signal == SIGINT || signal == SIGTERM || signal == SIGHUP)
      stop(signal);
    // Signals of one kind do not add up: any number of children may have ended.
    llvm::erase_if(children, [&](const Child &child) { return hasEnded(child); });
  }

  /// Whole seconds until the first child has used up its time, at least 1; 0 if there is no limit.
  unsigned secondsLeft() const {
    if (options.timeout == 0)
      return 0;
    auto first = llvm::min_element(
        children, [](const Child &a, const Child &b) { return a.deadline < b.deadline; });
    auto left = std::chrono::ceil<std::chrono::seconds>(first->deadline - Clock::now());
    return unsigned(std::max<int64_t>(left.count(), 1));
  }

  bool hasEnded(const Child &child) {
    int status = 0;
    if (waitpid(child.pid, &status, WNOHANG) == child.pid) {
      finish(child.unit, problemOf(child.unit, status));
      return true;
    }
    if (options.timeout == 0 || Clock::now() < child.deadline)
      return false;
    end(child);
    finish(child.unit, "took longer than " + std::to_string(options.timeout) +
                           (options.timeout == 1 ? " second" : " seconds"));
    return true;
  }

  /// Why a child that ended with `status` has left no facts; empty if it has.
  std::string problemOf(size_t unit, int status) {
    std::string said = firstLine(problemPath(unit));
    unlink(problemPath(unit).c_str());
    if (WIFSIGNALED(status))
      return "crashed (signal " + std::to_string(WTERMSIG(status)) + ")" +
             (said.empty() ? "" : ": " + said);
    if (WEXITSTATUS(status) != 0)
      return said.empty() ? "stopped with exit code " + std::to_string(WEXITSTATUS(status)) : said;
    return "";
  }

  void finish(size_t unit, std::string problem) {
    problems[unit] = std::move(problem);
    ++finished;
    progress.show(finished, nameOf(unit));
  }

  static void end(const Child &child) {
    kill(child.pid, SIGKILL);
    waitpid(child.pid, nullptr, 0);
  }

  /// Ends all children, cleans up, and then does what `signal` does by default.
  void stop(int signal) {
    llvm::for_each(children, end);
    progress.clear();
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
  SignalQueue &signals;
  std::vector<Child> children;
  size_t finished = 0;
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
