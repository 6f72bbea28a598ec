#include "facts/ProgramFile.h"
#include "facts/FactsTables.h"
#include "llvm/Support/Process.h"
#include <sys/mman.h>

namespace async_tidy {

static WholeNumbers asNumbers(llvm::StringRef bytes) {
  return {reinterpret_cast<const llvm::support::ulittle64_t *>(bytes.data()), bytes.size() / 8};
}

llvm::Expected<ProgramFile> ProgramFile::open(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createFileError(path, buffer.getError());
  auto file = read(std::move(*buffer));
  if (!file)
    return llvm::createFileError(path, file.takeError());
  return file;
}

llvm::Expected<ProgramFile> ProgramFile::read(std::unique_ptr<llvm::MemoryBuffer> bytes) {
  auto sections = SectionReader::open(bytes->getBuffer(), FileKind::Program);
  if (!sections)
    return sections.takeError();
  ProgramFile file(std::move(bytes), std::move(*sections));
  if (llvm::Error error = file.prepare())
    return std::move(error);
  return std::move(file);
}

/// Says how the file will be looked at, see madvise(2).
void ProgramFile::expect(int access) const {
  // A file that is not mapped was read as a whole.
  if (bytes->getBufferKind() != llvm::MemoryBuffer::MemoryBuffer_MMap)
    return;
  const char *begin = bytes->getBufferStart();
  size_t before = reinterpret_cast<uintptr_t>(begin) % llvm::sys::Process::getPageSizeEstimate();
  // It only saves time, so it may fail.
  madvise(const_cast<char *>(begin - before), bytes->getBufferSize() + before, access);
}

llvm::Error ProgramFile::check() const {
  expect(MADV_WILLNEED);
  return sections.check();
}

llvm::Error ProgramFile::prepare() {
  expect(MADV_RANDOM); // else the kernel reads megabytes around each number
  tables.ends = asNumbers(sections.unchecked(Section::TextEnds));
  tables.texts = sections.unchecked(Section::Texts);
  tables.identities = asNumbers(sections.unchecked(Section::Identities));
  keys = asNumbers(sections.unchecked(Section::BodyKeys));
  places = asNumbers(sections.unchecked(Section::BodyPlaces));
  records = sections.unchecked(Section::Records);
  if (keys.size() != places.size())
    return alteredFile();
  return readHead();
}

llvm::Error ProgramFile::readHead() {
  auto section = sections.get(Section::Head);
  if (!section)
    return section.takeError();
  Input in(*section);
  parts.inputs = in.whole();
  parts.units = size_t(in.number());
  tables.files = size_t(in.number());
  return in.isComplete() ? llvm::Error::success() : alteredFile();
}

llvm::Expected<std::vector<std::string>> ProgramFile::files() {
  auto section = sections.get(Section::Directory);
  if (!section)
    return section.takeError();
  Input in(*section);
  std::vector<std::string> result;
  for (size_t left = tables.files; left != 0 && !in.isBroken(); --left)
    result.push_back(tables.text(in).str());
  if (!in.isComplete())
    return alteredFile();
  return result;
}

llvm::Expected<ProgramSources> ProgramFile::sources() {
  auto section = sections.get(Section::Reads);
  if (!section)
    return section.takeError();
  Input in(*section);
  ProgramSources result;
  Decoder decoder(tables, in);
  for (size_t left = in.count(); left != 0 && !in.isBroken(); --left)
    decoder.record(result.reads.emplace_back());
  for (size_t left = parts.units; left != 0 && !in.isBroken(); --left) {
    LinkedUnit &unit = result.units.emplace_back();
    unit.mainFile = tables.text(in).str();
    unit.sum = in.whole();
    size_t reads = in.count();
    unit.reads.reserve(reads);
    for (; reads != 0 && !in.isBroken(); --reads)
      unit.reads.push_back(uint32_t(in.below(result.reads.size())));
  }
  if (!in.isComplete())
    return alteredFile();
  return std::move(result);
}

std::optional<size_t> ProgramFile::indexOf(EntityId id) const {
  // Identities are hashes, so each stands about where its value says; a few steps find it. Where
  // they do not (in a file written to mislead), halving the rest takes over.
  size_t begin = 0;
  size_t end = keys.size();
  for (unsigned step = 0; begin != end; ++step) {
    uint64_t low = keys[begin];
    uint64_t high = keys[end - 1];
    if (id < low || id > high)
      return std::nullopt;
    size_t guess = begin + (end - begin) / 2;
    if (step % 4 != 3 && high != low)
      guess = begin + size_t((unsigned __int128)(id - low) * (end - 1 - begin) / (high - low));
    if (keys[guess] == id)
      return guess;
    if (keys[guess] < id)
      begin = guess + 1;
    else
      end = guess;
  }
  return std::nullopt;
}

llvm::Expected<Body> ProgramFile::body(size_t index) const {
  Input in(records.substr(size_t(places[index])));
  Body body;
  Decoder(tables, in).record(body);
  if (in.isBroken() || body.id != keys[index])
    return alteredFile();
  return std::move(body);
}

template <class T> llvm::Error ProgramFile::readList(Section which, std::vector<T> &to) {
  auto section = sections.get(which);
  if (!section)
    return section.takeError();
  Input in(*section);
  Decoder decoder(tables, in);
  for (size_t left = in.count(); left != 0 && !in.isBroken(); --left)
    decoder.record(to.emplace_back());
  return in.isComplete() ? llvm::Error::success() : alteredFile();
}

llvm::Expected<Unit> ProgramFile::all() {
  if (llvm::Error error = check())
    return std::move(error);
  auto names = files();
  if (!names)
    return names.takeError();
  Unit unit;
  unit.files = std::move(*names);
  unit.bodies.reserve(keys.size());
  for (size_t i = 0; i != keys.size(); ++i) {
    auto next = body(i);
    if (!next)
      return next.takeError();
    unit.bodies.push_back(std::move(*next));
  }
  if (llvm::Error error = readList(Section::Variables, unit.variables))
    return std::move(error);
  if (llvm::Error error = readList(Section::Suppressions, unit.suppressions))
    return std::move(error);
  for (const Suppression &suppression : unit.suppressions)
    if (suppression.file >= unit.files.size())
      return alteredFile();
  if (llvm::Error error = readList(Section::Advice, unit.advice))
    return std::move(error);
  return std::move(unit);
}

} // namespace async_tidy
