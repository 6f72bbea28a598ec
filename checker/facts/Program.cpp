#include "facts/Program.h"
#include "facts/FactsFile.h"
#include "facts/Link.h"
#include "facts/ProgramFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

namespace {

bool namesCheck(llvm::StringRef checks, llvm::StringRef check) {
  llvm::SmallVector<llvm::StringRef> globs;
  checks.split(globs, ',', -1, /*KeepEmpty=*/false);
  return llvm::any_of(globs, [&](llvm::StringRef glob) {
    auto pattern = llvm::GlobPattern::create(glob.trim());
    if (pattern)
      return pattern->match(check);
    llvm::consumeError(pattern.takeError());
    return false;
  });
}

} // namespace

Program::Program(Unit whole, size_t count)
    : files(std::move(whole.files)), all(std::move(whole.bodies)),
      variables(std::move(whole.variables)), advices(std::move(whole.advice)), unitCount(count) {
  for (BodyIndex i = 0; i != all.size(); ++i) {
    index[all[i].id] = i;
    for (EntityId base : all[i].overrides)
      overriders[base].push_back(i);
  }
  for (Suppression &suppression : whole.suppressions)
    suppressions[{suppression.file, suppression.line}].push_back(suppression.checks);
}

Program Program::link(const std::vector<Unit> &units) {
  std::vector<std::string> encoded;
  std::vector<FactsInput> inputs;
  encoded.reserve(units.size());
  inputs.reserve(units.size());
  for (const Unit &unit : units)
    inputs.push_back({unit.mainFile, encoded.emplace_back(encodeFacts(unit))});
  std::string file;
  llvm::raw_string_ostream out(file);
  llvm::cantFail(linkFacts(std::move(inputs), out));
  auto program = llvm::cantFail(ProgramFile::read(
      llvm::MemoryBuffer::getMemBuffer(file, /*BufferName=*/"", /*RequiresNullTerminator=*/false)));
  return Program(llvm::cantFail(program.all()), units.size());
}

std::optional<BodyIndex> Program::find(EntityId id) const {
  auto at = index.find(id);
  if (at == index.end())
    return std::nullopt;
  return at->second;
}

std::vector<BodyIndex> Program::findWithOverriders(EntityId id) const {
  std::vector<BodyIndex> result;
  if (auto body = find(id))
    result.push_back(*body);
  if (auto at = overriders.find(id); at != overriders.end())
    result.insert(result.end(), at->second.begin(), at->second.end());
  return result;
}

std::vector<BodyIndex> Program::targets(const Call &call) const {
  std::vector<BodyIndex> result;
  if (call.callee == 0)
    return result;
  if (auto body = find(call.callee))
    result.push_back(*body);
  if (call.isVirtual)
    if (auto at = overriders.find(call.callee); at != overriders.end())
      result.insert(result.end(), at->second.begin(), at->second.end());
  return result;
}

const Advice &Program::advice(llvm::StringRef about) const {
  static const Advice none;
  auto at = llvm::lower_bound(
      advices, about, [](const Advice &a, llvm::StringRef wanted) { return a.about < wanted; });
  return at != advices.end() && at->about == about ? *at : none;
}

const Variable *Program::variable(EntityId id) const {
  auto at = llvm::lower_bound(variables, id,
                              [](const Variable &v, EntityId wanted) { return v.id < wanted; });
  return at != variables.end() && at->id == id ? &*at : nullptr;
}

bool Program::isSuppressed(Place place, llvm::StringRef check) const {
  auto at = suppressions.find({place.file, place.line});
  return at != suppressions.end() && llvm::any_of(at->second, [&](const std::string &checks) {
           return namesCheck(checks, check);
         });
}

} // namespace async_tidy
