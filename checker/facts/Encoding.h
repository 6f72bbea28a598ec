// How numbers stand in files of facts and programs: seven bits a byte, the lowest first. What is
// read may be anything: an input that ends too early, or says what cannot be, is marked as broken
// and gives zeros from then on.
#ifndef ASYNC_TIDY_FACTS_ENCODING_H
#define ASYNC_TIDY_FACTS_ENCODING_H

#include "llvm/ADT/StringRef.h"
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

namespace async_tidy {

inline void writeNumber(std::string &out, uint64_t number) {
  while (number >= 0x80) {
    out += char(number | 0x80);
    number >>= 7;
  }
  out += char(number);
}

/// A number that may be negative as one that is small if it is near zero, and back.
constexpr uint64_t foldSign(int64_t number) {
  return uint64_t(number) << 1 ^ uint64_t(number >> 63);
}

constexpr uint64_t unfoldSign(uint64_t folded) {
  return folded >> 1 ^ (~(folded & 1) + 1);
}

/// Eight bytes, for hashes, which need all of them; or the lowest `size`.
inline void writeWhole(std::string &out, uint64_t number, unsigned size = 8) {
  char bytes[8];
  for (unsigned i = 0; i != sizeof(bytes); ++i)
    bytes[i] = char(number >> (8 * i));
  out.append(bytes, size);
}

class Input {
public:
  explicit Input(llvm::StringRef bytes) : at(bytes.bytes_begin()), end(bytes.bytes_end()) {}

  bool isBroken() const { return broken; }

  /// Whether all was read, and nothing was wrong.
  bool isComplete() const { return !broken && at == end; }

  bool atEnd() const { return at == end; }

  size_t left() const { return size_t(end - at); }

  /// Gives up; nothing more is read.
  void breakOff() {
    broken = true;
    at = end;
  }

  uint64_t number() {
    uint64_t result = 0;
    for (unsigned shift = 0; shift < 64 && at != end; shift += 7) {
      uint8_t byte = *at++;
      result |= uint64_t(byte & 0x7f) << shift;
      if (byte < 0x80)
        return result;
    }
    breakOff();
    return 0;
  }

  uint32_t smallNumber() { return uint32_t(below(uint64_t(UINT32_MAX) + 1)); }

  /// A number that is less than `limit`.
  uint64_t below(uint64_t limit) {
    uint64_t result = number();
    if (result < limit)
      return result;
    breakOff();
    return 0;
  }

  /// How many things follow, of which each takes at least one byte.
  size_t count() { return size_t(below(uint64_t(left()) + 1)); }

  /// See writeWhole.
  uint64_t whole(unsigned size = 8) {
    uint64_t result = 0;
    for (unsigned shift = 0; uint8_t byte : bytes(size).bytes()) {
      result |= uint64_t(byte) << shift;
      shift += 8;
    }
    return result;
  }

  llvm::StringRef bytes(size_t size) {
    if (size > left()) {
      breakOff();
      return "";
    }
    llvm::StringRef result(reinterpret_cast<const char *>(at), size);
    at += size;
    return result;
  }

private:
  const uint8_t *at;
  const uint8_t *end;
  bool broken = false;
};

/// More bytes than all paths of a unit have; it keeps a hostile file from asking for all memory.
constexpr size_t MostPathBytes = size_t(1) << 26;

/// Writes and reads texts that are in order, each as what it does not share with the one before.
class TextsInOrder {
public:
  void write(llvm::StringRef text, std::string &out) {
    size_t most = std::min(last.size(), text.size());
    size_t shared = 0;
    while (shared != most && last[shared] == text[shared])
      ++shared;
    writeNumber(out, shared);
    writeNumber(out, text.size() - shared);
    out += text.substr(shared);
    last = text;
  }

  /// `left`: how many bytes all texts may still have. What is read is valid until the next call.
  llvm::StringRef read(Input &in, size_t &left) {
    size_t shared = size_t(in.below(last.size() + 1));
    llvm::StringRef rest = in.bytes(in.count());
    if (shared + rest.size() > left)
      in.breakOff();
    if (in.isBroken())
      return "";
    left -= shared + rest.size();
    last.resize(shared);
    last += rest;
    return last;
  }

private:
  std::string last;
};

} // namespace async_tidy

#endif
