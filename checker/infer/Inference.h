// All that is inferred of a program, once for all that ask.
#ifndef ASYNC_TIDY_INFER_INFERENCE_H
#define ASYNC_TIDY_INFER_INFERENCE_H

#include "infer/Roots.h"

namespace async_tidy {

struct Inference {
  /// `program` must live longer.
  explicit Inference(const Program &program)
      : program(program), things(program), links(program, things), roots(program, links) {}

  Inference(const Inference &) = delete;
  Inference &operator=(const Inference &) = delete;

  const Program &program;
  const Things things;
  const Links links;
  const Roots roots;
};

} // namespace async_tidy

#endif
