#include "infer/Independence.h"

namespace async_tidy {

Proof independenceOf(const AwaitSeries &series, const Program &program) {
  using Kind = CalleeIsolation::Kind;
  static const Isolation nothing, waiting{false, true, {}};
  bool isRead = true;
  auto lookup = [&](const Reaching &call) -> CalleeIsolation {
    std::optional<BodyIndex> index = program.find(call.callee);
    const Body *body = index ? &program.body(*index) : nullptr;
    // Of functions that are no coroutines nothing was noted.
    if (body && body->kind != BodyKind::Function)
      return {body->isolation ? Kind::Seen : Kind::Shares,
              body->isolation ? &*body->isolation : nullptr};
    isRead = false;
    return {call.takesValues ? Kind::Seen : Kind::Shares, call.isTask ? &waiting : &nothing};
  };
  std::optional<Isolation> all = resolved(series.isolation, lookup);
  // What never waits has nothing to gain.
  if (!all || all->changesGiven || !all->waits)
    return Proof::None;
  return isRead ? Proof::Read : Proof::Values;
}

} // namespace async_tidy
