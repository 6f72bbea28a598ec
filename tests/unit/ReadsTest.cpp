#include "facts/Reads.h"
#include "facts/Definitions.h"
#include "facts/Encoding.h"
#include "facts/OpenUnits.h"
#include "llvm/Support/Error.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

std::string written(const std::vector<FileRead> &reads) {
  std::string bytes;
  writeReads(reads, bytes);
  return bytes;
}

bool isRefused(llvm::StringRef bytes) {
  auto reads = readReads(bytes);
  bool refused = !reads;
  llvm::consumeError(reads.takeError());
  return refused;
}

TEST(Reads, ComeBackAsTheyWere) {
  std::vector<FileRead> reads = {
      {"/", 1},
      {"/usr/include", 7},
      {"/usr/include/", 8},
      {"/usr/include/a.h", 0},
      {"/usr/lib/a.h", 5},
      {"a.h", 0},
      {"a.h", 3},
      {"b", 0x123456789abc},
      {"src/a.h", 9},
  };
  EXPECT_EQ(reads, llvm::cantFail(readReads(written(reads))));
  EXPECT_TRUE(llvm::cantFail(readReads(written({}))).empty());
}

TEST(Reads, AreWrittenTheSameInAnyOrder) {
  EXPECT_EQ(written({{"a/x", 1}, {"a/y", 2}, {"b/x", 0}}),
            written({{"b/x", 0}, {"a/y", 2}, {"a/x", 1}}));
}

TEST(Reads, ANameInManyFoldersIsWrittenOnce) {
  std::vector<FileRead> one = {{"a/some-long-name-of-a-header.h", 0}};
  std::vector<FileRead> many = one;
  for (const char *folder : {"b", "c", "d", "e"})
    many.push_back({std::string(folder) + "/some-long-name-of-a-header.h", 0});
  EXPECT_LE(written(many).size(), written(one).size() + size_t(4) * 6);
}

TEST(Reads, WhatWasCutOffOrAlteredIsRefused) {
  std::string bytes = written({{"a/b.h", 5}, {"a/c.h", 0}, {"d/b.h", 6}});
  for (size_t size = 1; size != bytes.size(); ++size)
    EXPECT_TRUE(isRefused(llvm::StringRef(bytes).take_front(size))) << size;
  EXPECT_TRUE(isRefused(bytes + "x"));
  for (size_t i = 0; i != bytes.size(); ++i)
    for (unsigned bit = 0; bit != 8; ++bit) {
      std::string other = bytes;
      other[i] = char(other[i] ^ (1 << bit));
      isRefused(other); // or is something else, but harms nobody
    }
}

TEST(Reads, FewBytesDoNotStandForMuchMemory) {
  std::string bytes;
  writeNumber(bytes, 0); // hashes
  constexpr size_t Names = 20'000;
  writeNumber(bytes, Names);
  writeNumber(bytes, 0); // folders
  std::string first(10'000, 'a');
  TextsInOrder texts;
  for (size_t i = 0; i != Names; ++i)
    texts.write(first, bytes);
  EXPECT_TRUE(isRefused(bytes));
}

TEST(Reads, AHashIsNeverThatOfNothing) {
  EXPECT_NE(0u, hashOfRead(""));
  EXPECT_NE(hashOfRead("a"), hashOfRead("b"));
  EXPECT_EQ(0u, hashOfRead("a") >> 48);
}

/// A unit's directory of one body.
Directory bodyWith(uint64_t hash) {
  Directory directory;
  directory.bodies.push_back({10, hash});
  return directory;
}

TEST(Definitions, OnlyWhatDiffersIsLookedAt) {
  Definitions definitions;
  std::vector<EntityId> same = {5};
  std::vector<EntityId> other = {6};
  definitions.note(0, bodyWith(1), same);
  definitions.note(1, bodyWith(1), same);
  definitions.note(2, bodyWith(2), other);
  EXPECT_EQ(2u, definitions.bodyAmount().names);
  EXPECT_TRUE(definitions.takeDoubts().empty());
}

TEST(Definitions, TwoPlacesAreTwoThings) {
  Definitions definitions;
  std::vector<EntityId> ids = {5};
  definitions.note(0, bodyWith(1), ids);
  definitions.note(1, bodyWith(1), ids);
  definitions.note(2, bodyWith(2), ids);
  auto doubts = definitions.takeDoubts();
  ASSERT_EQ(2u, doubts.size());
  EXPECT_EQ(0u, doubts[0].unit);
  EXPECT_EQ(2u, doubts[1].unit);
  definitions.define(5, "a.h", {0, 3, 1});
  definitions.define(5, "a.h", {4, 3, 1});
  EXPECT_FALSE(definitions.differ(5)); // the same file has another number
  definitions.define(5, "b.h", {0, 3, 1});
  EXPECT_TRUE(definitions.differ(5));
}

TEST(OpenUnits, AnErrorNamesItsFileAndEndsTheRest) {
  std::vector<FactsInput> inputs(40, {"broken.facts", "no facts"});
  std::vector<size_t> order;
  for (size_t i = 0; i != inputs.size(); ++i)
    order.push_back(i);
  OpenUnits units(inputs, order, Opening::Whole);
  auto error = units.forEach([](size_t, OpenUnit &) { return llvm::Error::success(); });
  EXPECT_EQ("broken.facts: this is no facts file", llvm::toString(std::move(error)));
}

} // namespace
