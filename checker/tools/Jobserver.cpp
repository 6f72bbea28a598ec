#include "tools/Jobserver.h"
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace async_tidy {

namespace {

llvm::Error unusable(const llvm::Twine &why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "make's jobserver cannot be used: " + why);
}

/// The word that `flags` begins with, which is taken away. make puts a backslash before blanks and
/// backslashes, and doubles '$'.
std::string takeWord(llvm::StringRef &flags) {
  std::string word;
  size_t at = 0;
  for (; at != flags.size() && flags[at] != ' '; ++at) {
    bool isMarked = flags[at] == '\\' || flags.substr(at).starts_with("$$");
    if (isMarked && at + 1 != flags.size())
      ++at;
    word += flags[at];
  }
  flags = flags.substr(at).ltrim(' ');
  return word;
}

/// How to reach the jobserver: the value of the last option that says so.
std::optional<std::string> jobserverOf(llvm::StringRef makeFlags) {
  std::optional<std::string> last;
  llvm::StringRef rest = makeFlags.ltrim(' ');
  while (!rest.empty()) {
    std::string word = takeWord(rest);
    if (word == "--") // variables follow
      break;
    // make before 4.2 called it jobserver-fds.
    for (llvm::StringRef option : {"--jobserver-auth=", "--jobserver-fds="})
      if (llvm::StringRef value = word; value.consume_front(option))
        last = value.str();
  }
  return last;
}

/// Opens a pipe of make's for reading and writing; -1 with errno if that fails.
int openPipe(const std::string &path) {
  return open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

llvm::Expected<int> openNamed(const std::string &path) {
  int pipe = openPipe(path);
  if (pipe < 0)
    return unusable("'" + path + "': " + llvm::errnoAsErrorCode().message());
  struct stat found;
  // Jobservers for a whole machine are devices that behave like a pipe.
  if (fstat(pipe, &found) == 0 && (S_ISFIFO(found.st_mode) || S_ISCHR(found.st_mode)))
    return pipe;
  close(pipe);
  return unusable("'" + path + "' is no pipe");
}

llvm::Expected<int> openInherited(int reader, int writer) {
  struct stat read;
  struct stat write;
  // Other files may have got these numbers since; only a jobserver has both ends of one pipe.
  if (fstat(reader, &read) != 0 || fstat(writer, &write) != 0 || !S_ISFIFO(read.st_mode) ||
      read.st_dev != write.st_dev || read.st_ino != write.st_ino)
    return unusable("it is not open here; put '+' before the command in the makefile");
  int pipe = openPipe("/proc/self/fd/" + std::to_string(reader));
  if (pipe < 0)
    return unusable("its pipe: " + llvm::errnoAsErrorCode().message());
  return pipe;
}

} // namespace

Jobserver::Jobserver(Jobserver &&other) noexcept
    : pipe(std::exchange(other.pipe, -1)), inherited(std::move(other.inherited)),
      tokens(std::exchange(other.tokens, {})), isDry(other.isDry) {}

Jobserver::~Jobserver() {
  keepFor(0);
  if (pipe >= 0)
    close(pipe);
}

llvm::Expected<Jobserver> Jobserver::connect(llvm::StringRef makeFlags) {
  Jobserver jobserver;
  std::optional<std::string> found = jobserverOf(makeFlags);
  if (!found)
    return std::move(jobserver);
  llvm::StringRef how = *found;
  if (how.consume_front("fifo:")) {
    auto pipe = openNamed(how.str());
    if (!pipe)
      return pipe.takeError();
    jobserver.pipe = *pipe;
    return std::move(jobserver);
  }
  int reader = -1;
  int writer = -1;
  auto [first, second] = how.split(',');
  if (first.getAsInteger(10, reader) || second.getAsInteger(10, writer))
    return unusable("'" + how + "' is neither a pair of descriptors nor a fifo");
  auto pipe = openInherited(reader, writer);
  if (!pipe)
    return pipe.takeError();
  jobserver.pipe = *pipe;
  jobserver.inherited = {reader, writer};
  return std::move(jobserver);
}

bool Jobserver::allows(size_t jobs) {
  while (pipe >= 0 && tokens.size() + 1 < jobs)
    if (!take())
      return false;
  return true;
}

bool Jobserver::take() {
  if (isDry)
    return false;
  char token = 0;
  ssize_t count = 0;
  do
    count = read(pipe, &token, 1);
  while (count < 0 && errno == EINTR);
  if (count == 1)
    tokens.push_back(token);
  else
    isDry = count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  return count == 1;
}

void Jobserver::keepFor(size_t jobs) {
  while (!tokens.empty() && tokens.size() + 1 > jobs) {
    char token = tokens.pop_back_val();
    while (write(pipe, &token, 1) < 0 && errno == EINTR) {
    }
  }
}

void Jobserver::leaveToParent() {
  tokens.clear();
  if (pipe >= 0)
    close(std::exchange(pipe, -1));
  for (int descriptor : inherited)
    close(descriptor);
  inherited.clear();
}

} // namespace async_tidy
