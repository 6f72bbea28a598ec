// What units take is kept from run to run, and nothing else is believed.
#include "tools/UnitTimes.h"
#include "TemporaryFolder.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <sys/stat.h>

namespace async_tidy::test {

namespace {

using std::chrono::milliseconds;

constexpr llvm::StringLiteral FirstLine = "async-tidy unit times, version 1\n";

std::string read(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().str() : "none";
}

size_t filesIn(const TemporaryFolder &folder) {
  std::error_code error;
  size_t count = 0;
  for (llvm::sys::fs::directory_iterator at(folder.name(), error), end; at != end && !error;
       at.increment(error))
    ++count;
  return count;
}

TEST(UnitTimes, AreKept) {
  TemporaryFolder folder;
  UnitTimes times(folder.name());
  EXPECT_EQ(times.find("a.cpp-1"), nullptr);
  times.set("b.cpp-2", {milliseconds(7), 8});
  times.set("a.cpp-1", {milliseconds(1500), 400000000});
  EXPECT_FALSE(bool(times.save()));
  EXPECT_EQ(read(folder.file("unit-times.txt")),
            FirstLine.str() + "a.cpp-1 1500 400000000\nb.cpp-2 7 8\nend\n");
  EXPECT_EQ(filesIn(folder), 1U) << "nothing temporary is left";

  UnitTimes next(folder.name());
  ASSERT_NE(next.find("a.cpp-1"), nullptr);
  EXPECT_EQ(next.find("a.cpp-1")->time, milliseconds(1500));
  EXPECT_EQ(next.find("a.cpp-1")->peak, 400000000U);
  next.set("a.cpp-1", {milliseconds(3), 4});
  EXPECT_FALSE(bool(next.save()));
  EXPECT_EQ(read(folder.file("unit-times.txt")),
            FirstLine.str() + "a.cpp-1 3 4\nb.cpp-2 7 8\nend\n")
      << "what was not analysed this time keeps its times";
}

TEST(UnitTimes, WithoutAFolderNothingIsKept) {
  UnitTimes times("");
  times.set("a", {milliseconds(1), 2});
  EXPECT_NE(times.find("a"), nullptr);
  EXPECT_FALSE(bool(times.save()));
}

TEST(UnitTimes, AnErrorNamesTheFile) {
  TemporaryFolder folder;
  UnitTimes times(folder.file("none"));
  EXPECT_FALSE(bool(times.save())) << "there is nothing to write";
  times.set("a", {milliseconds(1), 2});
  EXPECT_NE(llvm::toString(times.save()).find("none/unit-times.txt"), std::string::npos);
}

TEST(UnitTimes, ADamagedFileIsAsGoodAsNone) {
  const std::string whole = FirstLine.str() + "a 1500 4000\nb 7 8\nend\n";
  std::vector<std::string> damaged = {
      "async-tidy unit times, version 2\na 1 2\nend\n",
      FirstLine.str() + "a 1 2 3\nend\n",
      FirstLine.str() + "a 1\nend\n",
      FirstLine.str() + "a  1\nend\n",
      FirstLine.str() + "a -1 2\nend\n",
      FirstLine.str() + "a 1 -2\nend\n",
      FirstLine.str() + "a 99999999999999999999 2\nend\n",
      FirstLine.str() + "a 9223372036854775807 2\nend\n",
      FirstLine.str() + "a 1 18446744073709551615\nend\n",
      FirstLine.str() + "../a 1 2\nend\n",
      FirstLine.str() + "a 1 2\n\x1b[2J 1 2\nend\n",
      FirstLine.str() + std::string(300, 'a') + " 1 2\nend\n",
      FirstLine.str() + "a 1 2\r\nend\n",
      std::string("a 1 2\n\0\xff", 8),
  };
  for (size_t length = 0; length != whole.size(); ++length)
    damaged.push_back(whole.substr(0, length));
  for (const std::string &text : damaged) {
    TemporaryFolder folder;
    folder.write("unit-times.txt", text);
    UnitTimes times(folder.name());
    EXPECT_EQ(times.find("a"), nullptr) << text;
    times.set("c", {milliseconds(1), 2});
    EXPECT_FALSE(bool(times.save()));
    EXPECT_EQ(read(folder.file("unit-times.txt")), FirstLine.str() + "c 1 2\nend\n");
  }
}

TEST(UnitTimes, WhatIsNoFileIsNotRead) {
  TemporaryFolder folder;
  ASSERT_EQ(mkfifo(folder.file("unit-times.txt").c_str(), 0600), 0);
  EXPECT_EQ(UnitTimes(folder.name()).find("a"), nullptr);
}

TEST(UnitTimes, TheFileIsBounded) {
  TemporaryFolder folder;
  std::string text = FirstLine.str();
  for (unsigned i = 0; i != 30000; ++i)
    text += "unit" + llvm::utostr(i) + " 1 2\n";
  folder.write("unit-times.txt", text + "end\n");
  UnitTimes times(folder.name());
  times.set("unit9999", {milliseconds(5), 6});
  EXPECT_FALSE(bool(times.save()));
  UnitTimes next(folder.name());
  EXPECT_EQ(llvm::count(read(folder.file("unit-times.txt")), '\n'), 20000 + 1 + 2);
  ASSERT_NE(next.find("unit9999"), nullptr) << "what was analysed stays";
  EXPECT_EQ(next.find("unit9999")->time, milliseconds(5));
}

} // namespace

} // namespace async_tidy::test
