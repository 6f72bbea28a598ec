// A report as a file next to its program: whoever asks again for the same need not infer it again.
#ifndef ASYNC_TIDY_REPORT_STOREDREPORT_H
#define ASYNC_TIDY_REPORT_STOREDREPORT_H

#include "report/Report.h"

namespace async_tidy {

/// What the report depends on: the program, what is wanted, what each folder with code says of
/// itself, and the sources that this was built from. Errors are about settings.
llvm::Expected<uint64_t> reportKey(ProgramFile &file, const ReportRequest &request);

/// Where the report with `key` is kept of the program file `program`.
std::string reportPath(llvm::StringRef program, uint64_t key);

/// Reads the report in `path`; nothing if it is not there, was altered, or has another key.
std::optional<Report> loadReport(llvm::StringRef path, uint64_t key);

/// Leaves `report` in `path`, if that can be written, and drops those that were made long ago.
void keepReport(const Report &report, llvm::StringRef path, uint64_t key);

} // namespace async_tidy

#endif
