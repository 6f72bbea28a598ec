#include "facts/Records.h"
#include "facts/FactsTables.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

/// Tables of which numbers are all there is.
struct Numbers {
  size_t fileCount() const { return 3; }

  static llvm::StringRef text(Input &in) { return in.bytes(in.count()); }

  static EntityId identity(Input &in) { return in.number(); }

  static void writeText(std::string &out, llvm::StringRef text) {
    writeNumber(out, text.size());
    out += text;
  }

  static void writeIdentity(std::string &out, EntityId id) { writeNumber(out, id); }

  static void writeFile(std::string &out, uint32_t file) { writeNumber(out, file); }
};

/// Brings the files of a unit into a program.
struct OneMore : Numbers {
  static void text(Input &in, std::string &out) { writeText(out, Numbers::text(in)); }

  static void identity(Input &in, std::string &out) { writeNumber(out, in.number()); }

  static void file(Input &in, std::string &out) { writeNumber(out, in.number() + 1); }
};

std::string bytesOf(const Body &body) {
  Numbers tables;
  std::string bytes;
  Encoder(tables, bytes).record(body);
  return bytes;
}

Body bodyWith(const std::vector<Place> &places) {
  Body body;
  body.id = 7;
  body.place = {1, 10, 3};
  for (Place place : places) {
    Call call;
    call.place = place;
    call.callee = 1;
    body.calls.push_back(call);
  }
  return body;
}

Body back(llvm::StringRef bytes, bool &isBroken) {
  Numbers tables;
  Input in(bytes);
  Body body;
  Decoder(tables, in).record(body);
  isBroken = !in.isComplete();
  return body;
}

const Body Jumps = bodyWith(
    {{1, 12, 1}, {1, 4, 200}, {0, 4, 1}, {2, UINT32_MAX, 9}, {2, 0, UINT32_MAX}, {1, 1, 1}});

TEST(Records, PlacesComeBackFromAnywhere) {
  bool isBroken = false;
  EXPECT_EQ(Jumps, back(bytesOf(Jumps), isBroken));
  EXPECT_FALSE(isBroken);
}

TEST(Records, APlaceNearTheLastTakesTwoBytes) {
  size_t one = bytesOf(bodyWith({{1, 12, 1}})).size();
  size_t two = bytesOf(bodyWith({{1, 12, 1}, {1, 8, 5}})).size();
  EXPECT_EQ(2u + 2u, two - one); // which fields there are, the place, the callee
}

TEST(Records, ACopyWithOtherFilesHasTheSameLines) {
  OneMore map;
  std::string bytes = bytesOf(bodyWith({{1, 12, 1}, {0, 4, 1}, {0, 5, 1}}));
  Input in(bytes);
  std::string copy;
  Transcoder(map, in, copy).record<Body>();
  EXPECT_TRUE(in.isComplete());
  Body expected = bodyWith({{2, 12, 1}, {1, 4, 1}, {1, 5, 1}});
  expected.place.file = 2;
  bool isBroken = false;
  EXPECT_EQ(expected, back(copy, isBroken));
}

/// A suppression's file is no place; a variable's is: its fields that are there, and the place.
std::string variableAt(llvm::ArrayRef<uint64_t> place) {
  std::string bytes;
  writeNumber(bytes, 1 << 2);
  for (uint64_t number : place)
    writeNumber(bytes, number);
  return bytes;
}

bool isRefused(llvm::StringRef bytes) {
  Numbers tables;
  Input in(bytes);
  Variable variable;
  Decoder(tables, in).record(variable);
  return !in.isComplete();
}

TEST(Records, PlacesThatAreNoneAreRefused) {
  EXPECT_FALSE(isRefused(variableAt({5 << 1 | 1, 2, 4})));
  EXPECT_TRUE(isRefused(variableAt({5 << 1 | 1, 3, 4})));                        // no such file
  EXPECT_TRUE(isRefused(variableAt({5 << 1, 4})));                               // after nothing
  EXPECT_TRUE(isRefused(variableAt({(uint64_t(1) << 32) << 1 | 1, 2, 4})));      // too many lines
  EXPECT_TRUE(isRefused(variableAt({5 << 1 | 1, 2, uint64_t(UINT32_MAX) + 1}))); // columns
}

TEST(Records, ALineBeforeTheFirstIsRefused) {
  std::string bytes = bytesOf(bodyWith({{1, 12, 1}}));
  size_t step = bytes.find(char(foldSign(2) << 1), 5);
  ASSERT_NE(std::string::npos, step);
  bytes[step] = char(foldSign(-11) << 1);
  bool isBroken = false;
  back(bytes, isBroken);
  EXPECT_TRUE(isBroken);
}

} // namespace
