// A program from facts written by hand, with all that is inferred of it.
#ifndef ASYNC_TIDY_TESTS_UNIT_INFERRED_H
#define ASYNC_TIDY_TESTS_UNIT_INFERRED_H

#include "HandFacts.h"
#include "infer/Roots.h"

namespace async_tidy::test {

struct Inferred {
  explicit Inferred(Facts &facts) : program(facts.program()) {}

  Program program;
  Things things{program};
  Links links{program, things};
  Roots roots{program, links};

  Node node(EntityId id) const { return links.statementsOf(*program.find(id)); }

  const Reason *onLoop(EntityId id) const { return roots.onLoop(node(id)); }

  const Reason *onWorker(EntityId id) const { return roots.onWorker(node(id)); }
};

} // namespace async_tidy::test

#endif
