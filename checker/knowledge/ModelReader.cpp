#include "knowledge/ModelReader.h"
#include "knowledge/ModelYaml.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

namespace {

/// Makes the names of one file absolute.
class Names {
public:
  Names(std::vector<std::string> spaces, ModelStore &store)
      : store(store), spaces(std::move(spaces)) {
    if (this->spaces.empty())
      this->spaces.emplace_back();
  }

  std::vector<std::string> absolute(llvm::ArrayRef<std::string> names) const {
    std::vector<std::string> result;
    for (llvm::StringRef name : names) {
      if (name.consume_front("::")) {
        result.push_back(name.str());
        continue;
      }
      for (const std::string &space : spaces)
        result.push_back(space.empty() ? name.str() : space + "::" + name.str());
    }
    return result;
  }

  NameSet set(llvm::ArrayRef<std::string> names) const { return store.saveSet(absolute(names)); }

  ModelStore &store;

private:
  std::vector<std::string> spaces;
};

Condition toCondition(const RawCondition &raw, const Names &names) {
  using Kind = Condition::Kind;
  Condition c;
  if (raw.arguments) {
    c.kind = Kind::Arguments;
    c.value = *raw.arguments;
    return c;
  }
  c.subject = raw.argument.value_or(Receiver);
  c.given = raw.given;
  const std::pair<const std::optional<int64_t> &, Kind> numbers[] = {
      {raw.equals, Kind::Equals},   {raw.hasFlag, Kind::HasFlag}, {raw.atMost, Kind::AtMost},
      {raw.atLeast, Kind::AtLeast}, {raw.within, Kind::Within},
  };
  for (const auto &[number, kind] : numbers)
    if (number) {
      c.kind = kind;
      c.value = *number;
      return c;
    }
  if (raw.null || raw.zero) {
    c.kind = raw.null ? Kind::Null : Kind::Zero;
  } else if (!raw.type.empty()) {
    c.kind = Kind::Type;
    c.names = names.set(raw.type);
  } else if (!raw.object.empty()) {
    c.kind = Kind::Object;
    c.names = names.set(raw.object);
  } else if (raw.argument) {
    c.kind = Kind::Called;
    c.names = names.set(raw.functions);
  } else {
    c.kind = *raw.receiver == "ready"    ? Kind::Ready
             : *raw.receiver == "moved"  ? Kind::Moved
             : *raw.receiver == "called" ? Kind::Called
                                         : Kind::MadeBy;
    c.names = names.set(raw.functions);
  }
  return c;
}

HandOffModel toHandOff(const RawHandOff &raw, llvm::StringRef library, ModelStore &store) {
  std::vector<int> positions = raw.callables.positions;
  if (raw.callables.word == "last")
    positions = {-1};
  HandOffModel model;
  model.receiver = raw.callables.word == "receiver";
  model.all = raw.callables.word == "all";
  model.callables = store.save(llvm::ArrayRef(positions));
  model.on = raw.on;
  model.passesRest = !raw.passes.empty();
  model.isWhenDone = raw.whenDone;
  model.mayBeAtOnce = raw.atOnce;
  model.library = library;
  return model;
}

llvm::ArrayRef<HandOffModel> toHandOffs(const RawHandOffs &raw, llvm::StringRef library,
                                        ModelStore &store) {
  std::vector<HandOffModel> models;
  models.reserve(raw.several.size() + 1);
  for (const RawHandOff &one :
       raw.isSeveral ? llvm::ArrayRef(raw.several) : llvm::ArrayRef(raw.one))
    models.push_back(toHandOff(one, library, store));
  return store.save(llvm::ArrayRef(models));
}

llvm::ArrayRef<CalledMembers> toCalls(const std::vector<RawCalls> &raw, ModelStore &store) {
  std::vector<CalledMembers> calls;
  calls.reserve(raw.size());
  for (const RawCalls &one : raw)
    calls.push_back({store.save(one.members), one.on == "worker"});
  return store.save(llvm::ArrayRef(calls));
}

llvm::ArrayRef<Condition> toConditions(const std::vector<RawCondition> &raw, const Names &names) {
  std::vector<Condition> conditions;
  conditions.reserve(raw.size());
  for (const RawCondition &condition : raw)
    conditions.push_back(toCondition(condition, names));
  return names.store.save(llvm::ArrayRef(conditions));
}

TypedArgument toTyped(const RawTypedArgument &raw, ModelStore &store) {
  return {raw.argument.value_or(TypedArgument::All), store.save(raw.as)};
}

FunctionModel toFunction(const RawFunction &raw, llvm::StringRef library, const Names &names) {
  FunctionModel model;
  model.library = library;
  model.versions = {names.store.save(raw.since), names.store.save(raw.until)};
  model.blocks = raw.blocks;
  model.sure = !raw.certainty;
  model.neverBlocking = raw.neverBlocking;
  model.when = toConditions(raw.when, names);
  model.unless = toConditions(raw.unless, names);
  model.instead = names.store.save(raw.instead);
  if (raw.handOff)
    model.handOffs = toHandOffs(*raw.handOff, library, names.store);
  model.threadSafe = raw.threadSafe;
  model.constructs = raw.constructs;
  model.tellsReady = raw.tellsReady.set;
  if (!raw.tellsReady.enumerator.empty())
    model.readyWhen = names.set({raw.tellsReady.enumerator});
  model.startsAsync = raw.startsAsync;
  model.runsLoop = raw.runsLoop;
  model.binds = raw.binds;
  model.detaches = raw.detaches;
  model.suspends = raw.suspends;
  model.resumes = raw.resumes;
  model.startsTask = raw.startsTask;
  model.keeps = raw.keeps;
  model.adds = raw.adds;
  model.selfContained = raw.selfContained;
  model.exchanges = raw.exchanges;
  model.unlocks = raw.unlocks;
  model.locks = raw.locks;
  model.wakesLoop = raw.wakesLoop;
  model.movesTo = raw.movesTo;
  model.worksOn = toTyped(raw.worksOn, names.store);
  model.makes = toTyped(raw.makes, names.store);
  model.goesOn = raw.goesOn;
  model.result = raw.result;
  return model;
}

/// What is wrong with an entry as a whole. Asked when all of the file is read, so that a misspelt
/// key is named before what is missing without it.
std::string complaintAbout(const RawFunction &f) {
  if (f.names.empty())
    return "names is empty";
  if (f.handOff &&
      (!f.handOff->word.empty() || (f.handOff->isSeveral && f.handOff->several.empty())))
    return "hand-off is a mapping, or a list of them";
  if (f.certainty && *f.certainty != "low")
    return "certainty is low, or left out";
  if (f.blocks && f.neverBlocking)
    return "a function cannot both block and be never-blocking";
  if (!f.blocks && (!f.instead.empty() || f.certainty))
    return "instead and certainty belong to blocks, which is missing";
  bool locks = f.locks != LocksKind::No;
  if (!f.blocks && !f.startsAsync && !locks && !f.unless.empty())
    return "unless belongs to blocks, starts-async or locks, which are missing";
  if (!f.blocks && !f.startsAsync && !f.handOff && !f.goesOn && f.makes.as.empty() &&
      !f.threadSafe && !locks && !f.when.empty())
    return "when belongs to blocks, starts-async, hand-off, makes, thread-safe, locks or goes-on, "
           "which are missing";
  if (!f.worksOn.as.empty() && !f.worksOn.argument)
    return "works-on needs argument";
  if (!f.blocks && !f.neverBlocking && !f.handOff && !f.tellsReady.set && !f.startsAsync &&
      !f.threadSafe && !f.runsLoop && !f.binds && !f.detaches && !f.suspends && !f.resumes &&
      !f.startsTask && !f.keeps && !f.adds && !f.selfContained && !f.exchanges && !f.unlocks &&
      !locks && !f.wakesLoop && !f.movesTo && f.worksOn.as.empty() && f.makes.as.empty() &&
      !f.goesOn && f.result.kind == ResultModel::Kind::Unknown &&
      f.constructs == ConstructsKind::None)
    return "the entry says nothing of these functions";
  return "";
}

} // namespace

