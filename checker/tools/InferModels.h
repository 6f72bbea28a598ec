// --infer-models: a model file of what a library's public functions do, from its own sources.
#ifndef ASYNC_TIDY_TOOLS_INFERMODELS_H
#define ASYNC_TIDY_TOOLS_INFERMODELS_H

#include "report/InferredPack.h"
#include "tools/ProjectRun.h"

namespace async_tidy {

/// Analyses the units of a library's own `job`, whose problems go into `problems`, and writes the
/// model file to `out`. The error is about a path that is not there, or at which nothing is
/// declared.
llvm::Expected<PackSize> inferModels(const Job &job, std::vector<std::string> &problems,
                                     llvm::raw_ostream &out);

} // namespace async_tidy

#endif
