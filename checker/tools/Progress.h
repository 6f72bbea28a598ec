// The line on the terminal that shows how far the analysis is:
// "[ 37/120] 2 running, 1 failed, about 40 s left: src/a.cpp, src/b.cpp".
#ifndef ASYNC_TIDY_TOOLS_PROGRESS_H
#define ASYNC_TIDY_TOOLS_PROGRESS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <optional>
#include <string>

namespace async_tidy {

/// How far the analysis is.
struct ProgressStatus {
  size_t total = 0;    // units
  size_t finished = 0; // failed ones too
  size_t failed = 0;
  std::optional<std::chrono::milliseconds> left; // none: nobody knows
};

/// The line for `status`, and for the files at work. It fills at most `columns` of a terminal, 0
/// for any number: files that have no room are left out, the last that has some is cut.
std::string progressLine(const ProgressStatus &status, llvm::ArrayRef<std::string> files,
                         unsigned columns);

class Progress {
public:
  /// `isOn`: whether anything is shown at all.
  explicit Progress(bool isOn) : isOn(isOn) {}

  /// Whether show() shows something.
  bool isShown() const { return isOn; }

  /// Replaces the line.
  void show(const ProgressStatus &status, llvm::ArrayRef<std::string> files);

  /// Wipes the line.
  void clear();

private:
  bool isOn;
  std::string shown;
};

} // namespace async_tidy

#endif
