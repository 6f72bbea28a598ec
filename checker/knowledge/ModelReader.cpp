#include "knowledge/ModelReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"

namespace async_tidy {

namespace {

// What stands in the file, before names are made absolute.

struct RawCondition {
  std::optional<int> argument;
  std::optional<std::string> receiver;
  std::optional<int64_t> equals;
  std::optional<int64_t> hasFlag;
  bool null = false;
  bool zero = false;
  std::vector<std::string> type;
  std::vector<std::string> object;
  std::vector<std::string> functions;
  std::optional<int64_t> arguments;
};

struct NoMapping {};

/// `all`, `last`, or positions.
struct CallableList {
  std::string word;
  std::vector<int> positions;
  NoMapping none;
};

struct RawHandOff {
  CallableList callables;
  RunsAt on;
};

struct TellsReady {
  bool set = false;
  std::string enumerator; // empty: a bool
};

struct RawFunction {
  unsigned line = 0;
  std::vector<std::string> names;
  std::optional<Tier> blocks;
  std::optional<std::string> certainty;
  std::vector<RawCondition> when;
  std::vector<RawCondition> unless;
  std::string instead;
  bool neverBlocking = false;
  std::optional<RawHandOff> handOff;
  ConstructsKind constructs = ConstructsKind::None;
  TellsReady tellsReady;
};

struct RawType {
  unsigned line = 0;
  std::vector<std::string> names;
  TypeModel model;
};

struct RawReplacement {
  Tier tier = Tier::Wait;
  std::string text;
};

struct RawFile {
  std::string library;
  std::vector<std::string> namespaces;
  std::string linkage;
  std::vector<std::string> owns;
  std::vector<RawReplacement> replacements;
  std::vector<RawType> types;
  std::vector<RawFunction> functions;
};

unsigned currentLine(llvm::yaml::IO &io) {
  auto &input = static_cast<llvm::yaml::Input &>(io);
  const auto &text = *static_cast<llvm::StringRef *>(io.getContext());
  const llvm::yaml::Node *node = input.getCurrentNode();
  const char *at = node ? node->getSourceRange().Start.getPointer() : nullptr;
  if (!at || at < text.begin() || at > text.end())
    return 1;
  return 1 + unsigned(std::count(text.begin(), at, '\n'));
}

} // namespace

} // namespace async_tidy

LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RawCondition)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RawFunction)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RawType)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RawReplacement)

namespace llvm::yaml {

using namespace async_tidy;

/// Scalars that are words of a fixed set.
template <class T> struct WordTraits {
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }

  static void output(const T &, void *, raw_ostream &) {}
};

template <> struct ScalarTraits<Tier> : WordTraits<Tier> {
  static StringRef input(StringRef text, void *, Tier &tier) {
    auto found = tierFromName(text);
    if (!found)
      return "no such tier; one of: deadlock wait sleep network dns database process disk cpu lock "
             "console";
    tier = *found;
    return "";
  }
};

template <> struct ScalarTraits<RunsAt> : WordTraits<RunsAt> {
  static StringRef input(StringRef text, void *, RunsAt &runs) {
    using Kind = RunsAt::Kind;
    static const std::pair<StringRef, Kind> words[] = {
        {"here", Kind::Here},   {"worker", Kind::Worker},     {"loop", Kind::Loop},
        {"later", Kind::Later}, {"receiver", Kind::Receiver},
    };
    for (auto [word, kind] : words)
      if (text == word) {
        runs.kind = kind;
        return "";
      }
    bool isTemplate = text.consume_front("template-argument ");
    if ((isTemplate || text.consume_front("argument ")) && !text.getAsInteger(10, runs.index)) {
      runs.kind = isTemplate ? Kind::TemplateArgument : Kind::Argument;
      return "";
    }
    return "no such place; one of: here, worker, loop, later, receiver, argument N, "
           "template-argument N";
  }
};

template <> struct ScalarTraits<TellsReady> : WordTraits<TellsReady> {
  static StringRef input(StringRef text, void *, TellsReady &ready) {
    ready.set = true;
    if (text != "true")
      ready.enumerator = text.str();
    return "";
  }
};

template <> struct ScalarEnumerationTraits<ConstructsKind> {
  static void enumeration(IO &io, ConstructsKind &kind) {
    io.enumCase(kind, "template-argument", ConstructsKind::TemplateArgument);
    io.enumCase(kind, "element", ConstructsKind::Element);
  }
};

