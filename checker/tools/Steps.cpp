#include "tools/Steps.h"
#include "facts/Dump.h"
#include "facts/FactsFile.h"
#include "facts/Link.h"
#include "facts/ProgramFile.h"
#include "support/Paths.h"
#include "tools/CommandCleaner.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

namespace {

llvm::Error wrong(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

llvm::Error wantOne(const CommandOptions &options, llvm::StringRef step, llvm::StringRef what) {
  if (options.paths.size() == 1)
    return llvm::Error::success();
  return wrong(step + ": it takes one " + what);
}

/// The job of a unit whose whole command is given.
llvm::Expected<Job> jobOfCommand(CommandOptions options) {
  std::string folder = currentFolder();
  CompileCommand command{absolutePath(options.paths.front(), folder), folder, options.flags};
  std::vector<UnitCommand> units = unitsOf(command);
  if (units.empty())
    return wrong("extract: what follows -- compiles neither C nor C++");
  std::string root = projectFolder(options);
  if (!isBelow(units.front().file, root))
    return wrong("extract: '" + options.paths.front() + "' is not in the project's folder '" +
                 root + "'; --project-root=DIR says where the project is");
  return prepareUnits(std::move(options), std::move(units), std::move(root));
}

} // namespace

llvm::Error extractStep(CommandOptions options) {
  if (llvm::Error error = wantOne(options, "extract", "unit"))
    return error;
  if (options.output.empty())
    return wrong("extract: -o FILE says where the facts go");
  std::string output = absolutePath(options.output, currentFolder());
  auto job = options.flags.empty() ? prepare(std::move(options)) : jobOfCommand(std::move(options));
  if (!job)
    return job.takeError();
  if (job->units.size() != 1)
    return wrong("extract: '" + job->options.paths.front() + "' stands for " +
                 llvm::Twine(job->units.size()) + " units");
  const UnitCommand &unit = job->units.front();
  // What an earlier run left must not pass for facts of this one.
  if (std::error_code error = llvm::sys::fs::remove(output))
    return llvm::createFileError(output, error);
  std::string problem = unit.problem;
  if (problem.empty())
    problem = analyseUnit(unit, *job->unitRules.front(), job->root, output, {},
                          job->options.parsesLibraries);
  if (!problem.empty())
    return wrong("cannot analyse " + relativePath(unit.file, job->root) + ": " + problem);
  return llvm::Error::success();
}

llvm::Error linkStep(const CommandOptions &options) {
  if (options.paths.empty())
    return wrong("link: it names no file of facts");
  if (options.output.empty())
    return wrong("link: -o FILE says where the program goes");
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> buffers;
  std::vector<FactsInput> inputs;
  for (const std::string &path : options.paths) {
    auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    if (!buffer)
      return llvm::createFileError(path, buffer.getError());
    inputs.push_back({path, (*buffer)->getBuffer()});
    buffers.push_back(std::move(*buffer));
  }
  return llvm::writeToOutput(
      options.output, [&](llvm::raw_ostream &out) { return linkFacts(std::move(inputs), out); });
}

llvm::Expected<CheckedProgram> openProgram(const CommandOptions &options) {
  if (llvm::Error error = wantOne(options, "check", "program"))
    return std::move(error);
  auto file = ProgramFile::open(options.paths.front());
  if (!file)
    return file.takeError();
  auto whole = file->all();
  if (!whole)
    return llvm::createFileError(options.paths.front(), whole.takeError());
  return CheckedProgram{Program(std::move(*whole), file->head().units.size()),
                        projectFolder(options)};
}

llvm::Error dumpStep(const CommandOptions &options, llvm::raw_ostream &out) {
  if (llvm::Error error = wantOne(options, "dump", "file"))
    return error;
  const std::string &path = options.paths.front();
  auto program = ProgramFile::open(path);
  if (program) {
    auto whole = program->all();
    if (!whole)
      return llvm::createFileError(path, whole.takeError());
    dumpFacts(*whole, out);
    return llvm::Error::success();
  }
  llvm::consumeError(program.takeError());
  auto facts = loadFacts(path);
  if (!facts)
    return facts.takeError();
  dumpFacts(*facts, out);
  return llvm::Error::success();
}

} // namespace async_tidy
