// The file of a linked program: flat, so that it is used where it lies, by whoever maps it.
#ifndef ASYNC_TIDY_FACTS_PROGRAMFILE_H
#define ASYNC_TIDY_FACTS_PROGRAMFILE_H

#include "facts/Records.h"
#include "facts/Sections.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>

namespace async_tidy {

/// What a program file is called in a cache folder.
constexpr llvm::StringLiteral ProgramFileName = "program";

/// Numbers of eight bytes, where they lie.
using WholeNumbers = llvm::ArrayRef<llvm::support::ulittle64_t>;

/// The tables of a program file; see TableReader.
class ProgramTables {
public:
  size_t fileCount() const { return files; }

  llvm::StringRef text(Input &in) const {
    size_t number = size_t(in.below(ends.size()));
    return in.isBroken() ? "" : at(number);
  }

  EntityId identity(Input &in) const {
    size_t number = size_t(in.below(identities.size()));
    return in.isBroken() ? EntityId() : EntityId(identities[number]);
  }

private:
  friend class ProgramFile;

  llvm::StringRef at(size_t number) const {
    // Whatever the ends are, a slice stays within the texts.
    size_t begin = number == 0 ? 0 : size_t(ends[number - 1]);
    return texts.slice(begin, size_t(ends[number]));
  }

  WholeNumbers ends; // of the texts
  llvm::StringRef texts;
  WholeNumbers identities;
  size_t files = 0;
};

/// A unit of a program.
struct LinkedUnit {
  std::string mainFile;
  uint64_t sum = 0;            // of its facts, see SectionReader::sumOf
  std::vector<uint32_t> reads; // numbers of ProgramSources::reads
};

struct ProgramHead {
  uint64_t inputs = 0; // tells which facts it was made from, see inputsHash
  size_t units = 0;    // how many there are
};

struct ProgramSources {
  std::vector<FileRead> reads;   // what the units were made from
  std::vector<LinkedUnit> units; // by main file
};

class ProgramFile {
public:
  /// Maps the file `path`; errors name it.
  static llvm::Expected<ProgramFile> open(llvm::StringRef path);

  /// Takes the bytes of one.
  static llvm::Expected<ProgramFile> read(std::unique_ptr<llvm::MemoryBuffer> bytes);

  const ProgramHead &head() const { return parts; }

  /// All its files, sorted. Read anew each time.
  llvm::Expected<std::vector<std::string>> files();

  /// What it was made from. Read anew each time.
  llvm::Expected<ProgramSources> sources();

  size_t bodyCount() const { return keys.size(); }

  /// The identities of all bodies, in order.
  WholeNumbers bodyKeys() const { return keys; }

  /// Where `id` stands among bodyKeys(); nothing if there is no such body. Reads only what it
  /// needs.
  std::optional<size_t> indexOf(EntityId id) const;

  /// The body at `index` of bodyKeys(), read without looking at anything else.
  llvm::Expected<Body> body(size_t index) const;

  /// Whether the file is as it was written. What else reads it only looks at what it needs, and
  /// stays within it, whatever that says.
  llvm::Error check() const;

  /// Everything, as if it were one unit.
  llvm::Expected<Unit> all();

private:
  ProgramFile(std::unique_ptr<llvm::MemoryBuffer> bytes, SectionReader sections)
      : bytes(std::move(bytes)), sections(std::move(sections)) {}

  llvm::Error prepare();
  void expect(int access) const;
  llvm::Error readHead();
  template <class T> llvm::Error readList(Section section, std::vector<T> &to);

  std::unique_ptr<llvm::MemoryBuffer> bytes;
  SectionReader sections;
  ProgramTables tables;
  ProgramHead parts;
  WholeNumbers keys;
  WholeNumbers places;
  llvm::StringRef records;
};

} // namespace async_tidy

#endif
