// Tokens are taken and given back, whichever way make tells of them.
#include "tools/Jobserver.h"
#include "TemporaryFolder.h"
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace async_tidy::test {

namespace {

/// A pipe with tokens, as make has one.
class Pipe {
public:
  explicit Pipe(llvm::StringRef tokens) {
    EXPECT_EQ(pipe(ends), 0);
    EXPECT_EQ(write(ends[1], tokens.data(), tokens.size()), ssize_t(tokens.size()));
  }

  ~Pipe() {
    close(ends[0]);
    close(ends[1]);
  }

  Pipe(const Pipe &) = delete;
  Pipe &operator=(const Pipe &) = delete;

  /// "3,4", as in MAKEFLAGS.
  std::string pair() const { return std::to_string(ends[0]) + "," + std::to_string(ends[1]); }

  int reader() const { return ends[0]; }

  /// What is in it, in the order of the alphabet; it is empty then.
  std::string tokens() const {
    std::string all;
    pollfd source{ends[0], POLLIN, 0};
    for (char token = 0; poll(&source, 1, 0) == 1 && read(ends[0], &token, 1) == 1;)
      all += token;
    llvm::sort(all);
    return all;
  }

private:
  int ends[2];
};

Jobserver connected(const llvm::Twine &makeFlags) {
  auto jobserver = Jobserver::connect(makeFlags.str());
  EXPECT_TRUE(bool(jobserver)) << llvm::toString(jobserver.takeError());
  return std::move(*jobserver);
}

std::string errorOf(const llvm::Twine &makeFlags) {
  auto jobserver = Jobserver::connect(makeFlags.str());
  return jobserver ? "" : llvm::toString(jobserver.takeError());
}

TEST(Jobserver, WithoutOneThereIsNoLimit) {
  for (llvm::StringRef flags : {"", "-j", " -j8 -k", "k", "-- X=--jobserver-auth=8,9"}) {
    Jobserver none = connected(flags);
    EXPECT_TRUE(none.allows(1000)) << flags.str();
    EXPECT_EQ(none.descriptor(), -1);
  }
}

TEST(Jobserver, EachJobButTheFirstTakesAToken) {
  Pipe pipe("ab");
  Jobserver jobserver = connected(" -j3 --jobserver-auth=" + pipe.pair());
  EXPECT_TRUE(jobserver.allows(1));
  EXPECT_TRUE(jobserver.allows(2));
  EXPECT_TRUE(jobserver.allows(2)) << "that is the same token";
  EXPECT_TRUE(jobserver.allows(3));
  EXPECT_FALSE(jobserver.allows(4)) << "and that has not waited for one";
  EXPECT_EQ(pipe.tokens(), "");
}

TEST(Jobserver, TheSameTokensComeBack) {
  Pipe pipe("abc");
  {
    Jobserver jobserver = connected("--jobserver-auth=" + pipe.pair());
    EXPECT_TRUE(jobserver.allows(4));
    jobserver.keepFor(3);
    EXPECT_EQ(pipe.tokens().size(), 1U);
    EXPECT_FALSE(jobserver.allows(4));
    jobserver.keepFor(1);
    EXPECT_EQ(pipe.tokens().size(), 2U);
  }
  EXPECT_EQ(pipe.tokens(), "");
  Pipe second("xyz");
  {
    Jobserver jobserver = connected("--jobserver-auth=" + second.pair());
    EXPECT_TRUE(jobserver.allows(3));
    Jobserver moved = std::move(jobserver);
    EXPECT_TRUE(moved.allows(4));
  }
  EXPECT_EQ(second.tokens(), "xyz");
}

TEST(Jobserver, OthersReadOnThePipeAsBefore) {
  Pipe pipe("a");
  Jobserver jobserver = connected("--jobserver-auth=" + pipe.pair());
  EXPECT_TRUE(jobserver.allows(2));
  EXPECT_EQ(fcntl(pipe.reader(), F_GETFL) & O_NONBLOCK, 0);
}

TEST(Jobserver, TheDescriptorTellsOfATokenThatComesBack) {
  Pipe pipe("a");
  Jobserver holder = connected("--jobserver-auth=" + pipe.pair());
  Jobserver jobserver = connected("--jobserver-auth=" + pipe.pair());
  EXPECT_TRUE(holder.allows(2));
  EXPECT_FALSE(jobserver.allows(2));
  pollfd source{jobserver.descriptor(), POLLIN, 0};
  EXPECT_EQ(poll(&source, 1, 0), 0);
  holder.keepFor(0);
  EXPECT_EQ(poll(&source, 1, 0), 1);
  EXPECT_TRUE(jobserver.allows(2));
}

TEST(Jobserver, TheLastWordHolds) {
  Pipe first("a");
  Pipe last("xy");
  Jobserver jobserver =
      connected("--jobserver-auth=" + first.pair() + " --jobserver-fds=" + last.pair() +
                " -- --jobserver-auth=" + first.pair());
  EXPECT_TRUE(jobserver.allows(3));
  EXPECT_EQ(first.tokens(), "a");
}

TEST(Jobserver, ANamedPipe) {
  TemporaryFolder folder;
  std::string path = folder.file("a \\b$");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  int keeper = open(path.c_str(), O_RDWR | O_NONBLOCK);
  ASSERT_EQ(write(keeper, "ab", 2), 2);
  {
    // As make writes it.
    Jobserver jobserver =
        connected(" -j3 --jobserver-auth=fifo:" + folder.name() + "/a\\ \\\\b$$ -k");
    EXPECT_TRUE(jobserver.allows(3));
    EXPECT_FALSE(jobserver.allows(4));
  }
  char tokens[3];
  EXPECT_EQ(read(keeper, tokens, sizeof tokens), 2);
  close(keeper);
}

TEST(Jobserver, WhatCannotBeUsedIsAnError) {
  Pipe pipe("a");
  Pipe other("b");
  TemporaryFolder folder;
  folder.write("file", "text");
  // make 4.4 says -2 where a recipe has no '+'; before, the descriptors are closed or others'.
  std::string ends[] = {"-2,-2", "9998,9999",
                        std::to_string(pipe.reader()) + "," + std::to_string(other.reader())};
  for (const std::string &pair : ends)
    EXPECT_NE(errorOf("-j2 --jobserver-auth=" + pair).find("put '+' before the command"),
              std::string::npos)
        << pair;
  for (llvm::StringRef word : {"", "3", "x,y", "3,4,5", "99999999999,4"})
    EXPECT_NE(errorOf("--jobserver-auth=" + word).find("neither a pair of descriptors nor a fifo"),
              std::string::npos)
        << word.str();
  EXPECT_NE(errorOf("--jobserver-auth=fifo:" + folder.file("file")).find("is no pipe"),
            std::string::npos);
  EXPECT_NE(errorOf("--jobserver-auth=fifo:" + folder.file("none")).find("No such file"),
            std::string::npos);
}

TEST(Jobserver, AChildHasNoPartInIt) {
  Pipe pipe("a");
  {
    Jobserver jobserver = connected("--jobserver-auth=" + pipe.pair());
    EXPECT_TRUE(jobserver.allows(2));
    int opened = jobserver.descriptor();
    pid_t child = fork();
    if (child == 0) {
      jobserver.leaveToParent();
      jobserver.keepFor(0);
      bool isClosed = fcntl(opened, F_GETFD) < 0 && fcntl(pipe.reader(), F_GETFD) < 0;
      _exit(isClosed ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(pipe.tokens(), "");
  }
  EXPECT_EQ(pipe.tokens(), "a");
}

} // namespace

} // namespace async_tidy::test
