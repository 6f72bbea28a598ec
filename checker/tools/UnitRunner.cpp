#include "tools/UnitRunner.h"
#include "facts/FactsFile.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace async_tidy {

namespace {

using Clock = std::chrono::steady_clock;

/// Signals are not handled but waited for: while this object lives they are held back, and wait()
/// takes them one by one. So nothing is ever interrupted halfway.
class SignalQueue {
public:
  SignalQueue() {
    sigemptyset(&taken);
    for (int signal : {SIGCHLD, SIGALRM, SIGINT, SIGTERM, SIGHUP}) {
      struct sigaction old;
      sigaction(signal, nullptr, &old);
      bool isOurs = signal == SIGCHLD || signal == SIGALRM;
      // What the user chose to ignore (nohup) stays ignored.
      if (!isOurs && old.sa_handler == SIG_IGN)
        continue;
      sigaddset(&taken, signal);
      // Where the default is to ignore a signal, it may be dropped although it is held back.
      if (isOurs) {
        previous.push_back({signal, old});
        std::signal(signal, [](int) {});
      }
    }
    sigprocmask(SIG_BLOCK, &taken, &before);
  }

  ~SignalQueue() { release(); }

  /// Gives signals back to the process; those that are held back arrive now.
  void release() {
    sigprocmask(SIG_SETMASK, &before, nullptr);
    for (auto &[signal, old] : previous)
      sigaction(signal, &old, nullptr);
  }

  /// Waits for a signal, at most `seconds` unless that is 0.
  int wait(unsigned seconds) {
    alarm(seconds);
    int signal = 0;
    sigwait(&taken, &signal);
    alarm(0);
    return signal;
  }

private:
  sigset_t taken;
  sigset_t before;
  llvm::SmallVector<std::pair<int, struct sigaction>, 2> previous;
};

/// A folder for the facts: the user's, or one that goes away with this object.
class FactsFolder {
public:
  ~FactsFolder() { remove(); }

  /// Makes the folder; the error names it.
  llvm::Error create(llvm::StringRef kept) {
    path = kept.str();
    if (!kept.empty()) {
      std::error_code error = llvm::sys::fs::create_directories(path);
      return error ? llvm::createFileError(path, error) : llvm::Error::success();
    }
    llvm::SmallString<256> pattern;
    llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, pattern);
    llvm::sys::path::append(pattern, "async-tidy-XXXXXX");
    path = pattern.str().str();
    // It is for this user only: facts that are read back must be those that we wrote.
    if (!mkdtemp(path.data()))
      return llvm::createFileError(pattern, llvm::errnoAsErrorCode());
    isTemporary = true;
    return llvm::Error::success();
  }

  void remove() {
    if (!std::exchange(isTemporary, false))
      return;
    if (std::error_code error = llvm::sys::fs::remove_directories(path, /*IgnoreErrors=*/false))
      llvm::errs() << "async-tidy: " << path << ": " << error.message() << '\n';
  }

  std::string file(llvm::StringRef name) const { return path + "/" + name.str(); }

private:
  std::string path;
  bool isTemporary = false;
};

