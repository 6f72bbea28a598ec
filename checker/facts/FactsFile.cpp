#include "facts/FactsFile.h"
#include "facts/FactsTables.h"
#include "facts/Reads.h"
#include "support/WholeFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

namespace {

class FactsWriter {
public:
  explicit FactsWriter(const Unit &unit) : unit(unit), plain(unit.files) {}

  std::string write() {
    writeHead();
    writeReads(unit.reads, sections[Section::Reads]);
    for (const Body &body : unit.bodies)
      tables.addIdentity(body.id);
    for (const Variable &variable : unit.variables)
      tables.addIdentity(variable.id);
    Directory directory;
    writeEntities(unit.bodies, sections[Section::Records], directory.bodies);
    writeEntities(unit.variables, sections[Section::Variables], directory.variables);
    writeDirectory(directory, sections[Section::Directory]);
    writeList(unit.suppressions, sections[Section::Suppressions]);
    writeList(unit.advice, sections[Section::Advice]);
    writeOffers();
    tables.finish(sections);
    std::string file;
    llvm::raw_string_ostream out(file);
    sections.write(out, /*isCompressed=*/true);
    return file;
  }

private:
  void writeHead() {
    std::string &out = sections[Section::Head];
    writeNumber(out, unit.mainFile.size());
    out += unit.mainFile;
    writeNumber(out, unit.files.size());
    TextsInOrder texts;
    for (const std::string &file : unit.files)
      texts.write(file, out);
  }

  /// Nothing, for most units.
  void writeOffers() {
    if (unit.offers.empty() && unit.ownPacks.empty())
      return;
    std::string &out = sections[Section::Offers];
    writeList(unit.offers, out);
    writeNumber(out, unit.ownPacks.size());
    for (const std::string &pack : unit.ownPacks)
      tables.writeText(out, pack);
  }

  template <class T>
  void writeEntities(const std::vector<T> &entities, std::string &out,
                     std::vector<DirectoryEntry> &entries) {
    for (const T &entity : entities) {
      size_t begin = out.size();
      Encoder(tables, out).record(entity);
      entries.push_back({out.size() - begin, hashOf(entity)});
    }
  }

  template <class T> uint64_t hashOf(const T &record) {
    scratch.clear();
    Encoder(plain, scratch).record(record);
    return shortHash(scratch);
  }

  template <class T> void writeList(const std::vector<T> &records, std::string &out) {
    writeNumber(out, records.size());
    Encoder encoder(tables, out);
    for (const T &record : records)
      encoder.record(record);
  }

  const Unit &unit;
  SectionWriter sections{FileKind::Facts};
  TableWriter tables;
  PlainTables plain;
  std::string scratch;
};

llvm::Expected<std::vector<FileRead>> readsOf(SectionReader &sections) {
  auto section = sections.get(Section::Reads);
  return section ? readReads(*section) : section.takeError();
}

class FactsReader {
public:
  llvm::Expected<Unit> read(llvm::StringRef file) {
    auto sections = SectionReader::open(file, FileKind::Facts);
    if (!sections)
      return sections.takeError();
    if (llvm::Error error = tables.open(*sections))
      return std::move(error);
    auto section = sections->get(Section::Head);
    auto head = section ? readHead(*section) : section.takeError();
    if (!head)
      return head.takeError();
    Unit unit;
    tables.setFileCount(head->files.size());
    unit.mainFile = std::move(head->mainFile);
    unit.files.assign(head->files.begin(), head->files.end());
    auto reads = readsOf(*sections);
    if (!reads)
      return reads.takeError();
    unit.reads = std::move(*reads);
    if (llvm::Error error = readDirectorySizes(*sections))
      return std::move(error);
    if (llvm::Error error = readRecords(*sections, Section::Records, bodies, unit.bodies))
      return std::move(error);
    if (llvm::Error error = readRecords(*sections, Section::Variables, variables, unit.variables))
      return std::move(error);
    if (llvm::Error error = readList(*sections, Section::Suppressions, unit.suppressions))
      return std::move(error);
    for (const Suppression &suppression : unit.suppressions)
      if (suppression.file >= unit.files.size())
        return alteredFile();
    if (llvm::Error error = readList(*sections, Section::Advice, unit.advice))
      return std::move(error);
    if (llvm::Error error = readOffers(*sections, unit))
      return std::move(error);
    return unit;
  }

private:
  llvm::Error readDirectorySizes(SectionReader &sections) {
    auto section = sections.get(Section::Directory);
    if (!section)
      return section.takeError();
    auto directory = readDirectory(*section, tables.allIdentities().size());
    if (!directory)
      return directory.takeError();
    bodies = directory->bodies.size();
    variables = directory->variables.size();
    return llvm::Error::success();
  }

