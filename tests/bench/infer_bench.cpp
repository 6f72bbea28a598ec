// What the stages after the link cost for a whole program: reads the facts of a folder (as
// --keep-facts leaves them), joins them, and prints the CPU time of each stage to stderr and the
// findings to stdout.
//   InferBench FOLDER [all]
// all: also what is reported with --uncertain and --several-threads
#include "checks/Catalogue.h"
#include "facts/FactsFile.h"
#include "infer/Accesses.h"
#include "infer/Reach.h"
#include "report/Text.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <ctime>
#include <string>

using namespace async_tidy;

namespace {

/// Runs `stage` and says how much CPU time it took.
template <class Stage> auto timed(const char *name, Stage stage) {
  clock_t begin = clock();
  auto result = stage();
  std::fprintf(stderr, "%-10s %8.3f s\n", name, double(clock() - begin) / CLOCKS_PER_SEC);
  return result;
}

std::vector<Unit> load(const char *folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(folder, error), end; at != end && !error;
       at.increment(error))
    if (llvm::StringRef(at->path()).ends_with(FactsSuffix))
      paths.push_back(at->path());
  std::sort(paths.begin(), paths.end());
  std::vector<Unit> units;
  for (const std::string &path : paths) {
    auto unit = loadFacts(path);
    if (unit)
      units.push_back(std::move(*unit));
    else
      llvm::errs() << llvm::toString(unit.takeError()) << '\n';
  }
  return units;
}

void measure(const Program &program) {
  auto never = [](auto) { return false; };
  auto things = timed("things", [&] { return std::make_unique<Things>(program); });
  auto links = timed("links", [&] { return std::make_unique<Links>(program, *things); });
  auto roots = timed("roots", [&] { return std::make_unique<Roots>(program, *links); });
  auto accesses = timed("accesses", [&] {
    return std::make_unique<Accesses>(program, *links, *roots, *things, never);
  });
  std::fprintf(stderr, "accesses: %zu on workers, %zu on loops\n", accesses->onWorkers().size(),
               accesses->onLoops().size());
  auto reach = timed("reach", [&] {
    return std::make_unique<Reach>(program, *links, [](const Call &) { return true; }, never);
  });
  CheckOptions options;
  for (const Check &check : catalogue())
    timed(check.name.data(),
          [&] { return check.run({program, *things, *links, *roots, options}).size(); });
  std::fprintf(stderr, "links: %zu, nodes: %zu\n", links->all().size(), links->nodeCount());
}

} // namespace

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  auto units = timed("load", [&] { return load(argv[1]); });
  auto program = timed("link", [&] { return Program::link(units); });
  size_t calls = 0;
  for (const Body &body : program.bodies())
    calls += body.calls.size();
  std::fprintf(stderr, "units: %zu, bodies: %zu, calls: %zu\n", program.units(),
               program.bodies().size(), calls);
  measure(program);
  Inference inference(program);
  CheckOptions options;
  options.uncertain = options.severalThreads = true;
  auto findings =
      runChecks(inference, argc > 2 ? options : CheckOptions(), [](auto) { return true; });
  for (const Finding &finding : findings)
    printMessage(
        inWords(finding, program), finding.check, program.allFiles(),
        [](Place) { return std::string(); }, llvm::outs());
  Coverage seen = coverage(inference);
  llvm::outs() << seen.coroutines << " coroutines, " << seen.unknownCalls << " unknown calls\n";
}
