#include "report/Words.h"

namespace async_tidy {

Message inWords(const Finding &finding, const Program &program) {
  return std::visit([&](const auto &what) { return inWords(what, finding.place, program); },
                    finding.what);
}

} // namespace async_tidy
