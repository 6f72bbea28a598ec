// What is known of a body before it is walked.
#ifndef ASYNC_TIDY_EXTRACT_BODYHEAD_H
#define ASYNC_TIDY_EXTRACT_BODYHEAD_H

#include "extract/UnitContext.h"

namespace async_tidy {

/// Notes in `facts` who `function` is, what it overrides, and what is said of it.
void describe(UnitContext &unit, const clang::FunctionDecl &function, Body &facts);

} // namespace async_tidy

#endif
