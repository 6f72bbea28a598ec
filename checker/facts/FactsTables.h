// The tables of a facts file, as they are written and read: what stands for a text, an identity and
// a file in its records. And the lists of records around them.
#ifndef ASYNC_TIDY_FACTS_FACTSTABLES_H
#define ASYNC_TIDY_FACTS_FACTSTABLES_H

#include "facts/Records.h"
#include "facts/Sections.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Allocator.h"
#include <unordered_map>

namespace async_tidy {

/// Numbers texts and identities in the order in which they first come; files have theirs already.
class TableWriter {
public:
  void writeText(std::string &out, llvm::StringRef text);
  void writeIdentity(std::string &out, EntityId id);

  void writeFile(std::string &out, uint32_t file) { writeNumber(out, file); }

  /// Gives the next number to `id`. Those of the directory come so before all others.
  void addIdentity(EntityId id);

  /// Writes the sections Texts and Identities.
  void finish(SectionWriter &sections) const;

private:
  llvm::StringMap<uint32_t> textNumbers;
  std::vector<llvm::StringRef> texts;
  std::unordered_map<EntityId, uint32_t> identityNumbers;
  std::vector<EntityId> identities;
};

/// Writes texts, identities and files themselves, so that the same record always gives the same
/// bytes: to tell records of different files apart.
class PlainTables {
public:
  explicit PlainTables(llvm::ArrayRef<std::string> files) : files(files) {}

  void writeText(std::string &out, llvm::StringRef text) {
    writeNumber(out, text.size());
    out += text;
  }

  void writeIdentity(std::string &out, EntityId id) { writeWhole(out, id); }

  void writeFile(std::string &out, uint32_t file) { writeText(out, files[file]); }

private:
  llvm::ArrayRef<std::string> files;
};

/// The tables of a file that is read.
class TableReader {
public:
  /// Takes the sections Texts and Identities of `sections`, which must outlive it.
  llvm::Error open(SectionReader &sections);

  /// The two parts of that.
  llvm::Error openIdentities(SectionReader &sections);
  llvm::Error openTexts(SectionReader &sections);

  void setFileCount(size_t count) { files = count; }

  size_t fileCount() const { return files; }

  llvm::StringRef text(Input &in) const { return pick(texts, in); }

  EntityId identity(Input &in) const { return pick(identities, in); }

  llvm::ArrayRef<llvm::StringRef> allTexts() const { return texts; }

  llvm::ArrayRef<EntityId> allIdentities() const { return identities; }

private:
  template <class T> static T pick(const std::vector<T> &table, Input &in) {
    size_t number = size_t(in.below(table.size()));
    return in.isBroken() ? T() : table[number];
  }

  std::vector<llvm::StringRef> texts;
  std::vector<EntityId> identities;
  size_t files = 0;
};

/// What can be known of a unit's record without reading it. Whose it is says the table of
/// identities.
struct DirectoryEntry {
  size_t size = 0;   // bytes of the record
  uint64_t hash = 0; // see shortHash
};

/// All that the directory says.
struct Directory {
  std::vector<DirectoryEntry> bodies;
  std::vector<DirectoryEntry> variables;
};

/// A hash of a record that has its texts and identities in it (PlainTables), the same in all files;
/// never 0. It tells apart what units say of one thing, which are few, so some bytes are enough.
uint64_t shortHash(llvm::StringRef record);

void writeDirectory(const Directory &directory, std::string &out);

/// `identities`: how many the unit has.
llvm::Expected<Directory> readDirectory(llvm::StringRef section, size_t identities);

/// What the section Head says.
struct UnitHead {
  std::string mainFile;
  std::vector<llvm::StringRef> files;
  llvm::BumpPtrAllocator memory; // of these
};

llvm::Expected<UnitHead> readHead(llvm::StringRef section);

llvm::Error alteredFile();

} // namespace async_tidy

#endif
