#include "report/Report.h"
#include "report/StoredReport.h"

namespace async_tidy {

llvm::Expected<Report> makeReport(const Program &program, const ReportRequest &request) {
  return makeReport(Inference(program), request);
}

llvm::Expected<Report> makeReport(const Inference &inference, const ReportRequest &request,
                                  llvm::StringRef check) {
  const Program &program = inference.program;
  auto findings = runChecks(inference, request.root, request.files, request.words,
                            [&](llvm::StringRef name) { return check.empty() || check == name; });
  if (!findings)
    return findings.takeError();
  Report report;
  report.files = program.allFiles();
  report.findings.reserve(findings->size());
  for (const Finding &finding : *findings)
    report.findings.push_back({finding.check.str(), inWords(finding, program)});
  report.seen = coverage(inference);
  return report;
}

llvm::Expected<Report> reportOf(ProgramFile &file, llvm::StringRef path,
                                const ReportRequest &request) {
  std::string kept;
  uint64_t key = 0;
  if (!path.empty()) {
    auto known = reportKey(file, request);
    if (!known)
      return known.takeError();
    key = *known;
    kept = reportPath(path, key);
    if (auto report = loadReport(kept, key))
      return std::move(*report);
  }
  auto whole = file.all();
  if (!whole)
    return path.empty() ? whole.takeError() : llvm::createFileError(path, whole.takeError());
  auto report = makeReport(Program(std::move(*whole), file.head().units), request);
  if (report && !kept.empty())
    keepReport(*report, kept, key);
  return report;
}

} // namespace async_tidy
