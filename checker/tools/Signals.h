// What happens while units are analysed: signals, and what must not stay behind when one ends us.
#ifndef ASYNC_TIDY_TOOLS_SIGNALS_H
#define ASYNC_TIDY_TOOLS_SIGNALS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <csignal>
#include <string>

namespace async_tidy {

/// Signals are not handled but waited for: while this object lives they are held back, and wait()
/// takes them one by one. So nothing is ever interrupted halfway.
class SignalQueue {
public:
  SignalQueue();
  SignalQueue(const SignalQueue &) = delete;

  ~SignalQueue() { release(); }

  /// Gives signals back to the process; those that are held back arrive now.
  void release();

  /// Waits for a signal, at most `seconds` unless that is 0.
  int wait(unsigned seconds) const;

private:
  sigset_t taken;
  sigset_t before;
  llvm::SmallVector<std::pair<int, struct sigaction>, 2> previous;
};

/// A folder that goes away with this object.
class TemporaryFolder {
public:
  TemporaryFolder() = default;
  TemporaryFolder(const TemporaryFolder &) = delete;

  ~TemporaryFolder() { remove(); }

  /// Makes it; the error names it.
  llvm::Error create();

  void remove();

  std::string file(const llvm::Twine &name) const { return (path + "/" + name).str(); }

private:
  std::string path;
};

} // namespace async_tidy

#endif
