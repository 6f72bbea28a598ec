#include "tools/Signals.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <unistd.h>

namespace async_tidy {

SignalQueue::SignalQueue() {
  sigemptyset(&taken);
  for (int signal : {SIGCHLD, SIGALRM, SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction old;
    sigaction(signal, nullptr, &old);
    bool isOurs = signal == SIGCHLD || signal == SIGALRM;
    // What the user chose to ignore (nohup) stays ignored.
    if (!isOurs && old.sa_handler == SIG_IGN)
      continue;
    sigaddset(&taken, signal);
    // Where the default is to ignore a signal, it may be dropped although it is held back.
    if (isOurs) {
      previous.push_back({signal, old});
      std::signal(signal, [](int) {});
    }
  }
  sigprocmask(SIG_BLOCK, &taken, &before);
}

void SignalQueue::release() {
  sigprocmask(SIG_SETMASK, &before, nullptr);
  for (auto &[signal, old] : previous)
    sigaction(signal, &old, nullptr);
}

int SignalQueue::wait(unsigned seconds) const {
  alarm(seconds);
  int signal = 0;
  sigwait(&taken, &signal);
  alarm(0);
  return signal;
}

llvm::Error TemporaryFolder::create() {
  llvm::SmallString<256> pattern;
  llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, pattern);
  llvm::sys::path::append(pattern, "async-tidy-XXXXXX");
  std::string made = pattern.str().str();
  // It is for this user only: what is read back must be what we wrote.
  if (!mkdtemp(made.data()))
    return llvm::createFileError(pattern, llvm::errnoAsErrorCode());
  path = made;
  return llvm::Error::success();
}

void TemporaryFolder::remove() {
  std::string made = std::exchange(path, "");
  if (made.empty())
    return;
  if (std::error_code error = llvm::sys::fs::remove_directories(made, /*IgnoreErrors=*/false))
    llvm::errs() << "async-tidy: " << made << ": " << error.message() << '\n';
}

} // namespace async_tidy
