#include "checks/Catalogue.h"
#include "infer/Reach.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

static constexpr Check Checks[] = {
    {"async-blocking-call", "calls that block the event loop, made from coroutines",
     findBlockingCalls},
};

llvm::ArrayRef<Check> catalogue() {
  return Checks;
}

Coverage coverage(const Program &program) {
  Coverage result;
  std::vector<BodyIndex> coroutines;
  for (BodyIndex index = 0; index != program.bodies().size(); ++index)
    if (program.body(index).kind != BodyKind::Function)
      coroutines.push_back(index);
  result.coroutines = coroutines.size();
  result.unknownCalls = Reach(program, [](const Call &) { return true; }).countUnknown(coroutines);
  return result;
}

std::vector<Finding> runChecks(const Program &program, const CheckOptions &options,
                               llvm::function_ref<bool(llvm::StringRef)> isOn) {
  Roots roots(program);
  std::vector<Finding> findings;
  for (const Check &check : Checks)
    if (isOn(check.name))
      llvm::append_range(findings, check.run({program, roots, options}));
  // Files are sorted by name, so their indices are too. Bodies of one template that differ only in
  // their arguments report the same place; the first stands for all.
  auto key = [&](const Finding &f) {
    return std::tuple(f.place, f.check, f.sink().tier, f.chain.size(),
                      llvm::StringRef(f.chain.back().call.name), f.root);
  };
  llvm::sort(findings, [&](const Finding &a, const Finding &b) { return key(a) < key(b); });
  auto same = [&](const Finding &a, const Finding &b) {
    return std::tuple(a.place, a.check, a.sink().tier) ==
           std::tuple(b.place, b.check, b.sink().tier);
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
  return findings;
}

} // namespace async_tidy
