#include "tools/Progress.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

static constexpr llvm::StringLiteral WipeLine = "\r\x1b[K";

void Progress::show(size_t finished, llvm::StringRef name) {
  if (!isOn)
    return;
  std::string all = std::to_string(total);
  std::string done = std::to_string(finished);
  std::string line = "[" + std::string(all.size() - done.size(), ' ') + done + "/" + all + "] ";
  for (char c : name)
    line += llvm::isPrint(c) || (unsigned char)c >= 0x80 ? c : '?';
  // A line that wraps could not be wiped.
  if (unsigned columns = llvm::sys::Process::StandardErrColumns(); columns > 1)
    line.resize(std::min<size_t>(line.size(), columns - 1));
  llvm::errs() << WipeLine << line;
}

void Progress::clear() {
  if (isOn)
    llvm::errs() << WipeLine;
}

} // namespace async_tidy
