#include "settings/ProjectFiles.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

namespace {

llvm::Error wrong(llvm::StringRef path, const llvm::Twine &what) {
  return llvm::createStringError(path + ": " + what);
}

llvm::Error addPaths(const std::vector<std::string> &patterns, llvm::StringRef key,
                     llvm::StringRef path, PathPatterns &to) {
  for (const std::string &pattern : patterns)
    if (llvm::Error error = to.add(pattern, llvm::sys::path::parent_path(path)))
      return wrong(path, key + ": '" + pattern + "': " + llvm::toString(std::move(error)));
  return llvm::Error::success();
}

llvm::Expected<std::unique_ptr<ProjectFile>> read(llvm::StringRef path, llvm::StringRef text) {
  auto raw = parseProject(path, text);
  if (!raw)
    return raw.takeError();
  auto file = std::make_unique<ProjectFile>();
  file->path = path.str();
  file->hash = llvm::xxh3_64bits(text);
  file->inherits = raw->inherit;
  file->words = {raw->checks, raw->tiers, raw->confidence, raw->uncertain, raw->severalThreads};
  Settings scratch;
  if (std::string problem = apply(file->words, scratch); !problem.empty())
    return wrong(path, problem);
  if (llvm::Error error = addPaths(raw->libraryPaths, "library-paths", path, file->libraryPaths))
    return std::move(error);
  if (llvm::Error error = addPaths(raw->silentPaths, "silent-paths", path, file->silentPaths))
    return std::move(error);
  for (const std::string &model : raw->modelFiles)
    file->modelFiles.push_back(absolutePath(model, llvm::sys::path::parent_path(path)));
  file->models = std::move(raw->models);
  return file;
}

} // namespace

llvm::Error ProjectRules::addModels(Knowledge &knowledge) const {
  for (const ProjectFile *file : files) {
    for (const std::string &model : file->modelFiles)
      if (llvm::Error error = knowledge.addFile(model))
        return wrong(file->path, "models: " + llvm::toString(std::move(error)));
    if (llvm::Error error = knowledge.addProject(file->path, file->models))
      return error;
  }
  return llvm::Error::success();
}

void ProjectRules::applyTo(Settings &settings) const {
  for (const ProjectFile *file : files)
    apply(file->words, settings);
}

bool ProjectRules::isLibrary(llvm::StringRef path) const {
  return llvm::any_of(files,
                      [&](const ProjectFile *file) { return file->libraryPaths.contain(path); });
}

bool ProjectRules::isSilent(llvm::StringRef path) const {
  return llvm::any_of(files,
                      [&](const ProjectFile *file) { return file->silentPaths.contain(path); });
}

void ProjectRules::forEachSource(llvm::function_ref<void(llvm::StringRef, uint64_t)> visit) const {
  for (const ProjectFile *file : files)
    visit(file->path, file->hash);
}

void ProjectRules::forEachFile(llvm::function_ref<void(llvm::StringRef)> visit) const {
  for (const ProjectFile *file : files) {
    visit(file->path);
    llvm::for_each(file->modelFiles, visit);
  }
}

/// The file in `folder` itself; null if there is none.
llvm::Expected<const ProjectFile *> ProjectFiles::fileIn(llvm::StringRef folder) {
  auto at = files.find(folder);
  if (at != files.end())
    return at->second.get();
  llvm::SmallString<256> path(folder);
  llvm::sys::path::append(path, ProjectFileName);
  std::unique_ptr<ProjectFile> file;
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (buffer) {
    auto result = read(path, (*buffer)->getBuffer());
    if (!result)
      return result.takeError();
    file = std::move(*result);
  } else if (buffer.getError() != std::errc::no_such_file_or_directory &&
             buffer.getError() != std::errc::not_a_directory) {
    return llvm::createFileError(path, buffer.getError());
  }
  return files.emplace(folder.str(), std::move(file)).first->second.get();
}

llvm::Expected<ProjectRules> ProjectFiles::rulesOf(llvm::StringRef folder) {
  ProjectRules rules;
  for (llvm::StringRef at = folder; !at.empty(); at = llvm::sys::path::parent_path(at)) {
    auto file = fileIn(at);
    if (!file)
      return file.takeError();
    if (!*file)
      continue;
    rules.files.insert(rules.files.begin(), *file);
    if (!(*file)->inherits)
      break;
  }
  return rules;
}

llvm::Expected<std::vector<Finding>> runChecks(const Inference &inference, llvm::StringRef root,
                                               ProjectFiles &files, const SettingWords &words,
                                               llvm::function_ref<bool(llvm::StringRef)> isWanted) {
  const Program &program = inference.program;
  // By rules, the numbers of the program's files for which they hold.
  std::map<ProjectRules, std::set<uint32_t>> groups;
  for (uint32_t file = 0; file != program.fileCount(); ++file) {
    std::string path = absolutePath(program.file(file), root);
    auto rules = files.rulesOf(llvm::sys::path::parent_path(path));
    if (!rules)
      return rules.takeError();
    if (!rules->isSilent(path))
      groups[std::move(*rules)].insert(file);
  }
  std::vector<Finding> findings;
  for (const auto &[rules, members] : groups) {
    Settings settings;
    rules.applyTo(settings);
    if (std::string problem = apply(words, settings); !problem.empty())
      return llvm::createStringError(problem);
    for (Finding &finding : runChecks(inference, settings.check, [&](llvm::StringRef name) {
           return settings.checks.contains(name) && isWanted(name);
         }))
      if (members.contains(finding.place.file))
        findings.push_back(std::move(finding));
  }
  sort(findings);
  return findings;
}

} // namespace async_tidy
