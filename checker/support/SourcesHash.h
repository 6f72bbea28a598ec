// What tells two builds of async-tidy apart: one that was changed may find something else in the
// same facts.
#ifndef ASYNC_TIDY_SUPPORT_SOURCESHASH_H
#define ASYNC_TIDY_SUPPORT_SOURCESHASH_H

#include <cstdint>

namespace async_tidy {

/// Of the sources and models that this was built from.
uint64_t sourcesHash();

} // namespace async_tidy

#endif
