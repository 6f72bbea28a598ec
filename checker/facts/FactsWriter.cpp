#include "facts/FactsJson.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"

namespace json = llvm::json;

namespace async_tidy {

namespace {

std::string idText(EntityId id) {
  return llvm::utohexstr(id, /*LowerCase=*/true, /*Width=*/16);
}

class Writer {
public:
  explicit Writer(llvm::raw_ostream &out) : json(out, /*IndentSize=*/1) {}

  void write(const Unit &unit) {
    json.object([&] {
      json.attribute("async-tidy-facts", FactsFormat);
      json.attribute("unit", unit.mainFile);
      json.attributeArray("files", [&] {
        for (const std::string &file : unit.files)
          json.value(file);
      });
      json.attributeArray("bodies", [&] {
        for (const Body &body : unit.bodies)
          json.object([&] { write(body); });
      });
      json.attributeArray("variables", [&] {
        for (const Variable &variable : unit.variables)
          json.object([&] { write(variable); });
      });
      json.attributeArray("suppressions", [&] {
        for (const Suppression &s : unit.suppressions)
          json.value(json::Array{int64_t(s.file), int64_t(s.line), s.checks});
      });
      list("advice", unit.advice);
    });
  }

private:
  void write(const Body &body) {
    json.attribute("id", idText(body.id));
    json.attribute("name", body.name);
    write(body.place);
    json.attribute("end", array(body.end));
    json.attribute("kind", int64_t(body.kind));
    text("framework", body.framework);
    list("calls", body.calls);
    list("hand-offs", body.handOffs);
    list("awaits", body.awaits);
    list("returns", body.returns);
    identities("overrides", body.overrides);
    if (body.unknownCalls != 0)
      json.attribute("unknown-calls", int64_t(body.unknownCalls));
    list("uses", body.uses);
    terms("gives", body.gives);
    list("aliases", body.aliases);
    list("loops", body.loops);
    list("stores", body.stores);
    list("locks", body.locks);
    list("wakes", body.wakes);
    list("waits", body.waits);
    flag("method", body.isMethod);
    flag("non-blocking", body.isNonBlocking);
    flag("eager", body.isEager);
    list("stretches", body.stretches);
    list("goes-on", body.goesOn);
    numbers("ends", body.ends);
    numbers("throws", body.throws);
    if (body.runs != Where::Unknown) {
      json.attribute("runs", int64_t(body.runs));
      json.attribute("runs-at", array(body.runsPlace));
      text("runs-via", body.runsVia);
      text("runs-library", body.runsLibrary);
    }
    flag("lambda", body.isLambda);
    identity("around", body.around);
    if (body.parameters != 0)
      json.attribute("parameters", int64_t(body.parameters));
  }

  void write(const Call &call) {
    write(call.place);
    json.attribute("form", int64_t(call.form));
    flag("virtual", call.isVirtual);
    flag("runs-loop", call.runsLoop);
    terms("passed", call.passed);
    identity("callee", call.callee);
    term("value", call.value);
    rows("only-if", call.onlyIf, [](const ParameterValue &value) {
      return json::Array{int64_t(value.parameter), int64_t(value.isZero)};
    });
    rows("gives", call.gives, [](const GivenValue &value) {
      return json::Array{int64_t(value.parameter), int64_t(value.kind), int64_t(value.same)};
    });
    json.attribute("name", call.name);
    text("via", call.via);
    if (call.sink) {
      json.attribute("blocks", tierName(call.sink->tier));
      if (!call.sink->sure)
        json.attribute("sure", false);
      text("instead", call.sink->instead);
      text("page", call.sink->page);
    }
    numbers("in", call.stretches);
  }

  void write(const HandOff &handOff) {
    write(handOff.place);
    json.attribute("target", array(handOff.target));
    term("where", handOff.where);
    text("via", handOff.via);
    text("library", handOff.library);
    text("executor", handOff.executor);
    flag("awaited", handOff.isAwaited);
    places("waits", handOff.waits);
    places("after", handOff.after);
    identity("holder", handOff.holder);
    terms("passed", handOff.passed);
    numbers("in", handOff.stretches);
  }

  void write(const Await &await) {
    write(await.place);
    json.attribute("task", array(await.task));
    numbers("in", await.stretches);
  }

  void write(const Stretch &stretch) {
    places("after", stretch.places);
    json.attribute("resumption", int64_t(stretch.resumption));
    term("where", stretch.where);
    text("via", stretch.via);
    text("executor", stretch.executor);
    numbers("before", stretch.before);
  }

