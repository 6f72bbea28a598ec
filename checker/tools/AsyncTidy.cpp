// async-tidy: analyses all units of a project together. Here the stages are only put in a row.
#include "extract/InstalledPacks.h"
#include "report/Explain.h"
#include "report/Report.h"
#include "report/Text.h"
#include "report/Why.h"
#include "support/Paths.h"
#include "tools/InferModels.h"
#include "tools/Options.h"
#include "tools/ProjectRun.h"
#include "tools/Steps.h"
#include "tools/VerifyModels.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;

namespace {

enum ExitCode { Clean = 0, Found = 1, WrongUsage = 2, Incomplete = 3 };

/// The lines of the project's files, each file read once.
class SourceLines {
public:
  SourceLines(llvm::ArrayRef<std::string> names, llvm::StringRef root) : names(names), root(root) {}

  std::string at(Place place) {
    auto [entry, isNew] = files.try_emplace(names[place.file]);
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

  llvm::ArrayRef<std::string> names;
  llvm::StringRef root;
  llvm::StringMap<File> files;
};

void printFindings(const Report &report, llvm::StringRef root) {
  SourceLines lines(report.files, root);
  for (const Reported &finding : report.findings)
    printMessage(
        finding.message, finding.check, report.files, [&](Place place) { return lines.at(place); },
        llvm::outs());
  llvm::outs().flush();
}

/// Answers --why; whether there was an answer.
bool printWhy(const Job &job, const Program &program) {
  const CommandOptions &options = job.options;
  SourceLines lines(program.allFiles(), job.root);
  std::string file = relativePath(absolutePath(options.whyFile, currentFolder()), job.root);
  Inference inferred(program);
  auto messages = options.whyLine == 0
                      ? explainAll(program, inferred.links, inferred.roots, file)
                      : explain(program, inferred.links, inferred.roots, file, options.whyLine);
  for (const Message &message : messages)
    printAnswer(
        message, program.allFiles(), [&](Place place) { return lines.at(place); }, llvm::outs());
  if (messages.empty())
    llvm::errs() << "async-tidy: --why: the units that were analysed have no code at "
                 << printable(file) << ':'
                 << (options.whyLine == 0 ? "*" : std::to_string(options.whyLine)) << '\n';
  return !messages.empty();
}

/// Names the units that could not be analysed, each with the reason.
void printFailures(const Job &job, llvm::ArrayRef<std::string> problems) {
  for (auto [command, problem] : llvm::zip_equal(job.units, problems))
    if (!problem.empty())
      llvm::errs() << "async-tidy: cannot analyse "
                   << printable(relativePath(command.file, job.root) + ": " + problem) << '\n';
}

/// "1 unit", "2 units".
std::string counted(size_t number, llvm::StringRef one, llvm::StringRef many) {
  return (llvm::Twine(number) + " " + (number == 1 ? one : many)).str();
}

void printSummary(const Report &report, size_t units, size_t failed) {
  llvm::outs() << counted(report.findings.size(), "finding", "findings") << " in "
               << counted(units, "unit", "units") << " ("
               << counted(report.seen.coroutines, "coroutine", "coroutines") << "; "
               << counted(report.seen.unknownCalls, "call", "calls") << " to unknown code)";
  if (failed != 0)
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
  for (const std::string &pack :
       installedPacks(headerFolders(options.buildFolder), *llvm::vfs::getRealFileSystem()))
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

/// Answers 'check'.
int check(const CommandOptions &options) {
  auto checked = openProgram(options);
  if (!checked)
    return fail(checked.takeError());
  auto whole = checked->file.all();
  if (!whole)
    return fail(llvm::createFileError(options.paths.front(), whole.takeError()));
  Program program(std::move(*whole), checked->file.head().units);
  ProjectFiles files;
  auto report = makeReport(program, {checked->root, files, options.words});
  if (!report)
    return fail(report.takeError());
  printFindings(*report, checked->root);
  if (!options.quiet)
    printSummary(*report, program.units(), /*failed=*/0);
  return report->findings.empty() ? Clean : Found;
}

/// Answers 'extract'. A unit that cannot be analysed is no wrong usage.
int extract(const CommandOptions &options) {
  llvm::InitializeAllTargets();
  auto problem = extractStep(options);
  if (!problem)
    return fail(problem.takeError());
  if (problem->empty())
    return Clean;
  llvm::errs() << "async-tidy: " << printable(*problem) << '\n';
  return Incomplete;
}

int answerStep(llvm::Error error) {
  return error ? fail(std::move(error)) : Clean;
}

/// Answers --infer-models.
int infer(const Job &job) {
  std::vector<std::string> problems;
  auto size = inferModels(job, problems, llvm::outs());
  if (!size)
    return fail(size.takeError());
  llvm::outs().flush();
  printFailures(job, problems);
  if (!job.options.quiet)
    llvm::errs() << "async-tidy: " << size->described << " of "
                 << counted(size->offered, "public function", "public functions") << " described\n";
  bool isWhole = llvm::all_of(problems, [](const std::string &p) { return p.empty(); });
  return isWhole ? Clean : Incomplete;
}

/// Analyses a project.
int analyseProject(CommandOptions options) {
  llvm::InitializeAllTargets(); // a compiler's name may say what it compiles for
  auto job = prepare(std::move(options));
  if (!job)
    return fail(job.takeError());
  if (!job->options.interface.empty())
    return infer(*job);
  auto outcome = analyse(*job);
  if (!outcome)
    return fail(outcome.takeError());
  if (!job->options.whyFile.empty()) {
    auto whole = outcome->file.all();
    if (!whole)
      return fail(whole.takeError());
    bool isAnswered = printWhy(*job, Program(std::move(*whole)));
    llvm::outs().flush();
    printFailures(*job, outcome->problems);
    return outcome->failed() != 0 ? Incomplete : isAnswered ? Clean : WrongUsage;
  }
  auto report = reportOf(outcome->file, outcome->path, {job->root, job->files, job->options.words});
  if (!report)
    return fail(report.takeError());
  printFindings(*report, job->root);
  printFailures(*job, outcome->problems);
  if (!job->options.quiet)
    printSummary(*report, outcome->file.head().units, outcome->failed());
  if (outcome->failed() != 0)
    return Incomplete;
  return report->findings.empty() ? Clean : Found;
}

} // namespace

int main(int argc, const char **argv) {
  auto options = readCommandLine(llvm::ArrayRef(argv, size_t(argc)).drop_front());
  if (!options)
    return fail(options.takeError());
  setColors(options->color);
  switch (options->request) {
  case Request::Analyse:
    return analyseProject(std::move(*options));
  case Request::Extract:
    return extract(*options);
  case Request::Link:
    return answerStep(linkStep(*options));
  case Request::Check:
    return check(*options);
  case Request::Dump:
    return answerStep(dumpStep(*options, llvm::outs()));
  case Request::VerifyModels:
    return verify(*options);
  case Request::Explain:
    return explain(*options);
  default:
    return answer(options->request);
  }
}