llvm::ArrayRef<llvm::StringRef> ModelStore::save(const std::vector<std::string> &texts) {
  llvm::SmallVector<llvm::StringRef> saved;
  for (const std::string &text : texts)
    saved.push_back(save(text));
  return save(llvm::ArrayRef(saved));
}

NameSet ModelStore::saveSet(const std::vector<std::string> &names) {
  std::vector<std::string> sorted = names;
  llvm::sort(sorted);
  return {save(sorted)};
}

std::string replacementKey(llvm::StringRef framework, Tier tier, bool inHandler) {
  return (framework + "/" + tierName(tier) + (inHandler ? "/handler" : "")).str();
}

std::string togetherKey(llvm::StringRef framework) {
  return (framework + "/together").str();
}

void forEachText(const Replacement &replacement, llvm::StringRef framework,
                 llvm::function_ref<void(const std::string &, const std::string &)> visit) {
  if (!replacement.text.empty())
    visit(replacementKey(framework, replacement.tier, false), replacement.text);
  if (!replacement.handler.empty())
    visit(replacementKey(framework, replacement.tier, true), replacement.handler);
}

llvm::Expected<ModelFile> toModelFile(RawFile &raw, llvm::StringRef fileName, Origin origin,
                                      ModelStore &store) {
  Names names(raw.namespaces, store);
  llvm::StringRef savedName = store.save(fileName);
  llvm::StringRef library = store.save(raw.library);
  ModelFile file;
  file.library = raw.library;
  file.linkageC = raw.linkage == "C";
  file.namespaces = raw.namespaces;
  file.owns = raw.owns;
  file.selfContained = raw.selfContained;
  file.together = raw.together;
  file.headers = raw.headers;
  file.packages = raw.packages;
  for (RawReplacement &replacement : raw.replacements)
    file.replacements.push_back(
        {replacement.tier, std::move(replacement.text), std::move(replacement.handler)});
  for (const RawType &type : raw.types) {
    TypeModel model = type.model;
    model.source = {savedName, type.line, origin};
    model.versions = {store.save(type.since), store.save(type.until)};
    model.library = library;
    model.threadSafeMembers = store.save(type.threadSafeMembers);
    model.stops = store.save(type.stops);
    model.calls = toCalls(type.calls, store);
    model.instead = store.save(type.instead);
    model.spawn = store.save(type.spawn);
    file.types.push_back({names.absolute(type.names), store.make(model)});
  }
  for (const RawFunction &function : raw.functions) {
    if (std::string wrong = complaintAbout(function); !wrong.empty())
      return llvm::createStringError(fileName + ":" + llvm::Twine(function.line) + ": " + wrong);
    FunctionModel model = toFunction(function, library, names);
    model.source = {savedName, function.line, origin};
    file.functions.push_back({names.absolute(function.names), store.make(model)});
  }
  return file;
}

llvm::Expected<ModelFile> readModel(llvm::StringRef fileName, llvm::StringRef text, Origin origin,
                                    ModelStore &store) {
  auto raw = parseModel(fileName, text);
  if (!raw)
    return raw.takeError();
  return toModelFile(*raw, fileName, origin, store);
}

} // namespace async_tidy
