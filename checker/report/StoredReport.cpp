#include "report/StoredReport.h"
#include "facts/Encoding.h"
#include "support/Paths.h"
#include "support/SourcesHash.h"
#include "support/WholeFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral ReportsFolder = "reports";

/// How many reports of one program are kept: clang-tidy may have other options for each check.
constexpr size_t MostReports = 16;

void writeText(std::string &out, llvm::StringRef text) {
  writeNumber(out, text.size());
  out += text;
}

std::string readText(Input &in) {
  return in.bytes(in.count()).str();
}

void writeRemark(std::string &out, const Remark &remark) {
  for (uint32_t number : {remark.place.file, remark.place.line, remark.place.column})
    writeNumber(out, number);
  writeText(out, remark.text);
}

Remark readRemark(Input &in, size_t files) {
  Remark remark;
  remark.place.file = uint32_t(in.below(files));
  remark.place.line = in.smallNumber();
  remark.place.column = in.smallNumber();
  remark.text = readText(in);
  return remark;
}

std::string encode(const Report &report) {
  std::string out;
  writeNumber(out, report.seen.coroutines);
  writeNumber(out, report.seen.unknownCalls);
  writeNumber(out, report.files.size());
  for (const std::string &file : report.files)
    writeText(out, file);
  writeNumber(out, report.findings.size());
  for (const Reported &finding : report.findings) {
    writeText(out, finding.check);
    writeRemark(out, finding.message.warning);
    writeNumber(out, finding.message.notes.size());
    for (const Remark &note : finding.message.notes)
      writeRemark(out, note);
  }
  return out;
}

std::optional<Report> decode(llvm::StringRef bytes) {
  Input in(bytes);
  Report report;
  report.seen.coroutines = in.number();
  report.seen.unknownCalls = in.smallNumber();
  for (size_t left = in.count(); left != 0 && !in.isBroken(); --left)
    report.files.push_back(readText(in));
  for (size_t left = in.count(); left != 0 && !in.isBroken(); --left) {
    Reported &finding = report.findings.emplace_back();
    finding.check = readText(in);
    finding.message.warning = readRemark(in, report.files.size());
    for (size_t notes = in.count(); notes != 0 && !in.isBroken(); --notes)
      finding.message.notes.push_back(readRemark(in, report.files.size()));
  }
  return in.isComplete() ? std::optional(std::move(report)) : std::nullopt;
}

void dropOld(llvm::StringRef folder) {
  std::vector<std::pair<llvm::sys::TimePoint<>, std::string>> reports;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; at != end && !error; at.increment(error))
    if (auto status = at->status())
      reports.emplace_back(status->getLastModificationTime(), at->path());
  llvm::sort(reports, std::greater<>());
  // One that stays does no harm.
  for (size_t i = MostReports; i < reports.size(); ++i)
    if (fs::remove(reports[i].second))
      return;
}

} // namespace

llvm::Expected<uint64_t> reportKey(ProgramFile &file, const ReportRequest &request) {
  auto files = file.files();
  if (!files)
    return files.takeError();
  std::string text;
  for (uint64_t number : {file.head().inputs, sourcesHash()})
    writeWhole(text, number);
  writeText(text, request.root);
  for (const auto *said : {&request.words.checks, &request.words.tiers, &request.words.confidence})
    writeText(text, *said ? "=" + **said : "");
  for (const auto *said : {&request.words.uncertain, &request.words.severalThreads})
    writeNumber(text, *said ? (**said ? 2 : 1) : 0);
  std::set<std::string> folders;
  for (const std::string &name : *files)
    folders.insert(path::parent_path(absolutePath(name, request.root)).str());
  for (const std::string &folder : folders) {
    auto rules = request.files.rulesOf(folder);
    if (!rules)
      return rules.takeError();
    writeText(text, folder);
    rules->forEachSource([&](llvm::StringRef path, uint64_t hash) {
      writeText(text, path);
      writeWhole(text, hash);
    });
  }
  return llvm::xxh3_64bits(text);
}

std::string reportPath(llvm::StringRef program, uint64_t key) {
  return (path::parent_path(program) + "/" + ReportsFolder + "/" +
          llvm::utohexstr(key, /*LowerCase=*/true, /*Width=*/16))
      .str();
}

std::optional<Report> loadReport(llvm::StringRef path, uint64_t key) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return std::nullopt;
  // What is wrong with it is of no use to anybody: it is made again.
  auto section = [&]() -> llvm::Expected<std::string> {
    auto sections = SectionReader::open((*buffer)->getBuffer(), FileKind::Report);
    auto bytes = sections ? sections->get(Section::Records) : sections.takeError();
    return bytes ? llvm::Expected<std::string>(bytes->str()) : bytes.takeError();
  }();
  if (!section) {
    llvm::consumeError(section.takeError());
    return std::nullopt;
  }
  Input in(*section);
  if (in.whole() != key)
    return std::nullopt;
  return decode(in.bytes(in.left()));
}

void keepReport(const Report &report, llvm::StringRef path, uint64_t key) {
  llvm::StringRef folder = path::parent_path(path);
  if (fs::create_directory(folder))
    return;
  SectionWriter sections(FileKind::Report);
  writeWhole(sections[Section::Records], key);
  sections[Section::Records] += encode(report);
  llvm::consumeError(writeWholeFile(path, [&](llvm::raw_ostream &out) {
    sections.write(out, /*isCompressed=*/true);
    return llvm::Error::success();
  }));
  dropOld(folder);
}

} // namespace async_tidy
