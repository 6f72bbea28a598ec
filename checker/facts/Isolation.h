// Whether what a coroutine runs changes anything but what is its own: resolved over calls, within
// a unit and over a whole program.
#ifndef ASYNC_TIDY_FACTS_ISOLATION_H
#define ASYNC_TIDY_FACTS_ISOLATION_H

#include "facts/Facts.h"

namespace async_tidy {

/// What is known of a function that is called.
struct CalleeIsolation {
  enum class Kind : uint8_t {
    Seen,   // `isolation`
    Shares, // it may change anything
    Unseen, // whoever asks leaves the question open
  };
  Kind kind = Kind::Unseen;
  const Isolation *isolation = nullptr;
};

using IsolationLookup = llvm::function_ref<CalleeIsolation(const Reaching &call)>;

/// `of` with its calls replaced by what they come to: those that `lookup` has not seen are left.
/// None: it may change what is shared.
std::optional<Isolation> resolved(const Isolation &of, IsolationLookup lookup);

} // namespace async_tidy

#endif
