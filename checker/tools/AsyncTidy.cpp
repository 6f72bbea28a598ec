// async-tidy: analyses all units of a project together. Here the stages are only put in a row.
#include "extract/InstalledPacks.h"
#include "report/Explain.h"
#include "report/Text.h"
#include "report/Why.h"
#include "support/Paths.h"
#include "tools/Database.h"
#include "tools/Options.h"
#include "tools/Progress.h"
#include "tools/UnitRunner.h"
#include "tools/VerifyModels.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace async_tidy;

namespace {

enum ExitCode { Clean = 0, Found = 1, WrongUsage = 2, Incomplete = 3 };

llvm::Error wrong(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

/// All that is needed to begin.
struct Job {
  CommandOptions options;
  std::vector<UnitCommand> units;
  std::string root;
  ProjectFiles files;
  std::map<ProjectRules, UnitRules> rules;
  std::vector<const UnitRules *> unitRules; // as units
};

/// What came of it.
struct Outcome {
  std::vector<UnitResult> units; // as in Job
  Program program;
  std::vector<Finding> findings;

  size_t failed() const {
    return size_t(llvm::count_if(units, [](const UnitResult &u) { return !u.facts; }));
  }
};

/// Adds what is said by the project, and then by the files of --models.
llvm::Error addModels(const ProjectRules &rules, const CommandOptions &options,
                      Knowledge &knowledge) {
  if (llvm::Error error = rules.addModels(knowledge))
    return error;
  for (const std::string &file : options.models)
    if (llvm::Error error = knowledge.addFile(file))
      return error;
  return llvm::Error::success();
}

/// Finds what holds for each unit; units of one folder share it.
llvm::Error findRules(Job &job) {
  for (const UnitCommand &unit : job.units) {
    auto rules = job.files.rulesOf(llvm::sys::path::parent_path(unit.file));
    if (!rules)
      return rules.takeError();
    auto [at, isNew] = job.rules.try_emplace(*rules, UnitRules{*rules, Knowledge()});
    if (isNew)
      if (llvm::Error error = addModels(*rules, job.options, at->second.knowledge))
        return error;
    job.unitRules.push_back(&at->second);
  }
  return llvm::Error::success();
}

/// The project's folder for these units. If none of them lay in it, all their code would count as
/// somebody else's, and nothing would ever be found: that is an error.
llvm::Expected<std::string> chooseRoot(const CommandOptions &options, llvm::StringRef database,
                                       llvm::ArrayRef<UnitCommand> units) {
  std::string root = options.projectRoot.empty()
                         ? findProjectRoot(llvm::sys::path::parent_path(database))
                         : absolutePath(options.projectRoot, currentFolder());
  if (root.empty())
    root = currentFolder();
  if (root.size() > 1 && root.back() == '/')
    root.pop_back();
  if (!llvm::sys::fs::is_directory(root))
    return wrong("--project-root: there is no folder '" + options.projectRoot + "'");
  // The database may spell the folder as it is behind a link.
  llvm::SmallString<256> real;
  if (llvm::sys::fs::real_path(root, real))
    real = root;
  for (llvm::StringRef candidate : {llvm::StringRef(root), real.str()})
    if (llvm::any_of(units, [&](const UnitCommand &u) { return isBelow(u.file, candidate); }))
      return candidate.str();
  return wrong("none of the units is in the project's folder '" + root +
               "'; --project-root=DIR says where the project is");
}

llvm::Expected<Job> prepare(CommandOptions options) {
  auto database = findDatabase(options.buildFolder);
  if (!database)
    return database.takeError();
  auto commands = loadDatabase(*database);
  if (!commands)
    return commands.takeError();
  std::vector<UnitCommand> units = unitsOf(*commands);
  if (units.empty())
    return wrong(*database + ": none of its units is C or C++");
  if (llvm::Error error = selectUnits(units, options.paths))
    return std::move(error);
  auto root = chooseRoot(options, *database, units);
  if (!root)
    return root.takeError();
  Job job{std::move(options), std::move(units), std::move(*root), {}, {}, {}};
  if (llvm::Error error = findRules(job))
    return std::move(error);
  return std::move(job);
}

llvm::Expected<Outcome> run(Job &job) {
  const CommandOptions &options = job.options;
  RunOptions runOptions;
  runOptions.jobs =
      options.jobs != 0 ? options.jobs : llvm::hardware_concurrency().compute_thread_count();
  runOptions.timeout = options.timeout;
  runOptions.root = job.root;
  runOptions.factsFolder = options.factsFolder;
  runOptions.keepsAll = !options.whyFile.empty();
  Progress progress(job.units.size(),
                    !options.quiet && llvm::sys::Process::StandardErrIsDisplayed());
  auto units = runUnits(job.units, job.unitRules, runOptions, progress);
  if (!units)
    return units.takeError();

  Outcome outcome{std::move(*units), {}, {}};
  std::vector<Unit> facts;
  for (const UnitResult &unit : outcome.units)
    if (unit.facts)
      facts.push_back(*unit.facts);
  outcome.program = Program::link(std::move(facts));
  if (!options.whyFile.empty())
    return outcome;
  auto findings = runChecks(outcome.program, job.root, job.files, options.words);
  if (!findings)
    return findings.takeError();
  outcome.findings = std::move(*findings);
  return outcome;
}

/// The lines of the project's files, each file read once.
class SourceLines {
public:
  SourceLines(const Program &program, llvm::StringRef root) : program(program), root(root) {}

  std::string at(Place place) {
    auto [entry, isNew] = files.try_emplace(program.file(place.file));
    if (isNew)
      read(entry->getKey(), entry->second);
    const auto &lines = entry->second.lines;
    return place.line - 1 < lines.size() ? lines[place.line - 1].rtrim('\r').str() : "";
  }

private:
  struct File {
    std::unique_ptr<llvm::MemoryBuffer> text;
    llvm::SmallVector<llvm::StringRef> lines;
  };

  void read(llvm::StringRef name, File &file) {
    // A file that is gone, or is no file, is reported without its lines.
    auto buffer = llvm::MemoryBuffer::getFile(absolutePath(name, root), /*IsText=*/true);
    if (!buffer)
      return;
    file.text = std::move(*buffer);
    file.text->getBuffer().split(file.lines, '\n');
  }

  const Program &program;
  llvm::StringRef root;
  llvm::StringMap<File> files;
};

void printFindings(const Job &job, const Outcome &outcome) {
  SourceLines lines(outcome.program, job.root);
  for (const Finding &finding : outcome.findings)
    printMessage(
        inWords(finding, outcome.program), finding.check, outcome.program,
        [&](Place place) { return lines.at(place); }, llvm::outs());
}

/// Answers --why; whether there was an answer.
bool printWhy(const Job &job, const Outcome &outcome) {
  const CommandOptions &options = job.options;
  SourceLines lines(outcome.program, job.root);
  std::string file = relativePath(absolutePath(options.whyFile, currentFolder()), job.root);
  Things things(outcome.program);
  Links links(outcome.program, things);
  Roots roots(outcome.program, links);
  auto messages = options.whyLine == 0
                      ? explainAll(outcome.program, links, roots, file)
                      : explain(outcome.program, links, roots, file, options.whyLine);
  for (const Message &message : messages)
    printAnswer(
        message, outcome.program, [&](Place place) { return lines.at(place); }, llvm::outs());
  if (messages.empty())
    llvm::errs() << "async-tidy: --why: the units that were analysed have no code at "
                 << printable(file) << ':'
                 << (options.whyLine == 0 ? "*" : std::to_string(options.whyLine)) << '\n';
  return !messages.empty();
}

/// Names the units that could not be analysed, each with the reason.
void printFailures(const Job &job, const Outcome &outcome) {
  for (auto [command, unit] : llvm::zip_equal(job.units, outcome.units)) {
    if (unit.facts)
      continue;
    llvm::errs() << "async-tidy: cannot analyse "
                 << printable(relativePath(command.file, job.root) + ": " + unit.problem) << '\n';
  }
}

/// "1 unit", "2 units".
std::string counted(size_t number, llvm::StringRef one, llvm::StringRef many) {
  return (llvm::Twine(number) + " " + (number == 1 ? one : many)).str();
}

void printSummary(const Outcome &outcome) {
  Coverage seen = coverage(outcome.program);
  llvm::outs() << counted(outcome.findings.size(), "finding", "findings") << " in "
               << counted(outcome.program.units(), "unit", "units") << " ("
               << counted(seen.coroutines, "coroutine", "coroutines") << "; "
               << counted(seen.unknownCalls, "call", "calls") << " to unknown code)";
  if (size_t failed = outcome.failed())
    llvm::outs() << "; " << counted(failed, "unit", "units") << " could not be analysed";
  llvm::outs() << '\n';
}

int fail(llvm::Error error) {
  llvm::errs() << "async-tidy: " << llvm::toString(std::move(error)) << '\n';
  return WrongUsage;
}

/// Answers --verify-models. A file of which nothing could be looked up is not known to be right.
int verify(const CommandOptions &options) {
  auto result = verifyModels(options.paths, options.flags, llvm::outs());
  if (!result)
    return fail(result.takeError());
  llvm::outs() << counted(result->checked, "library", "libraries") << " checked, "
               << result->notChecked << " not or in part; "
               << counted(result->wrong, "name is", "names are") << " wrong\n";
  if (result->wrong != 0)
    return Found;
  return result->checked == 0 || (!options.paths.empty() && result->notChecked != 0) ? Incomplete
                                                                                     : Clean;
}

/// Answers --explain, as for a unit in the current folder.
int explain(const CommandOptions &options) {
  Knowledge knowledge;
  ProjectFiles files;
  auto rules = files.rulesOf(currentFolder());
  if (!rules)
    return fail(rules.takeError());
  for (const std::string &pack : installedPacks(headerFolders(options.buildFolder)))
    if (llvm::Error error = knowledge.addFile(pack, Origin::Installed))
      return fail(std::move(error));
  if (llvm::Error error = addModels(*rules, options, knowledge))
    return fail(std::move(error));
  return explainName(knowledge, options.explained, llvm::outs()) ? Clean : Found;
}

/// Answers a request that needs no project.
int answer(Request request) {
  if (request == Request::Help)
    printHelp(llvm::outs());
  else if (request == Request::Version)
    llvm::outs() << "async-tidy " ASYNC_TIDY_VERSION " (Clang " CLANG_VERSION_STRING ")\n";
  else
    for (const Check &check : catalogue())
      llvm::outs() << check.name << ": " << check.reports << '\n';
  return Clean;
}

void setColors(ColorMode mode) {
  bool isWanted = llvm::outs().has_colors() && !llvm::sys::Process::GetEnv("NO_COLOR");
  if (mode != ColorMode::Auto)
    isWanted = mode == ColorMode::Always;
  llvm::outs().enable_colors(isWanted);
}

} // namespace

int main(int argc, const char **argv) {
  auto options = readCommandLine(llvm::ArrayRef(argv, size_t(argc)).drop_front());
  if (!options)
    return fail(options.takeError());
  if (options->request != Request::Analyse)
    return options->request == Request::VerifyModels ? verify(*options)
           : options->request == Request::Explain    ? explain(*options)
                                                     : answer(options->request);
  setColors(options->color);
  llvm::InitializeAllTargets(); // a compiler's name may say what it compiles for

  auto job = prepare(std::move(*options));
  if (!job)
    return fail(job.takeError());
  auto outcome = run(*job);
  if (!outcome)
    return fail(outcome.takeError());
  if (!job->options.whyFile.empty()) {
    bool isAnswered = printWhy(*job, *outcome);
    llvm::outs().flush();
    printFailures(*job, *outcome);
    return outcome->failed() != 0 ? Incomplete : isAnswered ? Clean : WrongUsage;
  }
  printFindings(*job, *outcome);
  llvm::outs().flush();
  printFailures(*job, *outcome);
  if (!job->options.quiet)
    printSummary(*outcome);
  if (outcome->failed() != 0)
    return Incomplete;
  return outcome->findings.empty() ? Clean : Found;
}
