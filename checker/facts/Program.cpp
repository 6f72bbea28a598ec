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

/// Names that two units define in two places.
class Definitions {
public:
  void add(EntityId id, llvm::StringRef file, Place place) {
    Definition here{file, place.line, place.column};
    if (places.try_emplace(id, here).first->second != here)
      twice.insert(id);
  }

  bool differ(EntityId id) const { return twice.contains(id); }

private:
  using Definition = std::tuple<llvm::StringRef, uint32_t, uint32_t>;
  std::map<EntityId, Definition> places;
  std::set<EntityId> twice;
};

/// Two units that define one name in two places belong to two programs (each with its own
/// `listener()`). There, the name gets the unit added, so that the programs are not taken for one.
void separatePrograms(std::vector<Unit> &units) {
  Definitions definitions;
  for (const Unit &unit : units) {
    for (const Body &body : unit.bodies)
      definitions.add(body.id, unit.files[body.place.file], body.place);
    for (const Variable &variable : unit.variables)
      if (variable.isDefined)
        definitions.add(variable.id, unit.files[variable.place.file], variable.place);
  }
  for (Unit &unit : units) {
    std::map<EntityId, EntityId> renamed;
    auto note = [&](EntityId id) {
      if (definitions.differ(id))
        renamed[id] = llvm::xxh3_64bits(llvm::utohexstr(id) + "@" + unit.mainFile);
    };
    for (const Body &body : unit.bodies)
      note(body.id);
    for (const Variable &variable : unit.variables)
      note(variable.id);
    auto rename = [&](EntityId &id) {
      if (auto at = renamed.find(id); at != renamed.end())
        id = at->second;
    };
    for (Body &body : unit.bodies)
      forEachIdentity(body, rename);
    for (Variable &variable : unit.variables) {
      rename(variable.id);
      rename(variable.owner);
      rename(variable.function);
    }
  }
}

/// An inline function that a header gives to two units. A coroutine of which they see different
/// stretches (a macro differs) is taken as the first says.
void merge(Body &first, Body &other) {
  if (first.stretches.size() != other.stretches.size())
    return;
  append(first.calls, other.calls);
  append(first.handOffs, other.handOffs);
  append(first.awaits, other.awaits);
  append(first.returns, other.returns);
  append(first.overrides, other.overrides);
  append(first.uses, other.uses);
  append(first.gives, other.gives);
  append(first.aliases, other.aliases);
  append(first.loops, other.loops);
  append(first.stores, other.stores);
  append(first.goesOn, other.goesOn);
  first.unknownCalls = std::max(first.unknownCalls, other.unknownCalls);
}

/// Leaves one entry for each variable: the definition, where there is one.
void mergeVariables(std::vector<Variable> &variables) {
  llvm::sort(variables, [](const Variable &a, const Variable &b) {
    return std::tuple(a.id, !a.isDefined, a) < std::tuple(b.id, !b.isDefined, b);
  });
  std::vector<Variable> merged;
  for (Variable &variable : variables)
    if (merged.empty() || merged.back().id != variable.id)
      merged.push_back(std::move(variable));
  variables = std::move(merged);
}

/// Moves the contents of `units` into one unit; `normalize` then renumbers and sorts.
Unit join(std::vector<Unit> units) {
  Unit whole;
  std::map<EntityId, size_t> known;
  for (Unit &unit : units) {
    uint32_t base = uint32_t(whole.files.size());
    append(whole.files, unit.files);
    append(whole.advice, unit.advice);
    for (Suppression &suppression : unit.suppressions) {
      suppression.file += base;
      whole.suppressions.push_back(std::move(suppression));
    }
    for (Variable &variable : unit.variables) {
      variable.place.file += base;
      whole.variables.push_back(std::move(variable));
    }
    for (Body &body : unit.bodies) {
      forEachFile(body, [&](uint32_t &file) { file += base; });
      auto [at, isNew] = known.emplace(body.id, whole.bodies.size());
      if (isNew)
        whole.bodies.push_back(std::move(body));
      else
        merge(whole.bodies[at->second], body);
    }
  }
  mergeVariables(whole.variables);
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
  program.advices = std::move(whole.advice);
  program.all = std::move(whole.bodies);
  program.variables = std::move(whole.variables);
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
