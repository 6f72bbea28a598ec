#include "cache/LinkedProgram.h"
#include "cache/FileHashes.h"
#include "facts/ProgramFile.h"
#include "support/Paths.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace path = llvm::sys::path;

namespace async_tidy {

namespace {

llvm::Error wrong(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

/// The first file of the program that is not as it was; empty if all are.
std::string firstChanged(const ProgramSources &sources, llvm::StringRef root, FileHashes &hashes) {
  for (const FileRead &read : sources.reads)
    if (hashes.of(absolutePath(read.path, root)) != read.hash)
      return read.path;
  return "";
}

/// The folder to which the program's paths are relative: one of those around the unit, from where
/// the program has it. A nested project may have a unit of the same name, so what is in the file
/// decides where it can. Empty if the program does not have the unit.
std::string findRoot(const ProgramSources &sources, llvm::StringRef mainFile, FileHashes &hashes) {
  std::set<llvm::StringRef> units;
  for (const LinkedUnit &unit : sources.units)
    units.insert(unit.mainFile);
  std::string first;
  for (llvm::StringRef at = path::parent_path(mainFile); !at.empty(); at = path::parent_path(at)) {
    std::string name = relativePath(mainFile, at);
    if (!units.contains(name))
      continue;
    if (first.empty())
      first = at.str();
    for (const FileRead &read : sources.reads)
      if (read.path == name && hashes.of(mainFile) == read.hash)
        return at.str();
  }
  return first;
}

} // namespace

std::string findProgramFile(llvm::StringRef folder, llvm::StringRef unit) {
  for (llvm::StringRef at = folder; !at.empty(); at = path::parent_path(at)) {
    auto database = llvm::MemoryBuffer::getFile(at + "/compile_commands.json");
    if (!database)
      continue;
    // To understand all of it would cost more than the answer is worth.
    llvm::StringRef text = (*database)->getBuffer();
    auto names = [&](llvm::StringRef name) { return text.contains(("\"" + name + "\"").str()); };
    std::string relative = relativePath(unit, folder);
    bool isNamed = names(unit) || names(relative) || names("./" + relative);
    return isNamed ? (at + "/" + CacheFolderName + "/" + ProgramFileName).str() : "";
  }
  return "";
}

llvm::Expected<LinkedProgram> openLinkedProgram(llvm::StringRef path, llvm::StringRef mainFile,
                                                llvm::ArrayRef<std::string> models) {
  auto file = ProgramFile::open(path);
  if (!file)
    return file.takeError();
  auto known = file->sources();
  if (!known)
    return llvm::createFileError(path, known.takeError());
  const ProgramSources &sources = *known;
  FileHashes hashes((path::parent_path(path) + "/" + HashesFileName).str());
  std::string root = findRoot(sources, mainFile, hashes);
  if (root.empty())
    return wrong("'" + path + "': it does not have the unit '" + mainFile + "'");
  std::set<std::string> unitFiles;
  for (const LinkedUnit &unit : sources.units)
    if (unit.mainFile == relativePath(mainFile, root))
      for (uint32_t read : unit.reads)
        if (sources.reads[read].hash != 0)
          unitFiles.insert(sources.reads[read].path);
  for (const std::string &model : models)
    if (!unitFiles.contains(storedPath(model, root)))
      return wrong("'" + path + "': it was made without '" + model + "'");
  if (std::string changed = firstChanged(sources, root, hashes); !changed.empty())
    return wrong("'" + path + "': '" + changed + "' has changed since it was made");
  if (llvm::Error error = file->check())
    return llvm::createFileError(path, std::move(error));
  return LinkedProgram{std::move(*file), std::move(root), std::move(unitFiles)};
}

} // namespace async_tidy
