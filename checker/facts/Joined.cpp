#include "facts/Joined.h"
#include "facts/FactsTables.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

bool RecordPool::has(uint32_t id, uint64_t hash) const {
  if (!contains(id) || hash == 0)
    return false;
  if (slots[id].hash == hash)
    return true;
  auto at = differing.find(id);
  return at != differing.end() &&
         llvm::any_of(at->second, [&](const Other &other) { return other.hash == hash; });
}

void RecordPool::add(uint32_t id, uint64_t hash, llvm::StringRef record) {
  if (contains(id)) {
    if (bytes(id) != record)
      differing[id].push_back({hash, record.str()});
    return;
  }
  if (slots.size() <= id)
    slots.resize(std::max<size_t>(id + 1, slots.size() * 2));
  slots[id] = {arena.size(), hash, uint32_t(record.size())};
  arena.insert(arena.end(), record.begin(), record.end());
}

void RecordPool::replace(uint32_t id, llvm::StringRef record) {
  slots[id].begin = arena.size();
  slots[id].size = uint32_t(record.size());
  arena.insert(arena.end(), record.begin(), record.end());
}

/// The tables of what is joined, to read and to write records.
class JoinedTables {
public:
  explicit JoinedTables(Joined &joined) : joined(joined) {}

  size_t fileCount() const { return joined.files.size(); }

  llvm::StringRef text(Input &in) const {
    size_t number = size_t(in.below(joined.texts.size()));
    return in.isBroken() ? "" : joined.texts[number];
  }

  EntityId identity(Input &in) const {
    size_t number = size_t(in.below(joined.identities.all().size()));
    return in.isBroken() ? 0 : joined.identities.all()[number];
  }

  void writeText(std::string &out, llvm::StringRef text) {
    writeNumber(out, joined.texts.number(text));
  }

  void writeIdentity(std::string &out, EntityId id) {
    writeNumber(out, joined.identities.number(id));
  }

  void writeFile(std::string &out, uint32_t file) { writeNumber(out, file); }

private:
  Joined &joined;
};