  void write(const Store &store) {
    write(store.place);
    json.attribute("target", array(store.target));
    json.attribute("value", array(store.value));
  }

  void write(const TaskReturn &result) {
    identity("child", result.child);
    terms("passed", result.passed);
  }

  void write(const Use &use) {
    write(use.place);
    json.attribute("kind", int64_t(use.kind));
    flag("awaited", use.isAwaited);
    flag("affine", use.isAffine);
    flag("ending", use.isEnding);
    flag("needs-maker", use.needsMaker);
    flag("pointer", use.isPointer);
    json.attribute("thing", array(use.thing));
    json.attribute("name", use.name);
    json.attribute("type", use.type);
    text("written", use.written);
    numbers("in", use.stretches);
  }

  void write(const Alias &alias) {
    identity("variable", alias.variable);
    identity("field", alias.field);
    json.attribute("value", array(alias.value));
  }

  void write(const LoopRange &loop) {
    json.attribute("at", array(loop.begin));
    json.attribute("end", array(loop.end));
  }

  void write(const LockRange &lock) {
    json.attribute("at", array(lock.begin));
    json.attribute("end", array(lock.end));
    identity("mutex", lock.mutex);
    text("name", lock.name);
  }

  void write(const Wake &wake) {
    write(wake.place);
    json.attribute("name", wake.name);
  }

  void write(const Wait &wait) {
    write(wait.place);
    identity("thing", wait.thing);
    json.attribute("name", wait.name);
  }

  void write(const Variable &variable) {
    identity("id", variable.id);
    json.attribute("name", json::fixUTF8(variable.name));
    write(variable.place);
    identity("owner", variable.owner);
    flag("seat", variable.isSeat);
    flag("defined", variable.isDefined);
    flag("pointer", variable.isPointer);
    identity("function", variable.function);
  }

  void write(const Advice &advice) {
    json.attribute("about", advice.about);
    text("text", advice.text);
    text("page", advice.page);
  }

  void write(Place place) { json.attribute("at", array(place)); }

  static json::Array array(Place place) {
    return json::Array{int64_t(place.file), int64_t(place.line), int64_t(place.column)};
  }

  static json::Array array(const Term &term) {
    json::Array result{int64_t(term.kind), idText(term.id), int64_t(term.index)};
    for (const Term &part : term.parts)
      result.push_back(array(part));
    return result;
  }

  void term(llvm::StringRef key, const Term &term) {
    if (!term.is(Term::Kind::Unknown))
      json.attribute(key, array(term));
  }

  void terms(llvm::StringRef key, const std::vector<Term> &terms) {
    if (terms.empty())
      return;
    json.attributeArray(key, [&] {
      for (const Term &term : terms)
        json.value(array(term));
    });
  }

  template <class T, class Row>
  void rows(llvm::StringRef key, const std::vector<T> &items, Row row) {
    if (items.empty())
      return;
    json.attributeArray(key, [&] {
      for (const T &item : items)
        json.value(row(item));
    });
  }

  void places(llvm::StringRef key, const std::vector<Place> &places) {
    if (places.empty())
      return;
    json.attributeArray(key, [&] {
      for (Place place : places)
        json.value(array(place));
    });
  }

  void numbers(llvm::StringRef key, const StretchSet &set) {
    if (set.empty())
      return;
    json.attributeArray(key, [&] {
      for (uint32_t number : set)
        json.value(int64_t(number));
    });
  }

  void flag(llvm::StringRef key, bool value) {
    if (value)
      json.attribute(key, true);
  }

  void text(llvm::StringRef key, llvm::StringRef value) {
    if (!value.empty())
      json.attribute(key, json::fixUTF8(value));
  }

  void identity(llvm::StringRef key, EntityId id) {
    if (id != 0)
      json.attribute(key, idText(id));
  }

  void identities(llvm::StringRef key, const std::vector<EntityId> &ids) {
    if (ids.empty())
      return;
    json.attributeArray(key, [&] {
      for (EntityId id : ids)
        json.value(idText(id));
    });
  }

  template <class T> void list(llvm::StringRef key, const std::vector<T> &items) {
    if (items.empty())
      return;
    json.attributeArray(key, [&] {
      for (const T &item : items)
        json.object([&] { write(item); });
    });
  }

  json::OStream json;
};

} // namespace

void writeFacts(const Unit &unit, llvm::raw_ostream &out) {
  Writer(out).write(unit);
  out << '\n';
}

llvm::Error saveFacts(const Unit &unit, llvm::StringRef path) {
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &out) {
    writeFacts(unit, out);
    return llvm::Error::success();
  });
}

} // namespace async_tidy
