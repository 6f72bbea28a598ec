#include "facts/Sections.h"
#include "facts/Encoding.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral Magic = "async-tidy ";

/// Of the same length, so that all sections of a program stand where numbers may be read in place.
constexpr llvm::StringLiteral KindWords[] = {"facts", "progr", "hash ", "repor"};

/// Magic, kind, version; the file's size; the sum of the table. Then the table's entries: where,
/// how long, how long unpacked, sum of its bytes, packing.
constexpr size_t HeadSize = 16 + 4 + 4 + 8 + 8;
constexpr size_t EntrySize = size_t(5) * 8;
constexpr size_t BodyBegin = HeadSize + SectionCount * EntrySize;

constexpr size_t padding(size_t size) {
  constexpr size_t Alignment = 8;
  return (Alignment - size % Alignment) % Alignment;
}

static_assert(padding(BodyBegin) == 0);

enum Packing : uint8_t { Plain, Zlib, Zstd };

/// More than any section of facts has; it keeps a hostile file from asking for all memory.
constexpr uint64_t MostUnpacked = uint64_t(1) << 28;

llvm::Error wrong(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

uint64_t sum(llvm::StringRef bytes) {
  return llvm::xxh3_64bits(bytes);
}

llvm::ArrayRef<uint8_t> asBytes(llvm::StringRef text) {
  return {text.bytes_begin(), text.size()};
}

uint8_t pack(llvm::StringRef plain, llvm::SmallVectorImpl<uint8_t> &packed) {
  constexpr size_t Smallest = 128; // below, packing gains nothing
  constexpr int ZstdLevel = 15;    // above, it gains nothing
  if (plain.size() < Smallest)
    return Plain;
  Packing packing = Plain;
  if (llvm::compression::zstd::isAvailable()) {
    llvm::compression::zstd::compress(asBytes(plain), packed, ZstdLevel);
    packing = Zstd;
  } else if (llvm::compression::zlib::isAvailable()) {
    llvm::compression::zlib::compress(asBytes(plain), packed);
    packing = Zlib;
  }
  // Hashes gain nearly nothing, and are read where they lie.
  return packed.size() < plain.size() - plain.size() / 8 ? packing : Plain;
}

uint64_t wholeAt(llvm::StringRef file, size_t at) {
  return llvm::support::endian::read64le(file.data() + at);
}

} // namespace

void SectionWriter::write(llvm::raw_ostream &out, bool isCompressed) const {
  std::string table;
  llvm::SmallVector<uint8_t, 0> packed[SectionCount];
  llvm::StringRef stored[SectionCount];
  uint64_t end = BodyBegin;
  for (size_t i = 0; i != SectionCount; ++i) {
    llvm::StringRef bytes = borrowed[i].empty() ? llvm::StringRef(plain[i]) : borrowed[i];
    uint8_t packing = isCompressed ? pack(bytes, packed[i]) : uint8_t(Plain);
    stored[i] = packing == Plain ? bytes : llvm::toStringRef(llvm::ArrayRef<uint8_t>(packed[i]));
    for (uint64_t number : {end, uint64_t(stored[i].size()), uint64_t(bytes.size()), sum(stored[i]),
                            uint64_t(packing)})
      writeWhole(table, number);
    end += stored[i].size() + (isCompressed ? 0 : padding(stored[i].size()));
  }
  std::string head = (Magic + KindWords[size_t(kind)]).str();
  for (uint64_t number : {uint64_t(FactsFormat) | uint64_t(SectionCount) << 32, end, sum(table)})
    writeWhole(head, number);
  out << head << table;
  for (llvm::StringRef section : stored) {
    out << section;
    if (!isCompressed)
      out.write_zeros(unsigned(padding(section.size())));
  }
}

llvm::Expected<SectionReader> SectionReader::open(llvm::StringRef file, FileKind kind) {
  llvm::StringRef word = KindWords[size_t(kind)];
  if (!file.starts_with((Magic + word).str()))
    return wrong(kind == FileKind::Facts ? "this is no facts file" : "this is no program file");
  if (file.size() < BodyBegin)
    return wrong("it is cut off");
  uint64_t version = wholeAt(file, 16);
  if (uint32_t(version) != FactsFormat)
    return wrong("it was written by another version of async-tidy");
  if (version >> 32 != SectionCount || wholeAt(file, 24) < BodyBegin ||
      wholeAt(file, 32) != sum(file.substr(HeadSize, SectionCount * EntrySize)))
    return wrong("it was altered");
  if (wholeAt(file, 24) > file.size())
    return wrong("it is cut off");
  if (wholeAt(file, 24) != file.size())
    return wrong("it was altered");
  SectionReader reader;
  for (size_t i = 0; i != SectionCount; ++i) {
    size_t at = HeadSize + i * EntrySize;
    uint64_t begin = wholeAt(file, at);
    uint64_t size = wholeAt(file, at + 8);
    if (begin > file.size() || size > file.size() - begin)
      return wrong("it was altered");
    Entry &entry = reader.entries[i];
    entry.stored = file.substr(begin, size);
    entry.plainSize = wholeAt(file, at + 16);
    entry.sum = wholeAt(file, at + 24);
    entry.packing = uint8_t(wholeAt(file, at + 32));
  }
  return reader;
}

llvm::Error SectionReader::unpack(Entry &entry) {
  if (sum(entry.stored) != entry.sum)
    return wrong("it was altered");
  if (entry.packing == Plain)
    return llvm::Error::success();
  if (entry.plainSize > MostUnpacked)
    return wrong("it was altered");
  auto stored = asBytes(entry.stored);
  if (entry.packing == Zstd && llvm::compression::zstd::isAvailable())
    return llvm::compression::zstd::decompress(stored, entry.unpacked, entry.plainSize);
  if (entry.packing == Zlib && llvm::compression::zlib::isAvailable())
    return llvm::compression::zlib::decompress(stored, entry.unpacked, entry.plainSize);
  return wrong("it is compressed in a way that this async-tidy cannot read");
}

llvm::Error SectionReader::check() const {
  for (const Entry &entry : entries)
    if (sum(entry.stored) != entry.sum)
      return wrong("it was altered");
  return llvm::Error::success();
}

std::optional<FileKind> SectionReader::kindOf(llvm::StringRef file) {
  if (!file.consume_front(Magic))
    return std::nullopt;
  for (size_t kind = 0; kind != std::size(KindWords); ++kind)
    if (file.starts_with(KindWords[kind]))
      return FileKind(kind);
  return std::nullopt;
}

uint64_t SectionReader::sumOf(llvm::StringRef file) {
  return file.size() < HeadSize ? 0 : wholeAt(file, HeadSize - 8);
}

llvm::Expected<llvm::StringRef> SectionReader::get(Section section) {
  Entry &entry = entries[size_t(section)];
  if (!entry.isReady)
    if (llvm::Error error = unpack(entry))
      return std::move(error);
  entry.isReady = true;
  return entry.packing == Plain ? entry.stored
                                : llvm::toStringRef(llvm::ArrayRef<uint8_t>(entry.unpacked));
}

} // namespace async_tidy
