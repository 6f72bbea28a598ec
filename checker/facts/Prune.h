// Drops what no finding can ever need: bodies from which nothing of interest is reached.
#ifndef ASYNC_TIDY_FACTS_PRUNE_H
#define ASYNC_TIDY_FACTS_PRUNE_H

#include "facts/Facts.h"

namespace async_tidy {

/// Keeps coroutines, and bodies that reach a sink, a hand-off, an await, a virtual call, a call of
/// something unknown or of something in another unit, or that override; and the calls among those.
void prune(Unit &unit);

} // namespace async_tidy

#endif
