// How numbers stand in files of facts and programs: seven bits a byte, the lowest first. What is
// read may be anything: an input that ends too early, or says what cannot be, is marked as broken
// and gives zeros from then on.
#ifndef ASYNC_TIDY_FACTS_ENCODING_H
#define ASYNC_TIDY_FACTS_ENCODING_H

#include "llvm/ADT/StringRef.h"
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

/// Eight bytes, for hashes, which need all of them.
inline void writeWhole(std::string &out, uint64_t number) {
  for (unsigned shift = 0; shift != 64; shift += 8)
    out += char(number >> shift);
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

  uint64_t whole() {
    uint64_t result = 0;
    for (uint8_t byte : bytes(8).bytes())
      result = result >> 8 | uint64_t(byte) << 56;
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

} // namespace async_tidy

#endif
