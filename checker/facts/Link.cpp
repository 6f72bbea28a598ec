#include "facts/Link.h"
#include "facts/Definitions.h"
#include "facts/Joined.h"
#include "facts/OpenUnits.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

namespace {

/// Copies what stands for texts, identities and files from a unit's numbers to the program's.
class UnitMap {
public:
  UnitMap(const OpenUnit &unit, Joined &joined, const Definitions &definitions)
      : unit(unit), joined(joined), texts(unit.tables.allTexts().size(), None),
        identities(unit.tables.allIdentities().size(), None) {
    for (llvm::StringRef file : unit.head.files)
      files.push_back(joined.fileNumber(file));
    for (uint32_t identity = 0; identity != directorySize(); ++identity)
      separate(identity, definitions);
    size_t next = 0;
    joined.identities.numberAll(unit.tables.allIdentities().take_front(directorySize()),
                                [&](uint32_t number) {
                                  if (identities[next] == None)
                                    identities[next] = number;
                                  ++next;
                                });
  }

  /// Looks up all texts and identities at once, which costs less than one by one.
  void mapAll() {
    joined.texts.numberAll(unit.tables.allTexts(), unit.textHashes, texts);
    size_t next = directorySize();
    joined.identities.numberAll(unit.tables.allIdentities().drop_front(next),
                                [&](uint32_t number) { identities[next++] = number; });
  }

  /// Whether names of this unit stand for something else than the same names of others.
  bool isSeparate() const { return renames; }

  /// The program's number of an identity of the unit.
  uint32_t identityOf(uint32_t identity) {
    if (identities[identity] == None)
      identities[identity] = joined.identities.number(unit.tables.allIdentities()[identity]);
    return identities[identity];
  }

  uint32_t fileOf(uint32_t file) const { return files[file]; }

  void text(Input &in, std::string &out) {
    size_t number = size_t(in.below(texts.size()));
    if (in.isBroken())
      return;
    if (texts[number] == None)
      texts[number] = joined.texts.number(unit.tables.allTexts()[number], unit.textHashes[number]);
    writeNumber(out, texts[number]);
  }

  void identity(Input &in, std::string &out) {
    auto number = uint32_t(in.below(identities.size()));
    if (!in.isBroken())
      writeNumber(out, identityOf(number));
  }

  void file(Input &in, std::string &out) const {
    size_t number = size_t(in.below(files.size()));
    if (!in.isBroken())
      writeNumber(out, files[number]);
  }

private:
  static constexpr uint32_t None = UINT32_MAX;

  size_t directorySize() const {
    return unit.directory.bodies.size() + unit.directory.variables.size();
  }

  /// Two units that define one name in two places belong to two programs (each with its own
  /// `listener()`). There, the name gets the unit added, so that they are not taken for one.
  void separate(uint32_t identity, const Definitions &definitions) {
    EntityId id = unit.tables.allIdentities()[identity];
    if (!definitions.differ(id))
      return;
    renames = true;
    identities[identity] =
        joined.identities.number(llvm::xxh3_64bits(llvm::utohexstr(id) + "@" + unit.head.mainFile));
  }

  const OpenUnit &unit;
  Joined &joined;
  // Made when they are first used.
  std::vector<uint32_t> texts;
  std::vector<uint32_t> identities;
  std::vector<uint32_t> files;
  bool renames = false;
};

/// Reads records for their places only.
struct NoTables {
  size_t files;

  size_t fileCount() const { return files; }

  static llvm::StringRef text(Input &in) {
    in.number();
    return "";
  }

  static EntityId identity(Input &in) { return in.number(); }
};

class Linker {
public:
  explicit Linker(std::vector<FactsInput> inputs) : inputs(std::move(inputs)) {}

  llvm::Error run() {
    std::vector<size_t> all;
    all.reserve(inputs.size());
    for (size_t i = 0; i != inputs.size(); ++i)
      all.push_back(i);
    OpenUnits directories(inputs, std::move(all), Opening::Directory);
    if (llvm::Error error =
            directories.forEach([&](size_t index, OpenUnit &unit) { return note(unit, index); }))
      return error;
    joined.reserve(definitions.bodyAmount(), definitions.variableAmount(), textBytes);
    if (llvm::Error error = settle(definitions.takeDoubts()))
      return error;
    joined.sortFiles();
    // The first to bring something decides, so units come in one order.
    llvm::sort(order);
    // One that is given twice is one.
    auto same = [](const auto &a, const auto &b) {
      return std::get<0>(a) == std::get<0>(b) && std::get<1>(a) == std::get<1>(b);
    };
    order.erase(std::unique(order.begin(), order.end(), same), order.end());
    std::vector<size_t> sorted;
    sorted.reserve(order.size());
    for (const auto &[file, sum, index] : order)
      sorted.push_back(index);
    OpenUnits units(inputs, std::move(sorted), Opening::Whole);
    return units.forEach([&](size_t index, OpenUnit &unit) {
      return add(unit, SectionReader::sumOf(inputs[index].bytes));
    });
  }

  Joined joined;

private:
  /// Notes which names are defined, and which files there are.
  llvm::Error note(const OpenUnit &unit, size_t index) {
    order.emplace_back(unit.head.mainFile, SectionReader::sumOf(inputs[index].bytes), index);
    textBytes += unit.sections.plainSize(Section::Texts);
    for (llvm::StringRef file : unit.head.files)
      joined.addFile(file);
    definitions.note(uint32_t(index), unit.directory, unit.tables.allIdentities());
    return llvm::Error::success();
  }