namespace {

template <class T> llvm::Expected<T> decode(const JoinedTables &tables, llvm::StringRef bytes) {
  Input in(bytes);
  T record;
  Decoder(tables, in).record(record);
  if (!in.isComplete())
    return alteredFile();
  return std::move(record);
}

template <class T> void append(std::vector<T> &to, std::vector<T> &from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// An inline function that a header gives to two units. A coroutine of which they see different
/// stretches (a macro differs) is taken as the first says.
void merge(Body &first, Body &other) {
  if (first.stretches.size() != other.stretches.size())
    return;
  append(first.calls, other.calls);
  append(first.handOffs, other.handOffs);
  append(first.awaits, other.awaits);
  append(first.returns, other.returns);
  append(first.overrides, other.overrides);
  append(first.uses, other.uses);
  append(first.gives, other.gives);
  append(first.aliases, other.aliases);
  append(first.loops, other.loops);
  append(first.stores, other.stores);
  append(first.heldLocks, other.heldLocks);
  append(first.captures, other.captures);
  append(first.pauses, other.pauses);
  append(first.goesOn, other.goesOn);
  append(first.forgotten, other.forgotten);
  append(first.sleepsWith, other.sleepsWith);
  first.sleeps |= other.sleeps;
  append(first.series, other.series);
  if (first.isolation && other.isolation) {
    first.isolation->changesGiven |= other.isolation->changesGiven;
    first.isolation->waits &= other.isolation->waits;
    append(first.isolation->calls, other.isolation->calls);
  } else {
    first.isolation.reset(); // one of them may change anything
  }
  first.unknownCalls = std::max(first.unknownCalls, other.unknownCalls);
}

} // namespace

void Joined::sortFiles() {
  for (uint32_t number = 0; number != fileNames.size(); ++number)
    files.push_back(number);
  llvm::sort(files, [&](uint32_t a, uint32_t b) { return fileNames[a] < fileNames[b]; });
  fileOrder.resize(files.size());
  for (uint32_t number = 0; number != files.size(); ++number)
    fileOrder[files[number]] = number;
}

void Joined::addUnit(llvm::StringRef mainFile, uint64_t sum, const HashedTexts &unitReads) {
  std::vector<uint32_t> numbers(unitReads.size());
  reads.numberAll(unitReads, unitReads.hashes, numbers);
  units.push_back({mainFile.str(), sum, std::move(numbers)});
}

llvm::Error Joined::settleBodies() {
  JoinedTables tables(*this);
  for (const auto &[id, others] : bodies.others()) {
    auto first = decode<Body>(tables, bodies.bytes(id));
    if (!first)
      return first.takeError();
    for (const RecordPool::Other &other : others) {
      auto next = decode<Body>(tables, other.bytes);
      if (!next)
        return next.takeError();
      merge(*first, *next);
    }
    sortRecords(*first);
    std::string bytes;
    Encoder(tables, bytes).record(*first);
    bodies.replace(id, bytes);
  }
  return llvm::Error::success();
}

/// Leaves one entry for each variable: the definition, where there is one.
llvm::Error Joined::settleVariables() {
  JoinedTables tables(*this);
  for (const auto &[id, others] : variables.others()) {
    auto best = decode<Variable>(tables, variables.bytes(id));
    if (!best)
      return best.takeError();
    for (const RecordPool::Other &other : others) {
      auto next = decode<Variable>(tables, other.bytes);
      if (!next)
        return next.takeError();
      if (std::tuple(!next->isDefined, *next) < std::tuple(!best->isDefined, *best))
        best = std::move(next);
    }
    std::string bytes;
    Encoder(tables, bytes).record(*best);
    variables.replace(id, bytes);
  }
  return llvm::Error::success();
}

void Joined::writeHead(uint64_t inputs, SectionWriter &sections) {
  JoinedTables tables(*this);
  std::string &head = sections[Section::Head];
  writeWhole(head, inputs);
  writeNumber(head, units.size());
  writeNumber(head, files.size());
  for (uint32_t file : files)
    tables.writeText(sections[Section::Directory], fileNames[file]);
  std::string &sources = sections[Section::Reads];
  writeNumber(sources, reads.size());
  Encoder encoder(tables, sources);
  for (uint32_t number = 0; number != reads.size(); ++number) {
    Input key(reads[number]);
    uint64_t hash = key.whole();
    encoder.record(FileRead{key.bytes(key.left()).str(), hash});
  }
  for (const LinkedUnit &unit : units) {
    tables.writeText(sources, unit.mainFile);
    writeWhole(sources, unit.sum);
    writeNumber(sources, unit.reads.size());
    for (uint32_t number : unit.reads)
      writeNumber(sources, number);
  }
}

/// The identities of which `pool` has records, in order, with their numbers.
std::vector<std::pair<EntityId, uint32_t>> Joined::inOrder(const RecordPool &pool) const {
  std::vector<std::pair<EntityId, uint32_t>> order;
  order.reserve(pool.end());
  for (uint32_t id = 0; id != pool.end(); ++id)
    if (pool.contains(id))
      order.emplace_back(identities.all()[id], id);
  llvm::sort(order);
  return order;
}

void Joined::writeBodies(SectionWriter &sections) const {
  auto order = inOrder(bodies);
  sections.borrow(Section::Records, bodies.all());
  sections[Section::BodyKeys].reserve(order.size() * sizeof(EntityId));
  sections[Section::BodyPlaces].reserve(order.size() * sizeof(uint64_t));
  for (auto [key, id] : order) {
    writeWhole(sections[Section::BodyKeys], key);
    writeWhole(sections[Section::BodyPlaces], bodies.begin(id));
  }
}

llvm::Error Joined::write(uint64_t inputs, llvm::raw_ostream &out) {
  if (llvm::Error error = settleBodies())
    return error;
  if (llvm::Error error = settleVariables())
    return error;
  SectionWriter sections(FileKind::Program);
  JoinedTables tables(*this);
  writeHead(inputs, sections);
  writeBodies(sections);

  auto order = inOrder(variables);
  std::string &variableList = sections[Section::Variables];
  writeNumber(variableList, order.size());
  for (auto [key, id] : order)
    variableList += variables.bytes(id);

  auto writeList = [&](Section section, const auto &records) {
    writeNumber(sections[section], records.size());
    Encoder encoder(tables, sections[section]);
    for (const auto &record : records)
      encoder.record(record);
  };
  writeList(Section::Suppressions, suppressions);
  writeList(Section::Advice, advice);

  // Last: what was written may have brought new texts.
  sections.borrow(Section::Texts, texts.all());
  uint64_t end = 0;
  for (size_t number = 0; number != texts.size(); ++number)
    writeWhole(sections[Section::TextEnds], end += texts[number].size());
  for (EntityId id : identities.all())
    writeWhole(sections[Section::Identities], id);
  sections.write(out, /*isCompressed=*/false);
  return llvm::Error::success();
}

} // namespace async_tidy
