// All that is reported of a program, in words; and what tells two of them apart, so that one that
// was made is used as long as it holds.
#ifndef ASYNC_TIDY_REPORT_REPORT_H
#define ASYNC_TIDY_REPORT_REPORT_H

#include "facts/ProgramFile.h"
#include "report/Words.h"
#include "settings/ProjectFiles.h"

namespace async_tidy {

struct Reported {
  std::string check;
  Message message;
};

struct Report {
  std::vector<std::string> files; // by their numbers in places
  std::vector<Reported> findings;
  Coverage seen;
};

/// What is to be reported.
struct ReportRequest {
  llvm::StringRef root; // the folder to which the program's paths are relative
  ProjectFiles &files;
  const SettingWords &words;
};

/// Infers what follows from `program`, and puts it in words. Errors are about settings.
llvm::Expected<Report> makeReport(const Program &program, const ReportRequest &request);

/// The same of what is inferred already. `check`: the only one that is wanted; empty: all.
llvm::Expected<Report> makeReport(const Inference &inference, const ReportRequest &request,
                                  llvm::StringRef check = "");

/// The report of the program file `path`, which is open as `file`. One that an earlier run has left
/// in `reports` next to it is used if the program, what projects say of themselves, and we
/// ourselves are as they were then; else it is made, and left there. `path` may be empty: then
/// nothing is kept.
llvm::Expected<Report> reportOf(ProgramFile &file, llvm::StringRef path,
                                const ReportRequest &request);

} // namespace async_tidy

#endif
