#include "facts/Program.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/xxhash.h"
#include <set>

namespace async_tidy {

namespace {

template <class T> void append(std::vector<T> &to, std::vector<T> &from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Two units that define one name in two places belong to two programs (each with its own
/// `listener()`). There, the name gets the unit added, so that the programs are not taken for one.
void separatePrograms(std::vector<Unit> &units) {
  using Definition = std::tuple<llvm::StringRef, uint32_t, uint32_t>;
  std::map<EntityId, Definition> definitions;
  std::set<EntityId> twice;
  for (const Unit &unit : units)
    for (const Body &body : unit.bodies) {
      Definition here{unit.files[body.place.file], body.place.line, body.place.column};
      if (definitions.try_emplace(body.id, here).first->second != here)
        twice.insert(body.id);
    }
  for (Unit &unit : units) {
    std::map<EntityId, EntityId> renamed;
    for (const Body &body : unit.bodies)
      if (twice.contains(body.id))
        renamed[body.id] = llvm::xxh3_64bits(llvm::utohexstr(body.id) + "@" + unit.mainFile);
    for (Body &body : unit.bodies)
      forEachIdentity(body, [&](EntityId &id) {
        if (auto at = renamed.find(id); at != renamed.end())
          id = at->second;
      });
  }
}

/// Moves the contents of `units` into one unit; `normalize` then renumbers and sorts.
Unit join(std::vector<Unit> units) {
  Unit whole;
  std::map<EntityId, size_t> known;
  for (Unit &unit : units) {
    uint32_t base = uint32_t(whole.files.size());
    append(whole.files, unit.files);
    for (Suppression &suppression : unit.suppressions) {
      suppression.file += base;
      whole.suppressions.push_back(std::move(suppression));
    }
    for (Body &body : unit.bodies) {
      forEachFile(body, [&](uint32_t &file) { file += base; });
      auto [at, isNew] = known.emplace(body.id, whole.bodies.size());
      if (isNew) {
        whole.bodies.push_back(std::move(body));
        continue;
      }
      Body &first = whole.bodies[at->second];
      append(first.calls, body.calls);
      append(first.handOffs, body.handOffs);
      append(first.awaits, body.awaits);
      append(first.returns, body.returns);
      append(first.overrides, body.overrides);
      first.unknownCalls = std::max(first.unknownCalls, body.unknownCalls);
    }
  }
  normalize(whole);
  return whole;
}

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

Program Program::link(std::vector<Unit> units) {
  // The first unit to bring a body decides its name and place, so units come in one order.
  llvm::sort(units, [](const Unit &a, const Unit &b) { return a.mainFile < b.mainFile; });
  Program program;
  program.unitCount = units.size();
  separatePrograms(units);
  Unit whole = join(std::move(units));
  program.files = std::move(whole.files);
  program.all = std::move(whole.bodies);
  for (BodyIndex i = 0; i != program.all.size(); ++i) {
    program.index[program.all[i].id] = i;
    for (EntityId base : program.all[i].overrides)
      program.overriders[base].push_back(i);
  }
  for (Suppression &suppression : whole.suppressions)
    program.suppressions[{suppression.file, suppression.line}].push_back(suppression.checks);
  return program;
}

std::optional<BodyIndex> Program::find(EntityId id) const {
  auto at = index.find(id);
  if (at == index.end())
    return std::nullopt;
  return at->second;
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

bool Program::isSuppressed(Place place, llvm::StringRef check) const {
  auto at = suppressions.find({place.file, place.line});
  return at != suppressions.end() && llvm::any_of(at->second, [&](const std::string &checks) {
           return namesCheck(checks, check);
         });
}

} // namespace async_tidy
