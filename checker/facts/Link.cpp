#include "facts/Link.h"
#include "facts/FactsTables.h"
#include "facts/IdTable.h"
#include "facts/Joined.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

namespace {

/// A unit's file, opened as far as it is needed.
struct OpenUnit {
  SectionReader sections;
  TableReader tables;
  UnitHead head;
  Directory directory;

  static llvm::Expected<OpenUnit> open(llvm::StringRef bytes) {
    auto sections = SectionReader::open(bytes, FileKind::Facts);
    if (!sections)
      return sections.takeError();
    OpenUnit unit{std::move(*sections), {}, {}, {}};
    if (llvm::Error error = unit.tables.open(unit.sections))
      return std::move(error);
    auto section = unit.sections.get(Section::Head);
    auto head = section ? readHead(*section, unit.tables) : section.takeError();
    if (!head)
      return head.takeError();
    unit.head = std::move(*head);
    auto entries = unit.sections.get(Section::Directory);
    auto directory = entries ? readDirectory(*entries, unit.tables) : entries.takeError();
    if (!directory)
      return directory.takeError();
    unit.directory = std::move(*directory);
    return std::move(unit);
  }

  EntityId identity(const DirectoryEntry &entry) const {
    return tables.allIdentities()[entry.identity];
  }
};

/// Copies what stands for texts, identities and files from a unit's numbers to the program's.
class UnitMap {
public:
  UnitMap(const OpenUnit &unit, Joined &joined, const Definitions &definitions)
      : unit(unit), joined(joined), texts(unit.tables.allTexts().size(), None) {
    for (const std::string &file : unit.head.files)
      files.push_back(joined.fileNumber(file));
    for (EntityId id : unit.tables.allIdentities())
      identities.push_back(joined.identities.number(id));
    for (const auto *entries : {&unit.directory.bodies, &unit.directory.variables})
      for (const DirectoryEntry &entry : *entries)
        separate(entry, definitions);
  }

  /// Whether names of this unit stand for something else than the same names of others.
  bool isSeparate() const { return renames; }

  uint32_t identityOf(const DirectoryEntry &entry) const { return identities[entry.identity]; }

  uint32_t fileOf(uint32_t file) const { return files[file]; }

  void text(Input &in, std::string &out) {
    size_t number = size_t(in.below(texts.size()));
    if (in.isBroken())
      return;
    if (texts[number] == None)
      texts[number] = joined.textNumber(unit.tables.allTexts()[number]);
    writeNumber(out, texts[number]);
  }

  void identity(Input &in, std::string &out) const { copy(identities, in, out); }

  void file(Input &in, std::string &out) const { copy(files, in, out); }

private:
  static constexpr uint32_t None = UINT32_MAX;

  /// Two units that define one name in two places belong to two programs (each with its own
  /// `listener()`). There, the name gets the unit added, so that they are not taken for one.
  void separate(const DirectoryEntry &entry, const Definitions &definitions) {
    EntityId id = unit.identity(entry);
    if (!definitions.differ(id))
      return;
    renames = true;
    identities[entry.identity] =
        joined.identities.number(llvm::xxh3_64bits(llvm::utohexstr(id) + "@" + unit.head.mainFile));
  }

  static void copy(const std::vector<uint32_t> &map, Input &in, std::string &out) {
    size_t number = size_t(in.below(map.size()));
    if (!in.isBroken())
      writeNumber(out, map[number]);
  }

  const OpenUnit &unit;
  Joined &joined;
  std::vector<uint32_t> texts; // made when they are first used
  std::vector<uint32_t> files;
  std::vector<uint32_t> identities;
  bool renames = false;
};

class Linker {
public:
  explicit Linker(std::vector<FactsInput> inputs) : inputs(std::move(inputs)) {}

  llvm::Error run() {
    for (size_t i = 0; i != inputs.size(); ++i)
      if (llvm::Error error = visit(i, [&](OpenUnit &unit) { return define(unit, i); }))
        return error;
    joined.sortFiles();
    // The first to bring something decides, so units come in one order.
    llvm::sort(order);
    for (const auto &[file, hash, index] : order)
      if (llvm::Error error = visit(index, [&](OpenUnit &unit) { return add(unit, hash); }))
        return error;
    return llvm::Error::success();
  }

  Joined joined;

private:
  llvm::Error visit(size_t index, llvm::function_ref<llvm::Error(OpenUnit &)> work) const {
    auto unit = OpenUnit::open(inputs[index].bytes);
    if (!unit)
      return blame(index, unit.takeError());
    llvm::Error error = work(*unit);
    return error ? blame(index, std::move(error)) : llvm::Error::success();
  }

  llvm::Error blame(size_t index, llvm::Error error) const {
    return llvm::make_error<LinkError>(index, inputs[index].name + ": " +
                                                  llvm::toString(std::move(error)));
  }

