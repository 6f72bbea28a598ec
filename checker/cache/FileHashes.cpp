#include "cache/FileHashes.h"
#include "facts/Encoding.h"
#include "facts/Reads.h"
#include "facts/Sections.h"
#include "support/WholeFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <chrono>
#include <sys/stat.h>

namespace fs = llvm::sys::fs;

namespace async_tidy {

static uint64_t hashOfNames(llvm::StringRef folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; at != end && !error; at.increment(error))
    names.push_back(llvm::sys::path::filename(at->path()).str() + '\0');
  llvm::sort(names);
  return hashOfRead(llvm::join(names, ""));
}

uint64_t hashOfPlace(llvm::StringRef path) {
  if (fs::is_directory(path))
    return hashOfNames(path);
  // What else there is (a pipe, a device) may have no end.
  if (!fs::is_regular_file(path))
    return 0;
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  return buffer ? hashOfRead((*buffer)->getBuffer()) : 0;
}

FileHashes::FileHashes(llvm::StringRef store) : store(store) {
  load();
}

void FileHashes::load() {
  auto buffer = llvm::MemoryBuffer::getFile(store, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return;
  auto sections = SectionReader::open((*buffer)->getBuffer(), FileKind::Hashes);
  auto records = sections ? sections->get(Section::Records) : sections.takeError();
  if (!records)
    return llvm::consumeError(records.takeError());
  Input in(*records);
  while (!in.atEnd()) {
    llvm::StringRef path = in.bytes(in.count());
    Known known;
    known.stamp = {in.number(), in.number(), in.number()};
    known.hash = in.whole();
    known.isSettled = true;
    if (!in.isBroken())
      files[path] = known;
  }
}

std::optional<FileHashes::Stamp> FileHashes::stampOf(const std::string &path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
    return std::nullopt;
  constexpr uint64_t Second = 1'000'000'000;
  // The time of a change of the file's entry counts too: copies may bring an old time of their own.
  uint64_t changed = std::max(uint64_t(status.st_mtim.tv_sec) * Second + status.st_mtim.tv_nsec,
                              uint64_t(status.st_ctim.tv_sec) * Second + status.st_ctim.tv_nsec);
  return Stamp{uint64_t(status.st_size), changed, uint64_t(status.st_ino)};
}

void FileHashes::look(const std::string &path, Known &known) {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  auto stamp = stampOf(path);
  if (stamp && known.isSettled && *stamp == known.stamp)
    return;
  known.hash = hashOfPlace(path);
  known.stamp = stamp.value_or(Stamp());
  constexpr uint64_t Moment = 2'000'000'000; // of the coarsest clocks that files have
  known.isSettled = stamp && known.hash != 0 &&
                    stamp->changed + Moment < uint64_t(std::chrono::nanoseconds(now).count());
}

uint64_t FileHashes::of(llvm::StringRef path) {
  Known &known = files[path];
  if (!known.isSeen) {
    Known before = known;
    known.isSeen = true;
    look(path.str(), known);
    isNew |= known.isSettled && !(before.isSettled && before.stamp == known.stamp);
  }
  return known.hash;
}

llvm::Error FileHashes::save() const {
  if (!isNew)
    return llvm::Error::success();
  SectionWriter sections(FileKind::Hashes);
  std::string &out = sections[Section::Records];
  std::vector<llvm::StringRef> paths;
  paths.reserve(files.size());
  for (const auto &entry : files)
    // What no unit reads any more is forgotten.
    if (entry.second.isSeen && entry.second.isSettled)
      paths.push_back(entry.getKey());
  llvm::sort(paths);
  for (llvm::StringRef path : paths) {
    const Known &known = files.find(path)->second;
    writeNumber(out, path.size());
    out += path;
    for (uint64_t number : {known.stamp.size, known.stamp.changed, known.stamp.inode})
      writeNumber(out, number);
    writeWhole(out, known.hash);
  }
  return writeWholeFile(store, [&](llvm::raw_ostream &file) {
    sections.write(file, /*isCompressed=*/false);
    return llvm::Error::success();
  });
}

} // namespace async_tidy
