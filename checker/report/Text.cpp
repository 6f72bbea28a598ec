#include "report/Text.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

std::string printable(llvm::StringRef text) {
  std::string result;
  for (char c : text)
    result += c == '\t' || ((unsigned char)c >= 0x20 && c != 0x7f) ? c : '?';
  return result;
}

namespace {

using Color = llvm::raw_ostream::Colors;

/// `check`: empty for all but warnings.
void printRemark(const Remark &remark, llvm::StringRef check, llvm::ArrayRef<std::string> files,
                 llvm::function_ref<std::string(Place)> sourceLine, llvm::raw_ostream &out) {
  out.changeColor(Color::SAVEDCOLOR, /*Bold=*/true);
  out << printable(files[remark.place.file]) << ':' << remark.place.line << ':'
      << remark.place.column << ": ";
  if (!check.empty())
    out.changeColor(Color::MAGENTA, true) << "warning: ";
  else
    out.changeColor(Color::CYAN, true) << "note: ";
  out.resetColor();
  out << printable(remark.text);
  if (!check.empty())
    out << " [" << check << ']';
  out << '\n';
  std::string line = printable(sourceLine(remark.place));
  if (line.empty())
    return;
  constexpr size_t Widest = 200;
  if (remark.place.column > line.size() + 1 || line.size() > Widest)
    return;
  out << line << '\n';
  for (size_t i = 0; i + 1 < remark.place.column; ++i)
    out << (line[i] == '\t' ? '\t' : ' ');
  out.changeColor(Color::GREEN, true) << "^";
  out.resetColor();
  out << '\n';
}

} // namespace

void printMessage(const Message &message, llvm::StringRef check, llvm::ArrayRef<std::string> files,
                  llvm::function_ref<std::string(Place)> sourceLine, llvm::raw_ostream &out) {
  printRemark(message.warning, check, files, sourceLine, out);
  for (const Remark &note : message.notes)
    printRemark(note, "", files, sourceLine, out);
}

void printAnswer(const Message &message, llvm::ArrayRef<std::string> files,
                 llvm::function_ref<std::string(Place)> sourceLine, llvm::raw_ostream &out) {
  printRemark(message.warning, "", files, sourceLine, out);
  for (const Remark &note : message.notes)
    printRemark(note, "", files, sourceLine, out);
}

} // namespace async_tidy
