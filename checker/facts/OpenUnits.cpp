#include "facts/OpenUnits.h"
#include "facts/Reads.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

llvm::Expected<OpenUnit> OpenUnit::open(llvm::StringRef bytes, Opening opening) {
  auto sections = SectionReader::open(bytes, FileKind::Facts);
  if (!sections)
    return sections.takeError();
  OpenUnit unit{std::move(*sections), {}, {}, {}, {}, {}};
  if (llvm::Error error = unit.tables.openIdentities(unit.sections))
    return std::move(error);
  auto section = unit.sections.get(Section::Head);
  auto head = section ? readHead(*section) : section.takeError();
  if (!head)
    return head.takeError();
  unit.head = std::move(*head);
  unit.tables.setFileCount(unit.head.files.size());
  auto entries = unit.sections.get(Section::Directory);
  auto directory =
      entries ? readDirectory(*entries, unit.tables.allIdentities().size()) : entries.takeError();
  if (!directory)
    return directory.takeError();
  unit.directory = std::move(*directory);
  if (opening == Opening::Directory)
    return std::move(unit);
  if (llvm::Error error = unit.tables.openTexts(unit.sections))
    return std::move(error);
  unit.textHashes.reserve(unit.tables.allTexts().size());
  for (llvm::StringRef text : unit.tables.allTexts())
    unit.textHashes.push_back(hashOfText(text));
  auto reads = unit.sections.get(Section::Reads);
  if (!reads)
    return reads.takeError();
  if (llvm::Error error = forEachRead(*reads, [&](llvm::StringRef path, uint64_t hash) {
        writeWhole(unit.reads.bytes, hash);
        unit.reads.bytes += path;
        unit.reads.endText();
      }))
    return std::move(error);
  // They are only unpacked here; who uses them asks again.
  for (Section needed : {Section::Records, Section::Variables})
    if (auto bytes = unit.sections.get(needed); !bytes)
      return bytes.takeError();
  return std::move(unit);
}

OpenUnits::OpenUnits(llvm::ArrayRef<FactsInput> inputs, std::vector<size_t> order, Opening opening)
    : inputs(inputs), order(std::move(order)), opening(opening) {}

OpenUnits::~OpenUnits() {
  pool.wait();
  for (Task &task : tasks)
    llvm::consumeError((*task.unit)->takeError());
}

void OpenUnits::begin(size_t index) {
  auto unit = std::make_unique<std::optional<llvm::Expected<OpenUnit>>>();
  auto work = [this, index, slot = unit.get()] {
    slot->emplace(OpenUnit::open(inputs[index].bytes, opening));
  };
  tasks.push_back({pool.async(work), std::move(unit)});
}

llvm::Error OpenUnits::forEach(llvm::function_ref<llvm::Error(size_t index, OpenUnit &unit)> work) {
  constexpr size_t AheadPerThread = 8; // so that none waits, and not much memory is taken
  size_t most = AheadPerThread * pool.getMaxConcurrency();
  auto next = order.begin();
  for (size_t index : order) {
    while (next != order.end() && tasks.size() < most)
      begin(*next++);
    Task task = std::move(tasks.front());
    tasks.pop_front();
    task.isDone.wait();
    llvm::Expected<OpenUnit> &unit = **task.unit;
    llvm::Error error = unit ? work(index, *unit) : unit.takeError();
    if (error)
      return llvm::make_error<LinkError>(index, inputs[index].name + ": " +
                                                    llvm::toString(std::move(error)));
  }
  return llvm::Error::success();
}

} // namespace async_tidy