  /// Notes where names are defined, and which files there are.
  llvm::Error define(const OpenUnit &unit, size_t index) {
    order.emplace_back(unit.head.mainFile, SectionReader::sumOf(inputs[index].bytes), index);
    std::vector<uint32_t> files;
    files.reserve(unit.head.files.size());
    for (const std::string &file : unit.head.files)
      files.push_back(joined.addFile(file));
    auto note = [&](const DirectoryEntry &entry) {
      Place place = entry.place;
      place.file = files[place.file];
      definitions.add(unit.identity(entry), place);
    };
    llvm::for_each(unit.directory.bodies, note);
    for (const DirectoryEntry &entry : unit.directory.variables)
      if (entry.isDefined)
        note(entry);
    return llvm::Error::success();
  }

  llvm::Error add(OpenUnit &unit, uint64_t sum) {
    UnitMap map(unit, joined, definitions);
    if (llvm::Error error =
            addRecords<Body>(unit, map, Section::Records, unit.directory.bodies, joined.bodies))
      return error;
    if (llvm::Error error = addRecords<Variable>(unit, map, Section::Variables,
                                                 unit.directory.variables, joined.variables))
      return error;
    if (llvm::Error error = addSuppressions(unit, map))
      return error;
    if (llvm::Error error = addAdvice(unit))
      return error;
    joined.addUnit(unit.head.mainFile, sum, unit.head.reads);
    return llvm::Error::success();
  }

  /// Adds each record that the program does not have yet.
  template <class T>
  llvm::Error addRecords(OpenUnit &unit, UnitMap &map, Section section,
                         llvm::ArrayRef<DirectoryEntry> entries, RecordPool &pool) {
    auto bytes = unit.sections.get(section);
    if (!bytes)
      return bytes.takeError();
    Input all(*bytes);
    for (const DirectoryEntry &entry : entries) {
      Input in(all.bytes(entry.size));
      uint32_t id = map.identityOf(entry);
      // What is the same in the units may stand for different things where names are separate.
      if (!map.isSeparate() && pool.has(id, entry.hash))
        continue;
      scratch.clear();
      Transcoder(map, in, scratch).template record<T>();
      if (!in.isComplete())
        return alteredFile();
      pool.add(id, map.isSeparate() ? 0 : entry.hash, entry.isDefined, scratch);
    }
    return all.isComplete() ? llvm::Error::success() : alteredFile();
  }

  llvm::Error addSuppressions(OpenUnit &unit, const UnitMap &map) {
    auto bytes = unit.sections.get(Section::Suppressions);
    if (!bytes)
      return bytes.takeError();
    Input in(*bytes);
    Decoder decoder(unit.tables, in);
    for (size_t left = in.count(); left != 0 && !in.isBroken(); --left) {
      Suppression suppression;
      decoder.record(suppression);
      if (in.isBroken() || suppression.file >= unit.head.files.size())
        return alteredFile();
      suppression.file = map.fileOf(suppression.file);
      joined.suppressions.insert(std::move(suppression));
    }
    return in.isComplete() ? llvm::Error::success() : alteredFile();
  }

  llvm::Error addAdvice(OpenUnit &unit) {
    auto bytes = unit.sections.get(Section::Advice);
    if (!bytes)
      return bytes.takeError();
    Input in(*bytes);
    Decoder decoder(unit.tables, in);
    for (size_t left = in.count(); left != 0 && !in.isBroken(); --left) {
      Advice advice;
      decoder.record(advice);
      joined.advice.insert(std::move(advice));
    }
    return in.isComplete() ? llvm::Error::success() : alteredFile();
  }

  std::vector<FactsInput> inputs;
  std::vector<std::tuple<std::string, uint64_t, size_t>> order;
  Definitions definitions;
  std::string scratch;
};

} // namespace

char LinkError::ID = 0;

void LinkError::log(llvm::raw_ostream &out) const {
  out << text;
}

uint64_t inputsHash(llvm::ArrayRef<FactsInput> inputs) {
  std::vector<uint64_t> sums;
  sums.reserve(inputs.size());
  for (const FactsInput &input : inputs)
    sums.push_back(SectionReader::sumOf(input.bytes));
  llvm::sort(sums);
  std::string bytes;
  for (uint64_t sum : sums)
    writeWhole(bytes, sum);
  return llvm::xxh3_64bits(bytes);
}

llvm::Error linkFacts(std::vector<FactsInput> inputs, llvm::raw_ostream &out) {
  uint64_t hash = inputsHash(inputs);
  Linker linker(std::move(inputs));
  if (llvm::Error error = linker.run())
    return error;
  return linker.joined.write(hash, out);
}

} // namespace async_tidy
