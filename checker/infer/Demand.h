// What of all that is kept anywhere may decide what is run, or where. A program keeps much that is
// only data (buffers that go round between lists), of which nobody need know who keeps it.
#ifndef ASYNC_TIDY_INFER_DEMAND_H
#define ASYNC_TIDY_INFER_DEMAND_H

#include "facts/Program.h"
#include <unordered_set>

namespace async_tidy {

class Demand {
public:
  explicit Demand(const Program &program);

  /// Whether what is stored there may be asked for.
  bool isAskedFor(const Store &store) const { return mentionsAsked(store.target); }

private:
  bool ask();
  void askIn(BodyIndex body);
  void ask(BodyIndex body, const Term &term);
  bool mentionsAsked(const Term &term) const;

  bool passes(BodyIndex callee) const { return asksCaller[callee]; }

  const Program &program;
  std::unordered_set<EntityId> asked; // variables, members, parameters; functions whose results are
  std::vector<bool> asksCaller;       // bodies in which that depends on who runs them
  size_t asking = 0;                  // how many these are
};

} // namespace async_tidy

#endif
