// What models say, in words.
#ifndef ASYNC_TIDY_REPORT_KNOWLEDGEWORDS_H
#define ASYNC_TIDY_REPORT_KNOWLEDGEWORDS_H

#include "knowledge/Model.h"
#include <vector>

namespace async_tidy {

/// A sentence for each thing that an entry says.
std::vector<std::string> sentences(const FunctionModel &model);
std::vector<std::string> sentences(const TypeModel &model);

/// ", since 1.86, until 1.87"; empty if a name is in all versions.
std::string versionText(const Versions &versions);

} // namespace async_tidy

#endif
