#include "knowledge/ModelReader.h"
#include "knowledge/ModelYaml.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

namespace {

/// Makes the names of one file absolute.
class Names {
public:
  explicit Names(std::vector<std::string> spaces) : spaces(std::move(spaces)) {
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

  NameSet set(llvm::ArrayRef<std::string> names) const {
    NameSet result;
    for (const std::string &name : absolute(names))
      result.insert(name);
    return result;
  }

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
  if (raw.equals || raw.hasFlag) {
    c.kind = raw.equals ? Kind::Equals : Kind::HasFlag;
    c.value = raw.equals ? *raw.equals : *raw.hasFlag;
  } else if (raw.null || raw.zero) {
    c.kind = raw.null ? Kind::Null : Kind::Zero;
  } else if (!raw.type.empty()) {
    c.kind = Kind::Type;
    c.names = names.set(raw.type);
  } else if (!raw.object.empty()) {
    c.kind = Kind::Object;
    c.names = names.set(raw.object);
  } else {
    c.kind = *raw.receiver == "ready"    ? Kind::Ready
             : *raw.receiver == "moved"  ? Kind::Moved
             : *raw.receiver == "called" ? Kind::Called
                                         : Kind::MadeBy;
    c.names = names.set(raw.functions);
  }
  return c;
}

HandOffModel toHandOff(const RawHandOff &raw) {
  HandOffModel model{raw.callables.word == "all", raw.callables.positions, raw.on};
  model.passesRest = !raw.passes.empty();
  if (raw.callables.word == "last")
    model.callables = {-1};
  return model;
}

FunctionModel toFunction(const RawFunction &raw, const Names &names) {
  FunctionModel model;
  model.blocks = raw.blocks;
  model.sure = !raw.certainty;
  model.neverBlocking = raw.neverBlocking;
  for (const RawCondition &condition : raw.when)
    model.when.push_back(toCondition(condition, names));
  for (const RawCondition &condition : raw.unless)
    model.unless.push_back(toCondition(condition, names));
  model.instead = raw.instead;
  if (raw.handOff)
    model.handOff = toHandOff(*raw.handOff);
  model.constructs = raw.constructs;
  model.tellsReady = raw.tellsReady.set;
  if (!raw.tellsReady.enumerator.empty())
    model.readyWhen = names.set(raw.tellsReady.enumerator);
  model.startsAsync = raw.startsAsync;
  model.runsLoop = raw.runsLoop;
  model.binds = raw.binds;
  model.resumes = raw.resumes;
  model.keeps = raw.keeps;
  model.exchanges = raw.exchanges;
  model.goesOn = raw.goesOn;
  model.result = raw.result;
  return model;
}

/// What is wrong with an entry as a whole. Asked when all of the file is read, so that a misspelt
/// key is named before what is missing without it.
std::string complaintAbout(const RawFunction &f) {
  if (f.names.empty())
    return "names is empty";
  if (f.certainty && *f.certainty != "low")
    return "certainty is low, or left out";
  if (f.blocks && f.neverBlocking)
    return "a function cannot both block and be never-blocking";
  if (!f.blocks && (!f.instead.empty() || f.certainty))
    return "instead and certainty belong to blocks, which is missing";
  if (!f.blocks && !f.startsAsync && !f.unless.empty())
    return "unless belongs to blocks or starts-async, which are missing";
  if (!f.blocks && !f.startsAsync && !f.handOff && !f.goesOn && !f.when.empty())
    return "when belongs to blocks, starts-async, hand-off or goes-on, which are missing";
  if (!f.blocks && !f.neverBlocking && !f.handOff && !f.tellsReady.set && !f.startsAsync &&
      !f.runsLoop && !f.binds && !f.resumes && !f.keeps && !f.exchanges && !f.goesOn &&
      f.result.kind == ResultModel::Kind::Unknown && f.constructs == ConstructsKind::None)
    return "the entry says nothing of these functions";
  return "";
}

llvm::Expected<ModelFile> toModelFile(RawFile &raw, llvm::StringRef fileName) {
  Names names(raw.namespaces);
  ModelFile file;
  file.library = raw.library;
  file.linkageC = raw.linkage == "C";
  file.owns = raw.owns;
  for (RawReplacement &replacement : raw.replacements)
    file.replacements.emplace_back(replacement.tier, std::move(replacement.text));
  for (RawType &type : raw.types) {
    auto model = std::make_shared<TypeModel>(std::move(type.model));
    model->source = {fileName.str(), type.line};
    model->library = raw.library;
    file.types.push_back({names.absolute(type.names), std::move(model)});
  }
  for (const RawFunction &function : raw.functions) {
    if (std::string wrong = complaintAbout(function); !wrong.empty())
      return llvm::createStringError(fileName + ":" + llvm::Twine(function.line) + ": " + wrong);
    auto model = std::make_shared<FunctionModel>(toFunction(function, names));
    model->source = {fileName.str(), function.line};
    file.functions.push_back({names.absolute(function.names), std::move(model)});
  }
  return file;
}

} // namespace

llvm::Expected<ModelFile> readModel(llvm::StringRef fileName, llvm::StringRef text) {
  auto raw = parseModel(fileName, text);
  if (!raw)
    return raw.takeError();
  return toModelFile(*raw, fileName);
}

} // namespace async_tidy
