#include "knowledge/ModelYaml.h"
#include "knowledge/ModelKeys.h"
#include "knowledge/ModelWords.h"
#include "knowledge/YamlDocument.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SourceMgr.h"

namespace async_tidy {

namespace {

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
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RawHandOff)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RawCalls)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RawType)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RawReplacement)

namespace llvm::yaml {

using namespace async_tidy;

template <> struct MappingTraits<RawCondition> {
  static void mapping(IO &io, RawCondition &c) {
    io.mapOptional("argument", c.argument);
    io.mapOptional("receiver", c.receiver);
    io.mapOptional("equals", c.equals);
    io.mapOptional("has-flag", c.hasFlag);
    io.mapOptional("at-most", c.atMost);
    io.mapOptional("at-least", c.atLeast);
    io.mapOptional("null", c.null);
    io.mapOptional("zero", c.zero);
    io.mapOptional("within", c.within);
    io.mapOptional("type", c.type);
    io.mapOptional("object", c.object);
    io.mapOptional("functions", c.functions);
    io.mapOptional("given", c.given);
    io.mapOptional("arguments", c.arguments);
  }

  static std::string validate(IO &, RawCondition &c) {
    unsigned subjects = unsigned(c.argument.has_value()) + unsigned(c.receiver.has_value()) +
                        unsigned(c.arguments.has_value());
    if (subjects != 1)
      return "a condition is about one of: argument, arguments, receiver";
    unsigned tests = unsigned(c.equals.has_value()) + unsigned(c.hasFlag.has_value()) +
                     unsigned(c.atMost.has_value()) + unsigned(c.atLeast.has_value()) +
                     unsigned(c.null) + unsigned(c.zero) + unsigned(c.within.has_value()) +
                     unsigned(!c.type.empty()) + unsigned(!c.object.empty());
    if (c.argument && tests + unsigned(!c.functions.empty()) != 1)
      return "a condition on an argument says one of: equals, has-flag, at-most, at-least, null, "
             "zero, within, type, object, functions";
    if (c.given && c.functions.empty())
      return "given belongs to functions, which are missing";
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
    io.mapOptional("passes", h.passes);
    io.mapOptional("when-done", h.whenDone);
    io.mapOptional("at-once", h.atOnce);
  }

  static std::string validate(IO &, RawHandOff &h) {
    StringRef word = h.callables.word;
    if (h.callables.positions.empty() && word != "all" && word != "last" && word != "receiver")
      return "callables is one of: all, last, receiver, or a list of positions counted from 0";
    if (any_of(h.callables.positions, [](int position) { return position < 0; }))
      return "positions of callables are counted from 0";
    if (!h.passes.empty() && h.passes != "rest")
      return "passes is rest, or left out";
    return h.on.kind == RunsAt::Kind::TemplateArgument
               ? "a hand-off cannot run at a template-argument"
               : "";
  }
};

template <> struct PolymorphicTraits<RawHandOffs> {
  static NodeKind getKind(const RawHandOffs &) { return NodeKind::Map; }

  static std::string &getAsScalar(RawHandOffs &handOffs) { return handOffs.word; }

  static std::vector<RawHandOff> &getAsSequence(RawHandOffs &handOffs) {
    handOffs.isSeveral = true;
    return handOffs.several;
  }

  static RawHandOff &getAsMap(RawHandOffs &handOffs) { return handOffs.one; }
};

template <> struct MappingTraits<RawCalls> {
  static void mapping(IO &io, RawCalls &c) {
    io.mapRequired("members", c.members);
    io.mapRequired("on", c.on);
  }

  static std::string validate(IO &, RawCalls &c) {
    if (c.members.empty())
      return "members is empty";
    return c.on == "worker" || c.on == "loop" ? "" : "members are called on: worker, or loop";
  }
};

template <> struct MappingTraits<RawTypedArgument> {
  static void mapping(IO &io, RawTypedArgument &t) {
    io.mapOptional("argument", t.argument);
    io.mapRequired("as", t.as);
  }

  static std::string validate(IO &, RawTypedArgument &t) {
    if (t.as.empty())
      return "as is empty";
    return t.argument && *t.argument < 0 ? "arguments are counted from 0" : "";
  }
};

template <> struct MappingTraits<RawFunction> {
  static void mapping(IO &io, RawFunction &f) {
    f.line = currentLine(io);
    io.mapRequired("names", f.names);
    io.mapOptional("since", f.since);
    io.mapOptional("until", f.until);
    io.mapOptional("blocks", f.blocks);
    io.mapOptional("certainty", f.certainty);
    io.mapOptional("when", f.when);
    io.mapOptional("unless", f.unless);
    io.mapOptional("instead", f.instead);
    io.mapOptional("never-blocking", f.neverBlocking);
    io.mapOptional("hand-off", f.handOff);
    io.mapOptional("constructs", f.constructs);
    io.mapOptional("tells-ready", f.tellsReady);
    io.mapOptional("starts-async", f.startsAsync);
    io.mapOptional("thread-safe", f.threadSafe);
    io.mapOptional("runs-loop", f.runsLoop);
    io.mapOptional("binds", f.binds);
    io.mapOptional("detaches", f.detaches);
    io.mapOptional("suspends", f.suspends);
    io.mapOptional("resumes", f.resumes);
    io.mapOptional("starts-task", f.startsTask);
    io.mapOptional("keeps", f.keeps);
    io.mapOptional("adds", f.adds);
    io.mapOptional("self-contained", f.selfContained);
    io.mapOptional("exchanges", f.exchanges);
    io.mapOptional("unlocks", f.unlocks);
    io.mapOptional("locks", f.locks);
    io.mapOptional("wakes-loop", f.wakesLoop);
    io.mapOptional("moves-to", f.movesTo);
    io.mapOptional("works-on", f.worksOn);
    io.mapOptional("makes", f.makes);
    io.mapOptional("goes-on", f.goesOn);
    io.mapOptional("result", f.result);
  }
};

template <> struct MappingTraits<RawType> {
  static void mapping(IO &io, RawType &t) {
    t.line = currentLine(io);
    io.mapRequired("names", t.names);
    io.mapOptional("since", t.since);
    io.mapOptional("until", t.until);
    io.mapOptional("coroutine", t.model.coroutine);
    io.mapOptional("runs", t.model.runs);
    io.mapOptional("callable", t.model.callable);
    io.mapOptional("affinity", t.model.affinity);
    io.mapOptional("thread-safe-members", t.threadSafeMembers);
    io.mapOptional("stops", t.stops);
    io.mapOptional("only-if-made", t.model.onlyIfMade);
    io.mapOptional("opaque", t.model.opaque);
    io.mapOptional("serial", t.model.serial);
    io.mapOptional("calls", t.calls);
    io.mapOptional("thread-safe", t.model.threadSafe);
    io.mapOptional("mutex", t.model.mutex);
    io.mapOptional("view", t.model.view);
    io.mapOptional("value", t.model.value);
    io.mapOptional("suspends", t.model.suspends);
    io.mapOptional("refers", t.model.refers);
    io.mapOptional("instead", t.instead);
    io.mapOptional("eager", t.model.eager);
    io.mapOptional("lazy", t.model.lazy);
    io.mapOptional("spawn", t.spawn);
    io.mapOptional("goes-on", t.model.goesOn);
    io.mapOptional("awaits", t.model.awaits);
  }

  static std::string validate(IO &, RawType &t) {
    if (t.names.empty())
      return "names is empty";
    if (t.model.threadSafe && t.model.affinity != Affinity::None)
      return "a type cannot be both thread-safe and loop-bound";
    if (t.model.affinity == Affinity::None &&
        (!t.threadSafeMembers.empty() || !t.instead.empty() || !t.stops.empty() ||
         t.model.onlyIfMade || t.model.opaque))
      return "thread-safe-members, stops, only-if-made, opaque and instead belong to affinity, "
             "which is missing";
    if (t.model.serial && !t.model.runs)
      return "serial belongs to runs, which is missing";
    if (t.model.runs &&
        (t.model.runs->kind == RunsAt::Kind::Argument ||
         t.model.runs->kind == RunsAt::Kind::Receiver || t.model.runs->kind == RunsAt::Kind::Home))
      return "a type runs callables on one of: here, worker, loop, own, later, template-argument N";
    auto needsCall = [](const GoesOn &goesOn) {
      return goesOn.kind == GoesOn::Kind::At &&
             (goesOn.at.kind == RunsAt::Kind::Argument ||
              goesOn.at.kind == RunsAt::Kind::Receiver || goesOn.at.kind == RunsAt::Kind::Home);
    };
    if (needsCall(t.model.goesOn) || needsCall(t.model.awaits))
      return "a type has no arguments, and no receiver, where a coroutine could go on";
    if ((t.model.awaits || t.model.eager) && t.model.coroutine == CoroutineKind::None)
      return "awaits and eager belong to coroutine, which is missing";
    if (t.model.eager && t.model.lazy)
      return "a type cannot be both eager and lazy";
    if (!t.spawn.empty() && !t.model.lazy)
      return "spawn belongs to lazy, which is missing";
    return "";
  }
};

template <> struct MappingTraits<RawReplacement> {
  static void mapping(IO &io, RawReplacement &r) {
    io.mapRequired("tier", r.tier);
    io.mapOptional("text", r.text);
    io.mapOptional("handler", r.handler);
  }

  static std::string validate(IO &, RawReplacement &r) {
    return r.text.empty() && r.handler.empty() ? "text and handler are missing" : "";
  }
};

/// What a model file and a project's file have in common.
static void mapModels(IO &io, RawFile &f) {
  io.mapOptional("namespaces", f.namespaces);
  io.mapOptional("linkage", f.linkage);
  io.mapOptional("owns", f.owns);
  io.mapOptional("self-contained", f.selfContained);
  io.mapOptional("together", f.together);
  io.mapOptional("replacements", f.replacements);
  io.mapOptional("types", f.types);
  io.mapOptional("functions", f.functions);
}

static StringRef complaintAboutLinkage(const RawFile &f) {
  return f.linkage.empty() || f.linkage == "C" ? "" : "linkage is C, or left out";
}

template <> struct MappingTraits<RawFile> {
  static void mapping(IO &io, RawFile &f) {
    io.mapRequired("library", f.library);
    io.mapOptional("headers", f.headers);
    io.mapOptional("pkg-config", f.packages);
    mapModels(io, f);
  }

  static std::string validate(IO &, RawFile &f) {
    return f.library.empty() ? "library is empty" : complaintAboutLinkage(f).str();
  }
};

template <> struct MappingTraits<RawProject> {
  static void mapping(IO &io, RawProject &p) {
    io.mapOptional("inherit", p.inherit);
    io.mapOptional("checks", p.checks);
    io.mapOptional("tiers", p.tiers);
    io.mapOptional("confidence", p.confidence);
    io.mapOptional("uncertain", p.uncertain);
    io.mapOptional("several-threads", p.severalThreads);
    io.mapOptional("library-paths", p.libraryPaths);
    io.mapOptional("silent-paths", p.silentPaths);
    io.mapOptional("models", p.modelFiles);
    mapModels(io, p.models);
  }

  static std::string validate(IO &, RawProject &p) { return complaintAboutLinkage(p.models).str(); }
};

} // namespace llvm::yaml

namespace async_tidy {

llvm::Expected<RawFile> parseModel(llvm::StringRef fileName, llvm::StringRef text) {
  RawFile raw;
  if (llvm::Error error = readDocument(fileName, text, Keys, raw))
    return std::move(error);
  if (raw.library.empty())
    return llvm::createStringError(fileName +
                                   ":1: the file is empty; a model begins with 'library:'");
  return raw;
}

llvm::Expected<RawProject> parseProject(llvm::StringRef fileName, llvm::StringRef text) {
  RawProject raw;
  if (llvm::Error error = readDocument(fileName, text, Keys, raw))
    return std::move(error);
  return raw;
}

} // namespace async_tidy