template <> struct ScalarEnumerationTraits<CoroutineKind> {
  static void enumeration(IO &io, CoroutineKind &kind) {
    io.enumCase(kind, "task", CoroutineKind::Task);
    io.enumCase(kind, "generator", CoroutineKind::Generator);
    io.enumCase(kind, "async-generator", CoroutineKind::AsyncGenerator);
  }
};

template <> struct ScalarEnumerationTraits<Affinity> {
  static void enumeration(IO &io, Affinity &affinity) {
    io.enumCase(affinity, "affine", Affinity::Affine);
    io.enumCase(affinity, "exclusive", Affinity::Exclusive);
  }
};

template <> struct MappingTraits<RawCondition> {
  static void mapping(IO &io, RawCondition &c) {
    io.mapOptional("argument", c.argument);
    io.mapOptional("receiver", c.receiver);
    io.mapOptional("equals", c.equals);
    io.mapOptional("has-flag", c.hasFlag);
    io.mapOptional("null", c.null);
    io.mapOptional("zero", c.zero);
    io.mapOptional("type", c.type);
    io.mapOptional("object", c.object);
    io.mapOptional("functions", c.functions);
    io.mapOptional("arguments", c.arguments);
  }

  static std::string validate(IO &, RawCondition &c) {
    unsigned subjects = unsigned(c.argument.has_value()) + unsigned(c.receiver.has_value()) +
                        unsigned(c.arguments.has_value());
    if (subjects != 1)
      return "a condition is about one of: argument, arguments, receiver";
    unsigned tests = unsigned(c.equals.has_value()) + unsigned(c.hasFlag.has_value()) +
                     unsigned(c.null) + unsigned(c.zero) + unsigned(!c.type.empty()) +
                     unsigned(!c.object.empty());
    if (c.argument && (tests != 1 || !c.functions.empty()))
      return "a condition on an argument says one of: equals, has-flag, null, zero, type, object";
    if (c.arguments && (tests != 0 || !c.functions.empty()))
      return "a condition on the number of arguments says nothing else";
    return c.receiver ? validateReceiver(c, tests) : "";
  }

private:
  static std::string validateReceiver(const RawCondition &c, unsigned tests) {
    StringRef word = *c.receiver;
    if (word == "ready" || word == "moved")
      return tests == 0 && c.functions.empty() ? "" : "this condition says nothing else";
    if (word == "called" || word == "made-by")
      return tests == 0 && !c.functions.empty() ? ""
                                                : "this condition needs functions, and only them";
    if (word == "type")
      return tests == 1 && !c.type.empty() && c.functions.empty()
                 ? ""
                 : "this condition needs type, and only it";
    if (word == "object")
      return tests == 1 && !c.object.empty() && c.functions.empty()
                 ? ""
                 : "this condition needs object, and only it";
    return "no such condition on the receiver; one of: ready moved called made-by type object";
  }
};

template <> struct MappingTraits<NoMapping> {
  static void mapping(IO &io, NoMapping &) { io.setError("expected a word or a list"); }
};

template <> struct PolymorphicTraits<CallableList> {
  static NodeKind getKind(const CallableList &) { return NodeKind::Scalar; }

  static std::string &getAsScalar(CallableList &list) { return list.word; }

  static std::vector<int> &getAsSequence(CallableList &list) { return list.positions; }

  static NoMapping &getAsMap(CallableList &list) { return list.none; }
};

template <> struct MappingTraits<RawHandOff> {
  static void mapping(IO &io, RawHandOff &h) {
    io.mapRequired("callables", h.callables);
    io.mapRequired("on", h.on);
  }

  static std::string validate(IO &, RawHandOff &h) {
    StringRef word = h.callables.word;
    if (h.callables.positions.empty() && word != "all" && word != "last")
      return "callables is one of: all, last, or a list of positions counted from 0";
    if (any_of(h.callables.positions, [](int position) { return position < 0; }))
      return "positions of callables are counted from 0";
    return h.on.kind == RunsAt::Kind::TemplateArgument
               ? "a hand-off cannot run at a template-argument"
               : "";
  }
};

