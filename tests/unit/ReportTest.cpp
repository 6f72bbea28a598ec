// Reports that are kept next to their program, and when they are used.
#include "HandFacts.h"
#include "TemporaryFolder.h"
#include "facts/FactsFile.h"
#include "facts/Link.h"
#include "report/StoredReport.h"
#include "support/WholeFile.h"
#include "gtest/gtest.h"

namespace async_tidy::test {
namespace {

class KeptReport : public ::testing::Test {
protected:
  void SetUp() override {
    Facts facts;
    facts.task(1).blocks(Tier::Sleep);
    save(facts);
  }

  void save(Facts &facts) const {
    std::string bytes = encodeFacts(facts.take());
    llvm::cantFail(writeWholeFile(
        program(), [&](llvm::raw_ostream &out) { return linkFacts({{"a.facts", bytes}}, out); }));
  }

  std::string program() const { return folder.file("program"); }

  /// The texts of the warnings.
  std::vector<std::string> found() {
    ProjectFiles fresh; // as another process has
    ProgramFile file = llvm::cantFail(ProgramFile::open(program()));
    Report report = llvm::cantFail(reportOf(file, program(), {folder.name(), fresh, words}));
    std::vector<std::string> texts;
    for (const Reported &finding : report.findings)
      texts.push_back(report.files.at(finding.message.warning.place.file) + ": " +
                      finding.message.warning.text);
    return texts;
  }

  uint64_t key() {
    ProjectFiles fresh;
    ProgramFile file = llvm::cantFail(ProgramFile::open(program()));
    return llvm::cantFail(reportKey(file, {folder.name(), fresh, words}));
  }

  std::string path() { return reportPath(program(), key()); }

  /// Puts a report of its own in the place of the one that is kept.
  void forge() {
    Report report;
    report.files = {"forged.cpp"};
    report.findings.push_back({"async-blocking-call", {{{0, 1, 1}, "forged"}, {}}});
    keepReport(report, path(), key());
  }

  TemporaryFolder folder;
  SettingWords words;
};

TEST_F(KeptReport, IsUsedAsLongAsItHolds) {
  std::vector<std::string> real = found();
  ASSERT_EQ(real.size(), 1U);
  EXPECT_TRUE(llvm::sys::fs::exists(path()));
  EXPECT_EQ(found(), real);
  forge();
  EXPECT_EQ(found(), std::vector<std::string>{"forged.cpp: forged"});
}

TEST_F(KeptReport, IsOfOneProgram) {
  forge();
  Facts other;
  other.task(1).blocks(Tier::Sleep).blocks(Tier::Network);
  save(other);
  EXPECT_EQ(found().size(), 2U);
}

TEST_F(KeptReport, IsOfOneChoiceOfSettings) {
  std::vector<std::string> real = found();
  forge();
  words.tiers = "network";
  EXPECT_TRUE(found().empty());
  words.tiers.reset();
  words.uncertain = false;
  EXPECT_EQ(found(), real);
  words.uncertain.reset();
  words.checks = "async-loop-bound-capture";
  EXPECT_TRUE(found().empty());
}

TEST_F(KeptReport, IsOfWhatTheProjectSays) {
  forge();
  folder.write(".async-tidy.yaml", "tiers: network\n");
  EXPECT_TRUE(found().empty());
  folder.write(".async-tidy.yaml", "tiers: sleep\n");
  EXPECT_EQ(found().size(), 1U);
  EXPECT_NE(found().front(), "forged.cpp: forged");
}

TEST_F(KeptReport, IsMadeAgainIfItWasAltered) {
  std::vector<std::string> real = found();
  auto bytes = llvm::cantFail(llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(path())));
  for (size_t at : {size_t(3), bytes->getBufferSize() / 2, bytes->getBufferSize() - 1}) {
    std::string altered = bytes->getBuffer().str();
    altered[at] = char(altered[at] ^ 1);
    folder.write("reports/" + llvm::sys::path::filename(path()), altered);
    EXPECT_EQ(found(), real) << at;
  }
  folder.write("reports/" + llvm::sys::path::filename(path()), bytes->getBuffer().drop_back(5));
  EXPECT_EQ(found(), real);
}

TEST_F(KeptReport, OldOnesGo) {
  for (unsigned i = 0; i != 40; ++i) {
    words.tiers = "sleep" + std::string(i, ' ');
    EXPECT_EQ(found().size(), 1U) << i;
  }
  std::error_code error;
  size_t count = 0;
  for (llvm::sys::fs::directory_iterator at(folder.file("reports"), error), end; at != end;
       at.increment(error))
    ++count;
  EXPECT_EQ(count, 16U);
}

} // namespace
} // namespace async_tidy::test
