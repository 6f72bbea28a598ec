// The line on the terminal, for terminals of all widths.
#include "tools/Progress.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

namespace {

using std::chrono::milliseconds;

std::string line(const ProgressStatus &status, std::vector<std::string> files,
                 unsigned columns = 0) {
  return progressLine(status, files, columns);
}

TEST(Progress, SaysWhatRunsAndHowLong) {
  EXPECT_EQ(line({120, 37, 0, milliseconds(38200)}, {"src/a.cpp", "src/b.cpp"}),
            "[ 37/120] 2 running, about 40 s left: src/a.cpp, src/b.cpp");
  EXPECT_EQ(line({120, 37, 2, std::nullopt}, {"a.cpp"}), "[ 37/120] 1 running, 2 failed: a.cpp");
  EXPECT_EQ(line({1, 1, 0, std::nullopt}, {}), "[1/1] 0 running");
}

TEST(Progress, TimeIsRounded) {
  auto left = [](int64_t time) {
    llvm::StringRef text = "about ";
    std::string all = line({1, 0, 0, milliseconds(time)}, {});
    return all.substr(all.find(text) + text.size());
  };
  EXPECT_EQ(left(0), "1 s left");
  EXPECT_EQ(left(9001), "10 s left");
  EXPECT_EQ(left(10001), "15 s left");
  EXPECT_EQ(left(60000), "60 s left");
  EXPECT_EQ(left(60001), "2 min left");
  EXPECT_EQ(left(3600000), "60 min left");
  EXPECT_EQ(left(3600001), "2 h left");
}

TEST(Progress, FitsTheTerminal) {
  ProgressStatus status{10, 3, 0, std::nullopt};
  // The last column stays free: some terminals wrap when it is used.
  EXPECT_EQ(line(status, {"a.cpp", "b.cpp"}, 33), "[ 3/10] 2 running: a.cpp, b.cpp");
  EXPECT_EQ(line(status, {"a.cpp", "b.cpp"}, 31), "[ 3/10] 2 running: a.cpp, b.cp");
  EXPECT_EQ(line(status, {"a.cpp", "b.cpp"}, 26), "[ 3/10] 2 running: a.cpp,");
  EXPECT_EQ(line(status, {"a.cpp"}, 5), "[ 3/");
}

TEST(Progress, CountsColumnsAndNotBytes) {
  ProgressStatus status{1, 0, 0, std::nullopt};
  EXPECT_EQ(line(status, {"\xc3\xa4\xc3\xb6.cpp"}, 20), "[0/1] 1 running: \xc3\xa4\xc3\xb6");
  EXPECT_EQ(line(status, {"\xe5\xad\x97\xe5\xad\x97.cpp"}, 20), "[0/1] 1 running: \xe5\xad\x97")
      << "each is two columns wide";
}

TEST(Progress, NamesCannotMoveTheCursor) {
  ProgressStatus status{1, 0, 0, std::nullopt};
  EXPECT_EQ(line(status, {"a\x1b[2J\n\xff\xc3.cpp\xe5\xad"}), "[0/1] 1 running: a?[2J???.cpp??");
}

} // namespace

} // namespace async_tidy::test