  llvm::Error settle(llvm::ArrayRef<Definitions::Doubt> doubts) {
    std::vector<size_t> doubtful;
    for (const Definitions::Doubt &doubt : doubts)
      if (doubtful.empty() || doubtful.back() != doubt.unit)
        doubtful.push_back(doubt.unit);
    OpenUnits units(inputs, std::move(doubtful), Opening::Directory);
    return units.forEach([&](size_t index, OpenUnit &unit) -> llvm::Error {
      auto ofUnit = doubts.take_while([&](const auto &doubt) { return doubt.unit == index; });
      doubts = doubts.drop_front(ofUnit.size());
      auto bodies = ofUnit.take_until([](const auto &doubt) { return doubt.isVariable; });
      if (llvm::Error error = define<Body>(unit, Section::Records, unit.directory.bodies, bodies,
                                           /*first=*/0))
        return error;
      return define<Variable>(unit, Section::Variables, unit.directory.variables,
                              ofUnit.drop_front(bodies.size()), unit.directory.bodies.size());
    });
  }

  /// Looks where the records of `doubts` say that they are. `first`: the identity of the first of
  /// `entries`.
  template <class T>
  llvm::Error define(OpenUnit &unit, Section section, llvm::ArrayRef<DirectoryEntry> entries,
                     llvm::ArrayRef<Definitions::Doubt> doubts, size_t first) {
    if (doubts.empty())
      return llvm::Error::success();
    auto bytes = unit.sections.get(section);
    if (!bytes)
      return bytes.takeError();
    NoTables tables{unit.head.files.size()};
    Input all(*bytes);
    size_t next = 0;
    for (const Definitions::Doubt &doubt : doubts) {
      for (; next != doubt.entry; ++next)
        all.bytes(entries[next].size);
      ++next;
      Input in(all.bytes(entries[doubt.entry].size));
      T record;
      Decoder(tables, in).record(record);
      if (!in.isComplete() || record.place.file >= tables.files)
        return alteredFile();
      if constexpr (Is<T, Variable>)
        if (!record.isDefined)
          continue;
      definitions.define(unit.tables.allIdentities()[first + doubt.entry],
                         unit.head.files[record.place.file], record.place);
    }
    return llvm::Error::success();
  }

  llvm::Error add(OpenUnit &unit, uint64_t sum) {
    UnitMap map(unit, joined, definitions);
    auto newBodies = newOf(map, unit.directory.bodies, /*first=*/0, joined.bodies);
    auto newVariables =
        newOf(map, unit.directory.variables, unit.directory.bodies.size(), joined.variables);
    constexpr size_t Much = 4; // this part of a unit
    if (newBodies.count() > newBodies.size() / Much)
      map.mapAll();
    if (llvm::Error error = addRecords<Body>(unit, map, Section::Records, unit.directory.bodies,
                                             /*first=*/0, newBodies, joined.bodies))
      return error;
    if (llvm::Error error =
            addRecords<Variable>(unit, map, Section::Variables, unit.directory.variables,
                                 unit.directory.bodies.size(), newVariables, joined.variables))
      return error;
    if (llvm::Error error = addSuppressions(unit, map))
      return error;
    if (llvm::Error error = addAdvice(unit))
      return error;
    joined.addUnit(unit.head.mainFile, sum, unit.reads);
    return llvm::Error::success();
  }

  /// Which of `entries` the program does not have yet. `first`: see define.
  static llvm::BitVector newOf(UnitMap &map, llvm::ArrayRef<DirectoryEntry> entries, size_t first,
                               const RecordPool &pool) {
    llvm::BitVector isNew(unsigned(entries.size()));
    for (size_t i = 0; i != entries.size(); ++i) {
      if (i + Ahead < entries.size())
        pool.prefetch(map.identityOf(uint32_t(first + i + Ahead)));
      // What is the same in the units may stand for different things where names are separate.
      isNew[unsigned(i)] =
          map.isSeparate() || !pool.has(map.identityOf(uint32_t(first + i)), entries[i].hash);
    }
    return isNew;
  }

  template <class T>
  llvm::Error addRecords(OpenUnit &unit, UnitMap &map, Section section,
                         llvm::ArrayRef<DirectoryEntry> entries, size_t first,
                         const llvm::BitVector &isNew, RecordPool &pool) {
    if (isNew.none())
      return llvm::Error::success();
    auto bytes = unit.sections.get(section);
    if (!bytes)
      return bytes.takeError();
    Input all(*bytes);
    for (size_t i = 0; i != entries.size(); ++i) {
      Input in(all.bytes(entries[i].size));
      if (!isNew[unsigned(i)])
        continue;
      scratch.clear();
      Transcoder(map, in, scratch).template record<T>();
      if (!in.isComplete())
        return alteredFile();
      pool.add(map.identityOf(uint32_t(first + i)), map.isSeparate() ? 0 : entries[i].hash,
               scratch);
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
  uint64_t textBytes = 0; // of all units, as they say
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
  sums.erase(std::unique(sums.begin(), sums.end()), sums.end());
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