template <> struct MappingTraits<RawFunction> {
  static void mapping(IO &io, RawFunction &f) {
    f.line = currentLine(io);
    io.mapRequired("names", f.names);
    io.mapOptional("blocks", f.blocks);
    io.mapOptional("certainty", f.certainty);
    io.mapOptional("when", f.when);
    io.mapOptional("unless", f.unless);
    io.mapOptional("instead", f.instead);
    io.mapOptional("never-blocking", f.neverBlocking);
    io.mapOptional("hand-off", f.handOff);
    io.mapOptional("constructs", f.constructs);
    io.mapOptional("tells-ready", f.tellsReady);
  }
};

template <> struct MappingTraits<RawType> {
  static void mapping(IO &io, RawType &t) {
    t.line = currentLine(io);
    io.mapRequired("names", t.names);
    io.mapOptional("coroutine", t.model.coroutine);
    io.mapOptional("runs", t.model.runs);
    io.mapOptional("callable", t.model.callable);
    io.mapOptional("affinity", t.model.affinity);
    io.mapOptional("thread-safe-members", t.model.threadSafeMembers);
    io.mapOptional("thread-safe", t.model.threadSafe);
  }

  static std::string validate(IO &, RawType &t) {
    if (t.names.empty())
      return "names is empty";
    if (t.model.threadSafe && t.model.affinity != Affinity::None)
      return "a type cannot be both thread-safe and loop-bound";
    if (t.model.runs && (t.model.runs->kind == RunsAt::Kind::Argument ||
                         t.model.runs->kind == RunsAt::Kind::Receiver))
      return "a type runs callables on one of: here, worker, loop, later, template-argument N";
    return "";
  }
};

template <> struct MappingTraits<RawReplacement> {
  static void mapping(IO &io, RawReplacement &r) {
    io.mapRequired("tier", r.tier);
    io.mapRequired("text", r.text);
  }
};

template <> struct MappingTraits<RawFile> {
  static void mapping(IO &io, RawFile &f) {
    io.mapRequired("library", f.library);
    io.mapOptional("namespaces", f.namespaces);
    io.mapOptional("linkage", f.linkage);
    io.mapOptional("owns", f.owns);
    io.mapOptional("replacements", f.replacements);
    io.mapOptional("types", f.types);
    io.mapOptional("functions", f.functions);
  }

  static std::string validate(IO &, RawFile &f) {
    if (f.library.empty())
      return "library is empty";
    if (!f.linkage.empty() && f.linkage != "C")
      return "linkage is C, or left out";
    return "";
  }
};

} // namespace llvm::yaml

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
  if (!f.blocks && (!f.unless.empty() || !f.instead.empty() || f.certainty))
    return "unless, instead and certainty belong to blocks, which is missing";
  if (!f.blocks && !f.handOff && !f.when.empty())
    return "when belongs to blocks or hand-off, which are missing";
  if (!f.blocks && !f.neverBlocking && !f.handOff && !f.tellsReady.set &&
      f.constructs == ConstructsKind::None)
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

/// Keeps the first complaint of the YAML reader as "file:line:column: message".
struct FirstError {
  llvm::StringRef fileName;
  std::string text;

  static void handle(const llvm::SMDiagnostic &diagnostic, void *self) {
    auto &first = *static_cast<FirstError *>(self);
    if (first.text.empty())
      first.text = (first.fileName + ":" + llvm::Twine(diagnostic.getLineNo()) + ":" +
                    llvm::Twine(diagnostic.getColumnNo() + 1) + ": " + diagnostic.getMessage())
                       .str();
  }
};

} // namespace

llvm::Expected<ModelFile> readModel(llvm::StringRef fileName, llvm::StringRef text) {
  FirstError error{fileName, ""};
  llvm::StringRef context = text;
  llvm::yaml::Input input(text, &context, FirstError::handle, &error);
  RawFile raw;
  // Not `input >> raw`, which goes on where there is no document.
  llvm::yaml::EmptyContext none;
  if (input.setCurrentDocument())
    llvm::yaml::yamlize(input, raw, true, none);
  if (!input.error() && raw.library.empty())
    error.text = (fileName + ":1: the file is empty; a model begins with 'library:'").str();
  if (input.error() || !error.text.empty())
    return llvm::createStringError(error.text.empty() ? (fileName + ": not YAML").str()
                                                      : error.text);
  return toModelFile(raw, fileName);
}

} // namespace async_tidy
