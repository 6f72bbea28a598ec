// Why a body is said to run where it runs.
#ifndef ASYNC_TIDY_INFER_REASONS_H
#define ASYNC_TIDY_INFER_REASONS_H

#include "facts/Program.h"

namespace async_tidy {

/// How sure it is that a body runs on a loop.
enum class Confidence : uint8_t {
  Presumed, // a task whose spawn is not seen, or a handler whose executor is not
  Proven,   // given to a loop, or awaited by what was
};

/// A hand-off inside of a wrapper, which is what the caller of the wrapper relies on.
struct Evidence {
  Place place;
  std::string via; // the library's function there; empty: no wrapper is in between
};

struct Reason {
  enum class Kind : uint8_t {
    Presumed,   // no spawn, and no await, of it is seen
    Unclear,    // given to `via` at `place`, but where `executor` runs it is not seen
    Given,      // given to `via`, whose executor is `executor`, at `place`
    Awaited,    // by `parent` at `place`
    Called,     // by `parent` at `place`
    Kept,       // put into `via` at `place`, and called from there
    Annotated,  // an annotation at `place` says so, or what it overrides
    Completion, // no body: `via` starts an operation at `place`, which the loop completes
    Resumed,    // by `parent` at `place`
    Thread,     // it runs event loop `executor` itself; given to `via` at `place`
  };
  Kind kind = Kind::Presumed;
  Confidence confidence = Confidence::Presumed;
  Place place;
  std::string via;
  std::string library; // of `via`, or of what it hands over with
  std::string executor;
  BodyIndex parent = 0;
  bool isParents = false; // the executor is that of `parent`
  Evidence evidence;
};

} // namespace async_tidy

#endif
