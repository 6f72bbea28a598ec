#include "tools/Job.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

namespace {

llvm::Error wrong(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

/// The files that say what holds for units with these rules.
std::vector<std::string> filesOf(const ProjectRules &rules, const CommandOptions &options) {
  std::vector<std::string> files;
  rules.forEachFile([&](llvm::StringRef path) { files.push_back(path.str()); });
  for (const std::string &path : options.models)
    files.push_back(absolutePath(path, currentFolder()));
  return files;
}

/// Of what is in `files`, and where they stand.
uint64_t hashOf(llvm::ArrayRef<std::string> files, llvm::StringRef root) {
  std::string text;
  for (const std::string &file : files) {
    auto buffer = llvm::MemoryBuffer::getFile(file);
    uint64_t hash = buffer ? llvm::xxh3_64bits((*buffer)->getBuffer()) : 0;
    text += storedPath(file, root) + '\0' + std::to_string(hash) + '\0';
  }
  return llvm::xxh3_64bits(text);
}

/// Finds what holds for each unit; units of one folder share it.
llvm::Error findRules(Job &job) {
  for (const UnitCommand &unit : job.units) {
    auto rules = job.files.rulesOf(llvm::sys::path::parent_path(unit.file));
    if (!rules)
      return rules.takeError();
    auto [at, isNew] = job.rules.try_emplace(*rules, UnitRules{*rules, Knowledge(), {}});
    if (isNew) {
      if (llvm::Error error = addModels(*rules, job.options, at->second.knowledge))
        return error;
      at->second.files = filesOf(*rules, job.options);
      at->second.hash = hashOf(at->second.files, job.root);
    }
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

} // namespace

llvm::Error addModels(const ProjectRules &rules, const CommandOptions &options,
                      Knowledge &knowledge) {
  if (llvm::Error error = rules.addModels(knowledge))
    return error;
  for (const std::string &file : options.models)
    if (llvm::Error error = knowledge.addFile(file))
      return error;
  return llvm::Error::success();
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
  return prepareUnits(std::move(options), std::move(units), std::move(*root), std::move(*database));
}

llvm::Expected<Job> prepareUnits(CommandOptions options, std::vector<UnitCommand> units,
                                 std::string root, std::string database) {
  Job job{std::move(options), std::move(units), std::move(root), std::move(database), {}, {}, {}};
  if (llvm::Error error = findRules(job))
    return std::move(error);
  return std::move(job);
}

std::string projectFolder(const CommandOptions &options) {
  if (!options.projectRoot.empty())
    return absolutePath(options.projectRoot, currentFolder());
  std::string root = findProjectRoot(currentFolder());
  return root.empty() ? currentFolder() : root;
}

} // namespace async_tidy
