#include "tools/Cache.h"
#include "facts/FactsFile.h"
#include "facts/ProgramFile.h"
#include "support/Paths.h"
#include "support/WholeFile.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <utime.h>

namespace fs = llvm::sys::fs;

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral UnitsFolder = "units";

std::string inFolder(llvm::StringRef folder, const llvm::Twine &name) {
  return (folder + "/" + name).str();
}

/// The program that runs: two builds of one version are two tools.
uint64_t toolHash() {
  auto self = llvm::MemoryBuffer::getFile("/proc/self/exe", /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  return self ? llvm::xxh3_64bits((*self)->getBuffer()) : 0;
}

/// What the compiler takes from its environment.
constexpr const char *Variables[] = {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "SDKROOT"};

llvm::Error writeOnce(const std::string &path, llvm::StringRef text) {
  if (fs::exists(path))
    return llvm::Error::success();
  return writeWholeFile(path, [&](llvm::raw_ostream &out) {
    out << text;
    return llvm::Error::success();
  });
}

/// Removes a file; whether it is gone. One that stays does no harm.
bool drop(const std::string &path) {
  std::error_code error = fs::remove(path);
  return !error;
}

/// Permissions do not say all: a whole file system may be read-only.
llvm::Error tryToWrite(const std::string &folder) {
  llvm::SmallString<256> path;
  if (std::error_code error = fs::createUniqueFile(inFolder(folder, "try-%%%%%%"), path))
    return llvm::createFileError(folder, error);
  if (std::error_code error = fs::remove(path))
    return llvm::createFileError(path, error);
  return llvm::Error::success();
}

} // namespace

uint64_t unitKey(const UnitCommand &unit, llvm::StringRef root, uint64_t models,
                 const ExtractOptions &options, bool parsesLibraries) {
  static const uint64_t tool = toolHash();
  std::string text = clang::getClangFullVersion();
  llvm::raw_string_ostream out(text);
  auto add = [&](llvm::StringRef part) {
    // In another checkout the same command has another folder in it.
    std::string moved = part.str();
    for (size_t at = 0; (at = moved.find(root, at)) != std::string::npos; ++at)
      moved.replace(at, root.size(), "<root>");
    out << moved.size() << ':' << moved;
  };
  out << '\0' << tool << ' ' << models << ' ' << options.keepsAll << parsesLibraries;
  add(unit.directory);
  add(unit.file);
  for (const std::string &argument : unit.arguments)
    add(argument);
  for (const char *variable : Variables)
    add(llvm::sys::Process::GetEnv(variable).value_or(""));
  return llvm::xxh3_64bits(text);
}

Cache::Cache(llvm::StringRef folder)
    : folder(folder), fileHashes(std::make_unique<FileHashes>(inFolder(folder, HashesFileName))) {}

llvm::Expected<Cache> Cache::open(llvm::StringRef folder) {
  std::string units = inFolder(folder, UnitsFolder);
  if (std::error_code error = fs::create_directories(units))
    return llvm::createFileError(units, error);
  if (llvm::Error error = tryToWrite(units))
    return std::move(error);
  // Nobody wants it in a repository or in a backup.
  if (llvm::Error error = writeOnce(inFolder(folder, ".gitignore"), "*\n"))
    return std::move(error);
  if (llvm::Error error = writeOnce(inFolder(folder, "CACHEDIR.TAG"),
                                    "Signature: 8a477f597d28d172789f06886806bc55\n"))
    return std::move(error);
  return Cache(folder);
}

std::string Cache::factsPath(llvm::StringRef name, uint64_t key) const {
  return inFolder(folder, UnitsFolder + "/" + name + "-" +
                              llvm::utohexstr(key, /*LowerCase=*/true, /*Width=*/16) + FactsSuffix);
}

std::string Cache::programPath() const {
  return inFolder(folder, ProgramFileName);
}

void Cache::learn(ProgramSources program) {
  known = std::move(program);
  knownReads.assign(known.reads.size(), std::nullopt);
  for (size_t number = 0; number != known.units.size(); ++number)
    knownUnits[known.units[number].sum] = number;
}

bool Cache::isAsRead(const FileRead &read, llvm::StringRef root) {
  return fileHashes->of(absolutePath(read.path, root)) == read.hash;
}

bool Cache::areAsRead(const LinkedUnit &unit, llvm::StringRef root) {
  return llvm::all_of(unit.reads, [&](uint32_t number) {
    std::optional<bool> &answer = knownReads[number];
    if (!answer)
      answer = isAsRead(known.reads[number], root);
    return *answer;
  });
}

bool Cache::isCurrent(llvm::StringRef path, llvm::StringRef root,
                      llvm::function_ref<void(llvm::Error)> complain) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return false;
  llvm::StringRef bytes = (*buffer)->getBuffer();
  auto unit = knownUnits.find(SectionReader::sumOf(bytes));
  if (unit != knownUnits.end()) {
    // The sum is that of the table of sections, which may be all that is whole.
    auto sections = SectionReader::open(bytes, FileKind::Facts);
    if (llvm::Error error = sections ? sections->check() : sections.takeError()) {
      complain(llvm::createFileError(path, std::move(error)));
      return false;
    }
    if (!areAsRead(known.units[unit->second], root))
      return false;
  } else {
    auto reads = loadReads(path);
    if (!reads) {
      complain(reads.takeError());
      return false;
    }
    if (!llvm::all_of(*reads, [&](const FileRead &read) { return isAsRead(read, root); }))
      return false;
  }
  // It was needed now: see trim.
  utime(path.str().c_str(), nullptr);
  return true;
}

void Cache::trim(uint64_t most, llvm::ArrayRef<std::string> needed) const {
  using Time = llvm::sys::TimePoint<>;
  constexpr std::chrono::hours LongestRun(24);
  llvm::StringSet<> isNeeded;
  for (const std::string &path : needed)
    isNeeded.insert(path);
  std::vector<std::tuple<Time, std::string, uint64_t>> files;
  uint64_t all = 0;
  std::error_code error;
  for (fs::directory_iterator at(inFolder(folder, UnitsFolder), error), end; at != end && !error;
       at.increment(error)) {
    auto status = at->status();
    if (!status)
      continue;
    Time used = status->getLastModificationTime();
    if (!llvm::StringRef(at->path()).ends_with(FactsSuffix)) {
      if (used + LongestRun < std::chrono::system_clock::now())
        drop(at->path());
      continue;
    }
    all += status->getSize();
    if (!isNeeded.contains(at->path()))
      files.emplace_back(used, at->path(), status->getSize());
  }
  llvm::sort(files);
  for (const auto &[used, path, size] : files) {
    if (all <= most)
      return;
    if (drop(path))
      all -= size;
  }
}

} // namespace async_tidy
