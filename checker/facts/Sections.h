// The container of all files of ours, which hold facts, programs, hashes and reports: a head with a
// version, a table of sections, and the sections, each with a sum of its bytes. A file that was cut
// off or altered is told from a whole one before anything in it is believed.
#ifndef ASYNC_TIDY_FACTS_SECTIONS_H
#define ASYNC_TIDY_FACTS_SECTIONS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

/// The version of all formats; a reader takes no other.
constexpr uint32_t FactsFormat = 15;

/// What a file is, as its first bytes say.
enum class FileKind : uint8_t { Facts, Program, Hashes, Report };

enum class Section : uint8_t {
  Head,         // the unit's name and its files
  Reads,        // what it was made from; of a program, what each of its units was made from
  Texts,        // how long each is, if it is a unit's, and all texts
  Identities,   // eight bytes each; of a unit, seven if they are so short, which is said first, and
                // those of its bodies and variables come first
  Directory,    // how long the record of each body and variable is, and its hash; of a program,
                // its files
  Records,      // the bodies
  Variables,    // their records
  Suppressions, // NOLINT comments
  Advice,
  Offers,     // of a library whose models are inferred
  TextEnds,   // of a program: where each text ends, eight bytes each
  BodyKeys,   // the identities of its bodies, in order
  BodyPlaces, // where their records begin
};
constexpr size_t SectionCount = size_t(Section::BodyPlaces) + 1;

/// Collects sections and makes a file of them.
class SectionWriter {
public:
  explicit SectionWriter(FileKind kind) : kind(kind) {}

  /// The bytes of `section`, to be written.
  std::string &operator[](Section section) { return plain[size_t(section)]; }

  /// Takes `bytes`, which must outlive this object, for those of `section`.
  void borrow(Section section, llvm::StringRef bytes) { borrowed[size_t(section)] = bytes; }

  /// Writes the whole file. `isCompressed`: sections are made smaller where that is possible;
  /// else they begin where numbers of eight bytes may be read in place.
  void write(llvm::raw_ostream &out, bool isCompressed) const;

private:
  FileKind kind;
  std::string plain[SectionCount];
  llvm::StringRef borrowed[SectionCount];
};

/// The sections of a file, which must outlive this object. Those that are not compressed are not
/// copied.
class SectionReader {
public:
  /// Errors say what is wrong with the file, but not its name.
  static llvm::Expected<SectionReader> open(llvm::StringRef file, FileKind kind);

  /// What `file` says it is; nothing if it is none of ours.
  static std::optional<FileKind> kindOf(llvm::StringRef file);

  /// What tells two files apart without reading them: it changes with each byte of their sections.
  /// 0 for what is none of ours.
  static uint64_t sumOf(llvm::StringRef file);

  /// The bytes of `section`, checked and unpacked when they are first asked for; empty if the file
  /// does not have it.
  llvm::Expected<llvm::StringRef> get(Section section);

  /// How many bytes `section` says that it has when it is unpacked; nobody has checked it.
  uint64_t plainSize(Section section) const { return entries[size_t(section)].plainSize; }

  /// Whether all sections are as they were written; nothing is unpacked for that.
  llvm::Error check() const;

  /// The bytes of a section of a program, not checked.
  llvm::StringRef unchecked(Section section) const { return entries[size_t(section)].stored; }

private:
  struct Entry {
    llvm::StringRef stored;
    uint64_t plainSize = 0;
    uint64_t sum = 0; // of the stored bytes
    uint8_t packing = 0;
    bool isReady = false;
    llvm::SmallVector<uint8_t, 0> unpacked;
  };

  llvm::Error unpack(Entry &entry);

  std::vector<Entry> entries = std::vector<Entry>(SectionCount);
};

} // namespace async_tidy

#endif
