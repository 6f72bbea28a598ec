#include "tools/InferModels.h"
#include "checks/Catalogue.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <set>

namespace async_tidy {

namespace {

namespace fs = llvm::sys::fs;

/// `paths` made absolute, and as they are behind links.
llvm::Expected<std::vector<std::string>> headerPaths(llvm::ArrayRef<std::string> paths) {
  std::vector<std::string> result;
  for (const std::string &path : paths) {
    llvm::SmallString<256> real;
    if (fs::real_path(path, real))
      return llvm::createStringError("--infer-models: there is no '" + path + "'");
    for (std::string &each : std::vector{absolutePath(path, currentFolder()), real.str().str()}) {
      while (each.size() > 1 && each.back() == '/')
        each.pop_back();
      if (!llvm::is_contained(result, each))
        result.push_back(std::move(each));
    }
  }
  return result;
}

/// What the library is called where its namespaces do not say.
std::string nameOf(llvm::StringRef path) {
  llvm::StringRef name = llvm::sys::path::stem(path);
  if (name == "include")
    name = llvm::sys::path::filename(llvm::sys::path::parent_path(path));
  return name.empty() ? "library" : name.str();
}

/// Analyses the units until none of them asks a pack that describes the library: which packs do,
/// only the units themselves tell.
llvm::Error analyse(const Job &job, ExtractOptions options, std::vector<UnitResult> &results,
                    std::vector<std::string> &ownPacks) {
  std::vector<size_t> todo(job.units.size());
  for (size_t i = 0; i != todo.size(); ++i)
    todo[i] = i;
  results.resize(job.units.size());
  while (!todo.empty()) {
    auto some = analyseApart(job, todo, options);
    if (!some)
      return some.takeError();
    std::set<std::string> packs(options.ownPacks.begin(), options.ownPacks.end());
    for (auto [at, result] : llvm::zip_equal(todo, *some)) {
      if (result.facts)
        packs.insert(result.facts->ownPacks.begin(), result.facts->ownPacks.end());
      results[at] = std::move(result);
    }
    options.ownPacks.assign(packs.begin(), packs.end());
    todo.clear();
    for (size_t i = 0; i != results.size(); ++i)
      if (results[i].facts && results[i].facts->ownPacks != options.ownPacks)
        todo.push_back(i);
  }
  ownPacks = std::move(options.ownPacks);
  return llvm::Error::success();
}

} // namespace

llvm::Expected<PackSize> inferModels(const Job &job, std::vector<std::string> &problems,
                                     llvm::raw_ostream &out) {
  auto paths = headerPaths(job.options.interface);
  if (!paths)
    return paths.takeError();
  Settings settings;
  if (std::string problem = apply(job.options.words, settings); !problem.empty())
    return llvm::createStringError(problem);
  ExtractOptions extract;
  extract.interface = *paths;
  PackOrigin origin;
  origin.library = nameOf(paths->front());
  std::vector<UnitResult> results;
  if (llvm::Error error = analyse(job, std::move(extract), results, origin.ownPacks))
    return std::move(error);
  for (const UnitResult &result : results)
    problems.push_back(result.problem);

  std::vector<Unit> units;
  for (const UnitResult &result : results)
    if (result.facts)
      units.push_back(*result.facts);
  origin.units = units.size();
  origin.failed = results.size() - units.size();
  Callers callers(units);
  units.push_back(callers.unit());
  Program program = Program::link(units);
  Things things(program);
  Links links(program, things);
  const Check &check =
      *llvm::find_if(catalogue(), [](const Check &row) { return row.run == findBlockingCalls; });
  std::vector<Effects> effects =
      callers.effects(program, links, settings.check.tiers,
                      [&](Place place) { return program.isSuppressed(place, check.name); });
  if (effects.empty() && origin.failed == 0)
    return llvm::createStringError("--infer-models: no unit includes a header at or below '" +
                                   job.options.interface.front() +
                                   "' that declares a public function");
  return writePack(origin, effects, program, out);
}

} // namespace async_tidy
