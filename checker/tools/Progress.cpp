#include "tools/Progress.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"
#include <limits>

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral WipeLine = "\r\x1b[K";

/// A character as the terminal shows it.
struct Shown {
  llvm::StringRef text;
  unsigned columns;
  size_t length; // in the source
};

/// The first character of `text`. What would move the cursor, or is no text, is a question mark.
Shown firstCharacter(llvm::StringRef text) {
  unsigned length = llvm::getNumBytesForUTF8(llvm::UTF8(text.front()));
  if (length <= text.size()) {
    llvm::StringRef character = text.take_front(length);
    // Less than 0 if it is none.
    if (int columns = llvm::sys::unicode::columnWidthUTF8(character); columns >= 0)
      return {character, unsigned(columns), length};
  }
  return {"?", 1, 1};
}

/// A line of limited width.
class Line {
public:
  explicit Line(size_t columns) : left(columns) {}

  /// Adds as much of `text` as there is room for; whether that was all.
  bool add(llvm::StringRef text) {
    while (!text.empty()) {
      Shown next = firstCharacter(text);
      if (next.columns > left)
        return false;
      line += next.text;
      left -= next.columns;
      text = text.drop_front(next.length);
    }
    return true;
  }

  std::string take() { return std::move(line); }

private:
  std::string line;
  size_t left;
};

/// "40 s": rounded, the more the longer it is.
std::string roughly(std::chrono::milliseconds time) {
  using namespace std::chrono;
  auto number = [](auto duration, int64_t step, llvm::StringRef unit) {
    int64_t count = std::max<int64_t>((duration.count() + step - 1) / step * step, 1);
    return std::to_string(count) + " " + unit.str();
  };
  if (time <= seconds(10))
    return number(ceil<seconds>(time), 1, "s");
  if (time <= seconds(60))
    return number(ceil<seconds>(time), 5, "s");
  if (time <= minutes(60))
    return number(ceil<minutes>(time), 1, "min");
  return number(ceil<hours>(time), 1, "h");
}

} // namespace

std::string progressLine(const ProgressStatus &status, llvm::ArrayRef<std::string> files,
                         unsigned columns) {
  // A line that wraps could not be wiped.
  Line line(columns > 1 ? columns - 1 : std::numeric_limits<size_t>::max());
  std::string all = std::to_string(status.total);
  std::string done = std::to_string(status.finished);
  std::string counts = "[" + std::string(all.size() - std::min(all.size(), done.size()), ' ') +
                       done + "/" + all + "] " + std::to_string(files.size()) + " running";
  if (status.failed != 0)
    counts += ", " + std::to_string(status.failed) + " failed";
  if (status.left)
    counts += ", about " + roughly(*status.left) + " left";
  bool hasRoom = line.add(counts);
  llvm::StringRef between = ": ";
  for (const std::string &file : files) {
    hasRoom = hasRoom && line.add(between) && line.add(file);
    between = ", ";
  }
  return line.take();
}

void Progress::show(const ProgressStatus &status, llvm::ArrayRef<std::string> files) {
  if (!isOn)
    return;
  std::string line = progressLine(status, files, llvm::sys::Process::StandardErrColumns());
  if (line == shown)
    return;
  llvm::errs() << WipeLine << line;
  shown = std::move(line);
}

void Progress::clear() {
  if (isOn)
    llvm::errs() << WipeLine;
  shown.clear();
}

} // namespace async_tidy
