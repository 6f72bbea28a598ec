#include "tools/UnitTimes.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

namespace {

// The file: the first line says what it is, the last one that nothing is missing; between them a
// line for each unit has its name, milliseconds and bytes.
constexpr llvm::StringLiteral FirstLine = "async-tidy unit times, version 1";
constexpr llvm::StringLiteral LastLine = "end";

constexpr size_t MostUnits = 20000; // besides those of the current run
constexpr size_t LongestName = 255;
constexpr uint64_t LargestFile = uint64_t(64) << 20;
constexpr int64_t LongestTime = int64_t(1000) * 3600 * 24 * 30; // a month; sums stay small too
constexpr uint64_t LargestPeak = uint64_t(1) << 50;

bool isName(llvm::StringRef text) {
  return !text.empty() && text.size() <= LongestName && llvm::all_of(text, [](char c) {
    return llvm::isAlnum(c) || c == '.' || c == '-' || c == '_';
  });
}

/// Reads "NAME MILLISECONDS BYTES"; whether it is that.
bool readLine(llvm::StringRef line, llvm::StringRef &name, UnitCost &cost) {
  llvm::SmallVector<llvm::StringRef, 3> fields;
  line.split(fields, ' ');
  int64_t time = 0;
  if (fields.size() != 3 || fields[1].getAsInteger(10, time) ||
      fields[2].getAsInteger(10, cost.peak))
    return false;
  name = fields[0];
  cost.time = std::chrono::milliseconds(time);
  return isName(name) && time >= 0 && time <= LongestTime && cost.peak <= LargestPeak;
}

} // namespace

UnitTimes::UnitTimes(llvm::StringRef folder) {
  if (folder.empty())
    return;
  path = (folder + "/unit-times.txt").str();
  llvm::sys::fs::file_status status;
  // A named pipe would wait for ever.
  if (llvm::sys::fs::status(path, status) || !llvm::sys::fs::is_regular_file(status) ||
      status.getSize() > LargestFile)
    return;
  if (auto buffer = llvm::MemoryBuffer::getFile(path))
    read((*buffer)->getBuffer());
}

void UnitTimes::read(llvm::StringRef text) {
  std::map<std::string, UnitCost, std::less<>> found;
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  if (lines.size() < 3 || lines.front() != FirstLine || !lines.pop_back_val().empty() ||
      lines.pop_back_val() != LastLine)
    return;
  for (llvm::StringRef line : llvm::ArrayRef(lines).drop_front()) {
    llvm::StringRef name;
    UnitCost cost;
    if (!readLine(line, name, cost))
      return;
    found.insert_or_assign(name.str(), cost);
  }
  costs = std::move(found);
}

const UnitCost *UnitTimes::find(llvm::StringRef name) const {
  auto found = costs.find(std::string_view(name));
  return found == costs.end() ? nullptr : &found->second;
}

void UnitTimes::set(llvm::StringRef name, UnitCost cost) {
  cost.time = std::min(cost.time, std::chrono::milliseconds(LongestTime));
  cost.peak = std::min(cost.peak, LargestPeak);
  costs.insert_or_assign(name.str(), cost);
  isNew.insert(name.str());
}

llvm::Error UnitTimes::save() const {
  if (path.empty() || isNew.empty())
    return llvm::Error::success();
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &out) {
    out << FirstLine << '\n';
    size_t others = 0;
    for (const auto &[name, cost] : costs)
      if (isNew.contains(name) || ++others <= MostUnits)
        out << name << ' ' << cost.time.count() << ' ' << cost.peak << '\n';
    out << LastLine << '\n';
    return llvm::Error::success();
  });
}

} // namespace async_tidy
