// Whether awaits that wait one after the other could run at the same time: what they run changes
// nothing but what is its own.
#ifndef ASYNC_TIDY_INFER_INDEPENDENCE_H
#define ASYNC_TIDY_INFER_INDEPENDENCE_H

#include "facts/Isolation.h"
#include "facts/Program.h"

namespace async_tidy {

/// How it is known that awaits are independent.
enum class Proof : uint8_t {
  None,   // it is not
  Values, // of something that they call, it is only seen that it takes and gives values
  Read,   // all that they call was read
};

Proof independenceOf(const AwaitSeries &series, const Program &program);

} // namespace async_tidy

#endif
