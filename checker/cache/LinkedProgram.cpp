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
std::string firstChanged(const ProgramHead &head, llvm::StringRef root, FileHashes &hashes) {
  for (const FileRead &read : head.reads)
    if (hashes.of(absolutePath(read.path, root)) != read.hash)
      return read.path;
  return "";
}

} // namespace

std::string findProgramFile(llvm::StringRef folder, llvm::StringRef unit) {
  for (llvm::StringRef at = folder; !at.empty(); at = path::parent_path(at)) {
    auto database = llvm::MemoryBuffer::getFile(at + "/compile_commands.json");
    if (!database)
      continue;
    // To understand all of it would cost more than the answer is worth.
    bool isNamed = (*database)->getBuffer().contains((path::filename(unit) + "\"").str());
    return isNamed ? (at + "/" + CacheFolderName + "/" + ProgramFileName).str() : "";
  }
  return "";
}

llvm::Expected<LinkedProgram> openLinkedProgram(llvm::StringRef path, llvm::StringRef root,
                                                llvm::StringRef mainFile) {
  auto file = ProgramFile::open(path);
  if (!file)
    return file.takeError();
  const ProgramHead &head = file->head();
  std::set<std::string> unitFiles;
  for (const LinkedUnit &unit : head.units)
    if (unit.mainFile == mainFile)
      for (uint32_t read : unit.reads)
        unitFiles.insert(head.reads[read].path);
  if (unitFiles.empty())
    return wrong("'" + path + "': it does not have the unit '" + mainFile + "'");
  FileHashes hashes((path::parent_path(path) + "/" + HashesFileName).str());
  if (std::string changed = firstChanged(head, root, hashes); !changed.empty())
    return wrong("'" + path + "': it is older than '" + changed + "'");
  size_t units = head.units.size();
  auto whole = file->all();
  if (!whole)
    return llvm::createFileError(path, whole.takeError());
  return LinkedProgram{Program(std::move(*whole), units), std::move(unitFiles)};
}

} // namespace async_tidy
