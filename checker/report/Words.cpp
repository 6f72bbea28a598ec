#include "report/Words.h"

namespace async_tidy {

Message inWords(const Finding &finding, const Program &program, const Knowledge &knowledge) {
  return std::visit(
      [&](const auto &what) { return inWords(what, finding.place, program, knowledge); },
      finding.what);
}

} // namespace async_tidy
