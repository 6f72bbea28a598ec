// async-sequential-await: independent awaits, one after the other, that could run together.
#include "checks/Catalogue.h"

namespace async_tidy {

static constexpr llvm::StringLiteral Name = "async-sequential-await";

std::vector<Finding> findSequentialAwaits(const CheckInput &input) {
  std::vector<Finding> findings;
  for (BodyIndex index = 0; index != input.program.bodies().size(); ++index)
    for (const AwaitSeries &series : input.program.body(index).series) {
      if (series.names.empty())
        continue; // altered facts
      Proof proof = independenceOf(series, input.program);
      if (proof != Proof::None && !input.program.isSuppressed(series.place, Name))
        findings.push_back({Name, series.place, AwaitsInSeries{index, series, proof}});
    }
  return findings;
}

} // namespace async_tidy