  llvm::Error readOffers(SectionReader &sections, Unit &unit) {
    auto section = sections.get(Section::Offers);
    if (!section)
      return section.takeError();
    if (section->empty())
      return llvm::Error::success();
    Input in(*section);
    Decoder decoder(tables, in);
    for (size_t count = in.count(); count != 0 && !in.isBroken(); --count)
      decoder.record(unit.offers.emplace_back());
    for (size_t count = in.count(); count != 0 && !in.isBroken(); --count)
      unit.ownPacks.push_back(tables.text(in).str());
    return in.isComplete() ? llvm::Error::success() : alteredFile();
  }

  template <class T>
  llvm::Error readRecords(SectionReader &sections, Section which, size_t count,
                          std::vector<T> &to) {
    auto section = sections.get(which);
    if (!section)
      return section.takeError();
    Input in(*section);
    Decoder decoder(tables, in);
    for (; count != 0 && !in.isBroken(); --count)
      decoder.record(to.emplace_back());
    return in.isComplete() ? llvm::Error::success() : alteredFile();
  }

  template <class T>
  llvm::Error readList(SectionReader &sections, Section which, std::vector<T> &to) {
    auto section = sections.get(which);
    if (!section)
      return section.takeError();
    Input in(*section);
    Decoder decoder(tables, in);
    for (size_t count = in.count(); count != 0 && !in.isBroken(); --count)
      decoder.record(to.emplace_back());
    return in.isComplete() ? llvm::Error::success() : alteredFile();
  }

  TableReader tables;
  size_t bodies = 0;
  size_t variables = 0;
};

} // namespace

std::string encodeFacts(const Unit &unit) {
  return FactsWriter(unit).write();
}

llvm::Expected<Unit> decodeFacts(llvm::StringRef file) {
  return FactsReader().read(file);
}

llvm::Error saveFacts(const Unit &unit, llvm::StringRef path) {
  return writeWholeFile(path, [&](llvm::raw_ostream &out) {
    out << encodeFacts(unit);
    return llvm::Error::success();
  });
}

/// Maps the file `path` and gives what `read` makes of its bytes; errors name it.
template <class T>
static llvm::Expected<T> load(llvm::StringRef path, llvm::Expected<T> (*read)(llvm::StringRef)) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createFileError(path, buffer.getError());
  auto result = read((*buffer)->getBuffer());
  if (!result)
    return llvm::createFileError(path, result.takeError());
  return result;
}

llvm::Expected<Unit> loadFacts(llvm::StringRef path) {
  return load<Unit>(path, decodeFacts);
}

static llvm::Expected<std::vector<FileRead>> decodeReads(llvm::StringRef file) {
  auto sections = SectionReader::open(file, FileKind::Facts);
  if (!sections)
    return sections.takeError();
  // Who goes by this will take the rest as it is.
  if (llvm::Error error = sections->check())
    return std::move(error);
  return readsOf(*sections);
}

llvm::Expected<std::vector<FileRead>> loadReads(llvm::StringRef path) {
  return load<std::vector<FileRead>>(path, decodeReads);
}

} // namespace async_tidy
