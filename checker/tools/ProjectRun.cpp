#include "tools/ProjectRun.h"
#include "facts/FactsFile.h"
#include "facts/Link.h"
#include "facts/ProgramFile.h"
#include "support/Paths.h"
#include "support/WholeFile.h"
#include "tools/UnitRunner.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

namespace {

llvm::Error wrong(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

constexpr llvm::StringLiteral AnalysedAgain = "; the unit is analysed again";

void say(llvm::Error error, llvm::StringRef consequence) {
  llvm::errs() << "async-tidy: " << llvm::toString(std::move(error)) << consequence << '\n';
}

RunOptions runOptionsOf(const Job &job) {
  RunOptions options;
  options.jobs = job.options.jobs != 0 ? job.options.jobs
                                       : llvm::hardware_concurrency().compute_thread_count();
  options.timeout = job.options.timeout;
  options.root = job.root;
  options.parsesLibraries = job.options.parsesLibraries;
  return options;
}

Progress progressOf(const Job &job) {
  return Progress(!job.options.quiet && llvm::sys::Process::StandardErrIsDisplayed());
}

/// The stages between the units and the program.
class ProjectRun {
public:
  explicit ProjectRun(Job &job) : job(job), names(unitNames(job.units, job.root)) {
    extract.keepsAll = !job.options.whyFile.empty();
  }

  llvm::Expected<Analysed> run() {
    if (llvm::Error error = openFolders())
      return std::move(error);
    choosePaths();
    findCurrent();
    problems.resize(job.units.size());
    extractAll();
    auto program = link();
    if (!program)
      return program.takeError();
    std::string path = isKept ? cache->programPath() : "";
    if (llvm::Error error = leaveFacts())
      return std::move(error);
    if (cache)
      closeCache();
    return Analysed{std::move(problems), std::move(*program), std::move(path)};
  }

private:
  /// The cache, unless facts of this run are for nobody else. One that was not asked for by name
  /// may be missing.
  llvm::Error openFolders() {
    if (llvm::Error error = scratch.create())
      return error;
    const CommandOptions &options = job.options;
    if (!options.usesCache || extract.keepsAll)
      return llvm::Error::success();
    std::string folder = options.cacheFolder;
    if (folder.empty())
      folder = (llvm::sys::path::parent_path(job.database) + "/" + CacheFolderName).str();
    auto opened = Cache::open(absolutePath(folder, currentFolder()));
    if (opened) {
      cache = std::move(*opened);
      return llvm::Error::success();
    }
    if (!options.cacheFolder.empty())
      return opened.takeError();
    say(opened.takeError(), "; nothing is kept for the next run");
    return llvm::Error::success();
  }

  void choosePaths() {
    for (size_t i = 0; i != names.size(); ++i) {
      uint64_t key = unitKey(job.units[i], job.root, job.unitRules[i]->hash, extract,
                             job.options.parsesLibraries);
      paths.push_back(cache ? cache->factsPath(names[i], key)
                            : scratch.file(names[i] + FactsSuffix));
    }
  }

  void findCurrent() {
    isCurrent.resize(paths.size());
    if (!cache)
      return;
    // Whatever is wrong with it is said when it is needed as a whole.
    auto last = ProgramFile::open(cache->programPath());
    auto sources = last ? last->sources() : last.takeError();
    if (sources)
      cache->learn(std::move(*sources));
    else
      llvm::consumeError(sources.takeError());
    for (size_t i = 0; i != paths.size(); ++i)
      isCurrent[i] = cache->isCurrent(
          paths[i], job.root, [&](llvm::Error error) { say(std::move(error), AnalysedAgain); });
  }

  /// Analyses all units whose facts are not current.
  void extractAll() {
    std::vector<UnitTask> tasks;
    std::vector<size_t> numbers;
    tasks.reserve(paths.size());
    numbers.reserve(paths.size());
    for (size_t i = 0; i != paths.size(); ++i)
      if (!isCurrent[i]) {
        tasks.push_back({&job.units[i], job.unitRules[i], names[i], paths[i]});
        numbers.push_back(i);
      }
    if (tasks.empty())
      return;
    RunOptions runOptions = runOptionsOf(job);
    runOptions.extract = extract;
    if (cache)
      runOptions.timesFolder = cache->path();
    Progress progress = progressOf(job);
    auto found = runUnits(tasks, runOptions, signals, scratch, progress);
    for (auto [number, problem] : llvm::zip_equal(numbers, found))
      problems[number] = std::move(problem);
  }

  /// Joins the facts. Those that are broken or gone by now are made again, once: whoever shares the
  /// cache may have dropped them.
  llvm::Expected<ProgramFile> link() {
    std::vector<bool> isRepaired(paths.size());
    for (;;) {
      size_t broken = 0;
      llvm::Error error = llvm::handleErrors(linkOnce(), [&](const LinkError &at) -> llvm::Error {
        broken = inputUnits[at.index()];
        if (isRepaired[broken])
          return wrong(at.message());
        say(wrong(at.message()), AnalysedAgain);
        return llvm::Error::success();
      });
      if (error)
        return std::move(error);
      if (program)
        return std::move(*program);
      isRepaired[broken] = true;
      isCurrent.assign(isCurrent.size(), true);
      isCurrent[broken] = false;
      extractAll();
    }
  }

  llvm::Error linkOnce() {
    std::vector<std::unique_ptr<llvm::MemoryBuffer>> buffers;
    std::vector<FactsInput> inputs;
    inputUnits.clear();
    for (size_t i = 0; i != paths.size(); ++i) {
      if (!problems[i].empty())
        continue;
      inputUnits.push_back(i);
      auto buffer = llvm::MemoryBuffer::getFile(paths[i], /*IsText=*/false,
                                                /*RequiresNullTerminator=*/false);
      if (!buffer)
        return llvm::make_error<LinkError>(
            inputs.size(), llvm::toString(llvm::createFileError(paths[i], buffer.getError())));
      inputs.push_back({paths[i], (*buffer)->getBuffer()});
      buffers.push_back(std::move(*buffer));
    }
    auto file = programOf(std::move(inputs));
    if (!file)
      return file.takeError();
    program.emplace(std::move(*file));
    return llvm::Error::success();
  }

  /// The program file of `inputs`: that of the last run, if nothing has changed.
  llvm::Expected<ProgramFile> programOf(std::vector<FactsInput> inputs) {
    if (!cache || !job.options.paths.empty())
      return linkInMemory(std::move(inputs));
    std::string path = cache->programPath();
    uint64_t hash = inputsHash(inputs);
    if (llvm::sys::fs::exists(path)) {
      auto last = openSound(path);
      if (!last)
        say(last.takeError(), "; it is linked again");
      else if (last->head().inputs == hash) {
        isKept = true;
        return last;
      }
    }
    if (llvm::Error error =
            writeWholeFile(path, [&](llvm::raw_ostream &out) { return linkFacts(inputs, out); })) {
      if (error.isA<LinkError>())
        return std::move(error);
      say(std::move(error), "; the program is not kept for the next run");
      return linkInMemory(std::move(inputs));
    }
    auto made = ProgramFile::open(path);
    if (made && made->head().inputs == hash) {
      isKept = true;
      return made;
    }
    // Another run has put its own there in the meantime.
    llvm::consumeError(made.takeError());
    return linkInMemory(std::move(inputs));
  }

  static llvm::Expected<ProgramFile> openSound(llvm::StringRef path) {
    auto file = ProgramFile::open(path);
    if (file)
      if (llvm::Error error = file->check())
        return llvm::createFileError(path, std::move(error));
    return file;
  }

  static llvm::Expected<ProgramFile> linkInMemory(std::vector<FactsInput> inputs) {
    llvm::SmallVector<char, 0> bytes;
    llvm::raw_svector_ostream out(bytes);
    if (llvm::Error error = linkFacts(std::move(inputs), out))
      return std::move(error);
    return ProgramFile::read(llvm::MemoryBuffer::getMemBufferCopy(out.str()));
  }

  /// Copies the facts to the folder of --keep-facts.
  llvm::Error leaveFacts() {
    const std::string &folder = job.options.factsFolder;
    if (folder.empty())
      return llvm::Error::success();
    if (std::error_code error = llvm::sys::fs::create_directories(folder))
      return llvm::createFileError(folder, error);
    for (size_t i = 0; i != paths.size(); ++i) {
      std::string to = (folder + "/" + names[i] + FactsSuffix).str();
      std::error_code error =
          problems[i].empty() ? llvm::sys::fs::copy_file(paths[i], to) : llvm::sys::fs::remove(to);
      if (error)
        return llvm::createFileError(to, error);
    }
    return llvm::Error::success();
  }

  void closeCache() {
    cache->trim(uint64_t(job.options.cacheMegabytes) << 20, paths);
    if (llvm::Error error = cache->hashes().save())
      say(std::move(error), "; all files are read again in the next run");
  }

  Job &job;
  SignalQueue signals;
  TemporaryFolder scratch;
  std::vector<std::string> names;
  std::vector<std::string> paths; // of the facts
  std::vector<bool> isCurrent;
  std::vector<std::string> problems;
  std::vector<size_t> inputUnits; // of the inputs of a link
  std::optional<Cache> cache;
  std::optional<ProgramFile> program;
  bool isKept = false; // it is in the cache
  ExtractOptions extract;
};

} // namespace

size_t Analysed::failed() const {
  return size_t(llvm::count_if(problems, [](const std::string &p) { return !p.empty(); }));
}

llvm::Expected<Analysed> analyse(Job &job) {
  return ProjectRun(job).run();
}

llvm::Expected<std::vector<UnitResult>> analyseApart(const Job &job, llvm::ArrayRef<size_t> units,
                                                     const ExtractOptions &extract) {
  SignalQueue signals;
  TemporaryFolder scratch;
  if (llvm::Error error = scratch.create())
    return std::move(error);
  std::vector<std::string> names = unitNames(job.units, job.root);
  std::vector<UnitTask> tasks;
  tasks.reserve(units.size());
  for (size_t unit : units)
    tasks.push_back({&job.units[unit], job.unitRules[unit], names[unit],
                     scratch.file(names[unit] + FactsSuffix)});
  RunOptions options = runOptionsOf(job);
  options.extract = extract;
  Progress progress = progressOf(job);
  std::vector<UnitResult> results(units.size());
  auto problems = runUnits(tasks, options, signals, scratch, progress);
  for (size_t i = 0; i != tasks.size(); ++i) {
    results[i].problem = std::move(problems[i]);
    if (!results[i].problem.empty())
      continue;
    auto facts = loadFacts(tasks[i].factsPath);
    if (!facts)
      return facts.takeError();
    results[i].facts = std::move(*facts);
  }
  return results;
}

} // namespace async_tidy
