// A client of GNU make's jobserver, through which all that one `make -jN` runs shares N jobs. One
// job belongs to whoever was started; each further one needs a token, a byte out of make's pipe,
// which has to come back.
#ifndef ASYNC_TIDY_TOOLS_JOBSERVER_H
#define ASYNC_TIDY_TOOLS_JOBSERVER_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace async_tidy {

class Jobserver {
public:
  /// No jobserver: any number of jobs may run.
  Jobserver() = default;
  Jobserver(Jobserver &&other) noexcept;
  Jobserver &operator=(Jobserver &&other) = delete;
  /// Gives all tokens back.
  ~Jobserver();

  /// The jobserver that `makeFlags`, the value of MAKEFLAGS, names last; none if it names none. The
  /// error is one sentence: there is one, but this process cannot use it.
  static llvm::Expected<Jobserver> connect(llvm::StringRef makeFlags);

  /// Whether `jobs`, at least 1, may run at the same time now; takes the tokens that they need.
  /// Never waits.
  bool allows(size_t jobs);

  /// Gives back the tokens that `jobs` do not need.
  void keepFor(size_t jobs);

  /// A descriptor that can be read when there may be a token again; -1 if that will not be seen.
  int descriptor() const { return isDry ? -1 : pipe; }

  /// For a child of this process: closes the jobserver, whose tokens stay with the parent.
  void leaveToParent();

private:
  bool take();

  /// Opened by us: what we set on it, O_NONBLOCK, is not shared with others. -1: no jobserver.
  int pipe = -1;
  llvm::SmallVector<int, 2> inherited; // the descriptors that make gave us
  llvm::SmallVector<char> tokens;
  bool isDry = false; // nothing will ever come again
};

} // namespace async_tidy

#endif