/// One unit's files are named after its source, so that they can be found in a folder that is kept,
/// and are the same in every run.
std::vector<std::string> namesOf(llvm::ArrayRef<UnitCommand> units, llvm::StringRef root) {
  std::vector<std::string> names;
  std::map<std::string, unsigned> commands;
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

std::string firstLine(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().trim().split('\n').first.str() : "";
}

/// The life of a child. `problemPath` gets all that Clang prints, and then the problem alone.
[[noreturn]] void runChild(const UnitCommand &unit, const UnitRules &rules, llvm::StringRef root,
                           const std::string &factsPath, const std::string &problemPath,
                           bool keepsAll) {
  rlimit noCore{0, 0};
  setrlimit(RLIMIT_CORE, &noCore);
  int nothing = open("/dev/null", O_RDONLY);
  int output = open(problemPath.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  std::string problem = analyseUnit(unit, rules, root, factsPath, {keepsAll, false});
  if (problem.empty())
    _exit(0);
  if (ftruncate(STDERR_FILENO, 0) == 0)
    llvm::errs() << problem << '\n';
  _exit(1);
}

class UnitRunner {
public:
  UnitRunner(llvm::ArrayRef<UnitCommand> units, llvm::ArrayRef<const UnitRules *> rules,
             const RunOptions &options, Progress &progress)
      : units(units), rules(rules), options(options), progress(progress),
        names(namesOf(units, options.root)), results(units.size()) {}

  llvm::Expected<std::vector<UnitResult>> run() {
    if (llvm::Error error = folder.create(options.factsFolder))
      return std::move(error);
    size_t next = 0;
    while (next != units.size() || !children.empty()) {
      while (next != units.size() && children.size() < options.jobs)
        start(next++);
      if (!children.empty())
        wait();
    }
    progress.clear();
    return std::move(results);
  }

private:
  /// One child at work.
  struct Child {
    pid_t pid;
    size_t unit;
    Clock::time_point deadline;
  };

  std::string factsPath(size_t unit) const { return folder.file(names[unit] + FactsSuffix.str()); }

  std::string problemPath(size_t unit) const { return folder.file(names[unit] + ".problem.txt"); }

  void start(size_t unit) {
    progress.show(finished, relativePath(units[unit].file, options.root));
    // Files of an earlier run must not pass for those of this one.
    for (const std::string &old : {factsPath(unit), problemPath(unit)})
      if (std::error_code error = llvm::sys::fs::remove(old))
        return finish(unit, old + ": " + error.message());
    if (!units[unit].problem.empty())
      return finish(unit, units[unit].problem);
    pid_t pid = fork();
    if (pid == 0) {
      signals.release();
      runChild(units[unit], *rules[unit], options.root, factsPath(unit), problemPath(unit),
               options.keepsAll);
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

  /// Why a child that ended with `status` has left no facts; empty if it has, and then they are
  /// loaded.
  std::string problemOf(size_t unit, int status) {
    std::string said = firstLine(problemPath(unit));
    if (WIFSIGNALED(status))
      return "crashed (signal " + std::to_string(WTERMSIG(status)) + ")" +
             (said.empty() ? "" : ": " + said);
    if (WEXITSTATUS(status) != 0)
      return said.empty() ? "stopped with exit code " + std::to_string(WEXITSTATUS(status)) : said;
    llvm::Expected<Unit> facts = loadFacts(factsPath(unit));
    if (!facts)
      return llvm::toString(facts.takeError());
    results[unit].facts = std::move(*facts);
    unlink(problemPath(unit).c_str());
    return "";
  }

  void finish(size_t unit, std::string problem) {
    results[unit].problem = std::move(problem);
    ++finished;
    progress.show(finished, relativePath(units[unit].file, options.root));
  }

  static void end(const Child &child) {
    kill(child.pid, SIGKILL);
    waitpid(child.pid, nullptr, 0);
  }

  /// Ends all children, cleans up, and then does what `signal` does by default.
  void stop(int signal) {
    llvm::for_each(children, end);
    progress.clear();
    folder.remove();
    signals.release();
    raise(signal);
    _exit(128 + signal);
  }

  llvm::ArrayRef<UnitCommand> units;
  llvm::ArrayRef<const UnitRules *> rules; // as units
  const RunOptions &options;
  Progress &progress;
  std::vector<std::string> names;
  std::vector<UnitResult> results;
  // The signals come back last, when the folder is gone.
  SignalQueue signals;
  FactsFolder folder;
  std::vector<Child> children;
  size_t finished = 0;
};

} // namespace

llvm::Expected<std::vector<UnitResult>> runUnits(llvm::ArrayRef<UnitCommand> units,
                                                 llvm::ArrayRef<const UnitRules *> rules,
                                                 const RunOptions &options, Progress &progress) {
  return UnitRunner(units, rules, options, progress).run();
}

} // namespace async_tidy
