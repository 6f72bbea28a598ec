// async-unawaited-task: a lazy task that nobody awaits or starts.
#include "checks/Catalogue.h"

namespace async_tidy {

static constexpr llvm::StringLiteral Name = "async-unawaited-task";

/// Whether the work of `task` may have been done, or begun, by what made it.
static bool mayRun(const Program &program, const ForgottenTask &task) {
  std::optional<BodyIndex> maker = program.find(task.maker);
  if (!maker)
    return task.isGivenTask;
  return program.body(*maker).mayStart;
}

std::vector<Finding> findUnawaitedTasks(const CheckInput &input) {
  const Program &program = input.program;
  std::vector<Finding> findings;
  for (BodyIndex index = 0; index != program.bodies().size(); ++index)
    for (const ForgottenTask &task : program.body(index).forgotten)
      if (!program.isSuppressed(task.place, Name) && !mayRun(program, task))
        findings.push_back({Name, task.place, UnawaitedTask{index, task}});
  return findings;
}

} // namespace async_tidy
