#include "tools/Steps.h"
#include "facts/Dump.h"
#include "facts/FactsFile.h"
#include "facts/Link.h"
#include "facts/ProgramFile.h"
#include "support/Paths.h"
#include "support/WholeFile.h"
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

/// LLVM's name of the standard output.
constexpr llvm::StringLiteral StandardOutput = "-";

/// What an earlier run left at `path` must not pass for what this one gives.
llvm::Error removeOld(const std::string &path) {
  if (llvm::sys::fs::is_directory(path))
    return llvm::createFileError(path, std::make_error_code(std::errc::is_a_directory));
  if (path == StandardOutput || !llvm::sys::fs::is_regular_file(path))
    return llvm::Error::success();
  if (std::error_code error = llvm::sys::fs::remove(path))
    return llvm::createFileError(path, error);
  return llvm::Error::success();
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

llvm::Expected<std::string> extractStep(CommandOptions options) {
  if (llvm::Error error = wantOne(options, "extract", "unit"))
    return std::move(error);
  if (options.output.empty())
    return wrong("extract: -o FILE says where the facts go");
  std::string output = options.output == StandardOutput
                           ? options.output
                           : absolutePath(options.output, currentFolder());
  auto job = options.flags.empty() ? prepare(std::move(options)) : jobOfCommand(std::move(options));
  if (!job)
    return job.takeError();
  if (job->units.size() != 1)
    return wrong("extract: '" + job->options.paths.front() + "' stands for " +
                 llvm::Twine(job->units.size()) + " units");
  const UnitCommand &unit = job->units.front();
  if (llvm::Error error = removeOld(output))
    return std::move(error);
  std::string problem = unit.problem;
  if (problem.empty())
    problem = analyseUnit(unit, *job->unitRules.front(), job->root, output, {},
                          job->options.parsesLibraries);
  if (!problem.empty())
    problem = "cannot analyse " + relativePath(unit.file, job->root) + ": " + problem;
  return problem;
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
  if (llvm::Error error = removeOld(options.output))
    return error;
  return writeWholeFile(options.output,
                        [&](llvm::raw_ostream &out) { return linkFacts(std::move(inputs), out); });
}

llvm::Expected<CheckedProgram> openProgram(const CommandOptions &options) {
  if (llvm::Error error = wantOne(options, "check", "program"))
    return std::move(error);
  auto file = ProgramFile::open(options.paths.front());
  if (!file)
    return file.takeError();
  return CheckedProgram{std::move(*file), projectFolder(options)};
}

static llvm::Expected<Unit> readWhole(std::unique_ptr<llvm::MemoryBuffer> bytes) {
  auto program = ProgramFile::read(std::move(bytes));
  return program ? program->all() : program.takeError();
}

llvm::Error dumpStep(const CommandOptions &options, llvm::raw_ostream &out) {
  if (llvm::Error error = wantOne(options, "dump", "file"))
    return error;
  const std::string &path = options.paths.front();
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createFileError(path, buffer.getError());
  bool isProgram = SectionReader::kindOf((*buffer)->getBuffer()) == FileKind::Program;
  auto facts = isProgram ? readWhole(std::move(*buffer)) : decodeFacts((*buffer)->getBuffer());
  if (!facts)
    return llvm::createFileError(path, facts.takeError());
  dumpFacts(*facts, out);
  return llvm::Error::success();
}

} // namespace async_tidy
