#include "facts/FactsTables.h"

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

void TableWriter::finish(SectionWriter &sections) const {
  std::string &text = sections[Section::Texts];
  writeNumber(text, texts.size());
  for (llvm::StringRef one : texts)
    writeNumber(text, one.size());
  for (llvm::StringRef one : texts)
    text += one;
  for (EntityId id : identities)
    writeWhole(sections[Section::Identities], id);
}

llvm::Error TableReader::open(SectionReader &sections) {
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
  auto ids = sections.get(Section::Identities);
  if (!ids)
    return ids.takeError();
  if (ids->size() % sizeof(EntityId) != 0)
    return alteredFile();
  Input idIn(*ids);
  identities.resize(ids->size() / sizeof(EntityId));
  for (EntityId &id : identities)
    id = idIn.whole();
  return llvm::Error::success();
}

llvm::Expected<Directory> readDirectory(llvm::StringRef section, const TableReader &tables) {
  Input in(section);
  Directory directory;
  for (auto *list : {&directory.bodies, &directory.variables}) {
    list->resize(in.count());
    for (DirectoryEntry &entry : *list) {
      entry.identity = uint32_t(in.below(tables.allIdentities().size()));
      entry.isDefined = in.below(2) != 0;
      entry.place.file = uint32_t(in.below(tables.fileCount()));
      entry.place.line = in.smallNumber();
      entry.place.column = in.smallNumber();
      entry.hash = in.whole();
      entry.size = size_t(in.number());
    }
  }
  if (!in.isComplete())
    return alteredFile();
  return directory;
}

llvm::Expected<UnitHead> readHead(llvm::StringRef section, TableReader &tables) {
  Input in(section);
  UnitHead head;
  head.mainFile = tables.text(in).str();
  for (size_t left = in.count(); left != 0 && !in.isBroken(); --left)
    head.files.push_back(tables.text(in).str());
  Decoder decoder(tables, in);
  for (size_t left = in.count(); left != 0 && !in.isBroken(); --left)
    decoder.record(head.reads.emplace_back());
  if (!in.isComplete())
    return alteredFile();
  tables.setFileCount(head.files.size());
  return head;
}

} // namespace async_tidy
