#include "facts/FactsTables.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

llvm::Error alteredFile() {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "it was altered");
}

void TableWriter::writeText(std::string &out, llvm::StringRef text) {
  auto [at, isNew] = textNumbers.try_emplace(text, uint32_t(texts.size()));
  if (isNew)
    texts.push_back(at->getKey());
  writeNumber(out, at->second);
}

void TableWriter::writeIdentity(std::string &out, EntityId id) {
  auto [at, isNew] = identityNumbers.try_emplace(id, uint32_t(identities.size()));
  if (isNew)
    identities.push_back(id);
  writeNumber(out, at->second);
}

void TableWriter::addIdentity(EntityId id) {
  identityNumbers.try_emplace(id, uint32_t(identities.size()));
  identities.push_back(id);
}

void TableWriter::finish(SectionWriter &sections) const {
  std::string &text = sections[Section::Texts];
  writeNumber(text, texts.size());
  for (llvm::StringRef one : texts)
    writeNumber(text, one.size());
  for (llvm::StringRef one : texts)
    text += one;
  if (identities.empty())
    return;
  bool isShort =
      llvm::all_of(identities, [](EntityId id) { return id >> (8 * ShortIdentity) == 0; });
  unsigned size = isShort ? ShortIdentity : sizeof(EntityId);
  std::string &out = sections[Section::Identities];
  out.reserve(1 + identities.size() * size);
  out += char(size);
  for (EntityId id : identities)
    writeWhole(out, id, size);
}

llvm::Error TableReader::open(SectionReader &sections) {
  if (llvm::Error error = openTexts(sections))
    return error;
  return openIdentities(sections);
}

llvm::Error TableReader::openTexts(SectionReader &sections) {
  auto text = sections.get(Section::Texts);
  if (!text)
    return text.takeError();
  Input in(*text);
  std::vector<size_t> sizes(in.count());
  for (size_t &size : sizes)
    size = size_t(in.number());
  texts.reserve(sizes.size());
  for (size_t size : sizes)
    texts.push_back(in.bytes(size));
  if (!in.isComplete())
    return alteredFile();
  return llvm::Error::success();
}

llvm::Error TableReader::openIdentities(SectionReader &sections) {
  auto ids = sections.get(Section::Identities);
  if (!ids)
    return ids.takeError();
  if (ids->empty())
    return llvm::Error::success();
  auto size = unsigned(uint8_t(ids->front()));
  llvm::StringRef all = ids->drop_front();
  if ((size != ShortIdentity && size != sizeof(EntityId)) || all.size() % size != 0)
    return alteredFile();
  identities.resize(all.size() / size);
  for (size_t i = 0; i != identities.size(); ++i) {
    llvm::support::ulittle64_t id;
    id = 0;
    std::memcpy(&id, all.data() + i * size, size);
    identities[i] = id;
  }
  return llvm::Error::success();
}

/// Bytes of a hash in a directory.
constexpr unsigned HashSize = 5;

uint64_t shortHash(llvm::StringRef record) {
  uint64_t hash = llvm::xxh3_64bits(record) >> (64 - 8 * HashSize);
  return hash == 0 ? 1 : hash;
}

void writeDirectory(const Directory &directory, std::string &out) {
  for (const auto *list : {&directory.bodies, &directory.variables}) {
    writeNumber(out, list->size());
    for (const DirectoryEntry &entry : *list)
      writeNumber(out, entry.size);
  }
  for (const auto *list : {&directory.bodies, &directory.variables})
    for (const DirectoryEntry &entry : *list)
      writeWhole(out, entry.hash, HashSize);
}

llvm::Expected<Directory> readDirectory(llvm::StringRef section, size_t identities) {
  Input in(section);
  Directory directory;
  for (auto *list : {&directory.bodies, &directory.variables}) {
    list->resize(in.count());
    for (DirectoryEntry &entry : *list)
      entry.size = size_t(in.number());
  }
  for (auto *list : {&directory.bodies, &directory.variables})
    for (DirectoryEntry &entry : *list)
      entry.hash = in.whole(HashSize);
  if (!in.isComplete() || directory.bodies.size() + directory.variables.size() > identities)
    return alteredFile();
  return directory;
}

llvm::Expected<UnitHead> readHead(llvm::StringRef section) {
  Input in(section);
  UnitHead head;
  head.mainFile = in.bytes(in.count()).str();
  size_t left = MostPathBytes;
  TextsInOrder texts;
  for (size_t files = in.count(); files != 0 && !in.isBroken(); --files)
    head.files.push_back(texts.read(in, left).copy(head.memory));
  if (!in.isComplete())
    return alteredFile();
  return head;
}

} // namespace async_tidy
