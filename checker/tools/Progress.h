// The line on the terminal that shows how far the analysis is: "[ 3/14] src/foo.cpp".
#ifndef ASYNC_TIDY_TOOLS_PROGRESS_H
#define ASYNC_TIDY_TOOLS_PROGRESS_H

#include "llvm/ADT/StringRef.h"

namespace async_tidy {

class Progress {
public:
  /// `isOn`: whether anything is shown at all.
  Progress(size_t total, bool isOn) : total(total), isOn(isOn) {}

  /// `name` is being analysed, and `finished` units are done; replaces the line.
  void show(size_t finished, llvm::StringRef name);

  /// Wipes the line.
  void clear();

private:
  size_t total;
  bool isOn;
};

} // namespace async_tidy

#endif
