#include "facts/FactsJson.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

namespace json = llvm::json;

namespace async_tidy {

namespace {

constexpr int64_t FormatVersion = 1;

// ---- writing

std::string idText(EntityId id) {
  return llvm::utohexstr(id, /*LowerCase=*/true, /*Width=*/16);
}

class Writer {
public:
  explicit Writer(llvm::raw_ostream &out) : json(out, /*IndentSize=*/1) {}

  void write(const Unit &unit) {
    json.object([&] {
      json.attribute("async-tidy-facts", FormatVersion);
      json.attribute("unit", unit.mainFile);
      json.attributeArray("files", [&] {
        for (const std::string &file : unit.files)
          json.value(file);
      });
      json.attributeArray("bodies", [&] {
        for (const Body &body : unit.bodies)
          json.object([&] { write(body); });
      });
      json.attributeArray("suppressions", [&] {
        for (const Suppression &s : unit.suppressions)
          json.value(json::Array{int64_t(s.file), int64_t(s.line), s.checks});
      });
    });
  }

private:
  void write(const Body &body) {
    json.attribute("id", idText(body.id));
    json.attribute("name", body.name);
    write(body.place);
    json.attribute("kind", int64_t(body.kind));
    text("framework", body.framework);
    list("calls", body.calls);
    list("hand-offs", body.handOffs);
    list("awaits", body.awaits);
    identities("returns", body.returns);
    identities("overrides", body.overrides);
    if (body.unknownCalls != 0)
      json.attribute("unknown-calls", int64_t(body.unknownCalls));
  }

  void write(const Call &call) {
    write(call.place);
    json.attribute("form", int64_t(call.form));
    if (call.isVirtual)
      json.attribute("virtual", true);
    identity("callee", call.callee);
    json.attribute("name", call.name);
    text("via", call.via);
    if (call.sink) {
      json.attribute("blocks", tierName(call.sink->tier));
      if (!call.sink->sure)
        json.attribute("sure", false);
      text("instead", call.sink->instead);
    }
  }

  void write(const HandOff &handOff) {
    write(handOff.place);
    identity("target", handOff.target);
    json.attribute("where", int64_t(handOff.where));
    text("via", handOff.via);
    text("executor", handOff.executor);
  }

  void write(const Await &await) {
    write(await.place);
    identity("child", await.child);
  }

  void write(Place place) {
    json.attribute("at",
                   json::Array{int64_t(place.file), int64_t(place.line), int64_t(place.column)});
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

// ---- reading

namespace {

bool fromHex(const json::Value &value, EntityId &id, json::Path path) {
  auto text = value.getAsString();
  if (!text || text->getAsInteger(16, id)) {
    path.report("expected an identity in hexadecimal");
    return false;
  }
  return true;
}

/// An object of facts; missing optional members keep their defaults.
class Reader {
public:
  Reader(const json::Value &value, json::Path path, size_t files)
      : object(value.getAsObject()), path(path), files(files) {
    if (!object)
      path.report("expected an object");
  }

  explicit operator bool() const { return object != nullptr; }

  bool place(Place &to) {
    const json::Array *at = object->getArray("at");
    if (!at || at->size() != 3)
      return fail("at", "expected [file, line, column]");
    uint64_t numbers[3];
    for (unsigned i = 0; i != 3; ++i) {
      auto number = (*at)[i].getAsUINT64();
      if (!number || *number > UINT32_MAX)
        return fail("at", "expected small numbers");
      numbers[i] = *number;
    }
    if (numbers[0] >= files)
      return fail("at", "no such file");
    to = {uint32_t(numbers[0]), uint32_t(numbers[1]), uint32_t(numbers[2])};
    return true;
  }

  bool id(llvm::StringRef key, EntityId &to) {
    const json::Value *value = object->get(key);
    return !value || fromHex(*value, to, path.field(key));
  }

  bool text(llvm::StringRef key, std::string &to) {
    const json::Value *value = object->get(key);
    return !value || fromJSON(*value, to, path.field(key));
  }

  bool flag(llvm::StringRef key, bool &to) {
    const json::Value *value = object->get(key);
    return !value || fromJSON(*value, to, path.field(key));
  }

  bool number(llvm::StringRef key, uint32_t &to) {
    const json::Value *value = object->get(key);
    if (!value)
      return true;
    auto number = value->getAsUINT64();
    if (!number || *number > UINT32_MAX)
      return fail(key, "expected a small number");
    to = uint32_t(*number);
    return true;
  }

  template <class Enum> bool oneOf(llvm::StringRef key, Enum &to, Enum last) {
    auto number = object->getInteger(key);
    if (!number || *number < 0 || *number > int64_t(last))
      return fail(key, "no such value");
    to = Enum(*number);
    return true;
  }

  bool sink(std::optional<Sink> &to) {
    const json::Value *value = object->get("blocks");
    if (!value)
      return true;
    auto name = value->getAsString();
    auto tier = name ? tierFromName(*name) : std::nullopt;
    if (!tier)
      return fail("blocks", "no such tier");
    to.emplace().tier = *tier;
    return flag("sure", to->sure) && text("instead", to->instead);
  }

  template <class T>
  bool list(llvm::StringRef key, std::vector<T> &to,
            llvm::function_ref<bool(const json::Value &, T &, json::Path)> read) {
    const json::Value *value = object->get(key);
    if (!value)
      return true;
    const json::Array *array = value->getAsArray();
    if (!array)
      return fail(key, "expected an array");
    to.resize(array->size());
    for (size_t i = 0; i != array->size(); ++i)
      if (!read((*array)[i], to[i], path.field(key).index(unsigned(i))))
        return false;
    return true;
  }

  bool fail(llvm::StringRef key, llvm::StringLiteral message) {
    path.field(key).report(message);
    return false;
  }

private:
  const json::Object *object;
  json::Path path;
  size_t files;
};

bool readCall(const json::Value &value, Call &call, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(call.place) && read.oneOf("form", call.form, CallForm::Callable) &&
         read.flag("virtual", call.isVirtual) && read.id("callee", call.callee) &&
         read.text("name", call.name) && read.text("via", call.via) && read.sink(call.sink);
}

bool readHandOff(const json::Value &value, HandOff &handOff, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(handOff.place) && read.id("target", handOff.target) &&
         read.oneOf("where", handOff.where, Where::Worker) && read.text("via", handOff.via) &&
         read.text("executor", handOff.executor);
}

bool readAwait(const json::Value &value, Await &await, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(await.place) && read.id("child", await.child);
}

bool readBody(const json::Value &value, Body &body, json::Path path, size_t files) {
  Reader read(value, path, files);
  auto with = [&](auto function) {
    return [=](const json::Value &v, auto &to, json::Path p) { return function(v, to, p, files); };
  };
  return read && read.id("id", body.id) && read.text("name", body.name) && read.place(body.place) &&
         read.oneOf("kind", body.kind, BodyKind::AsyncGenerator) &&
         read.text("framework", body.framework) &&
         read.list<Call>("calls", body.calls, with(readCall)) &&
         read.list<HandOff>("hand-offs", body.handOffs, with(readHandOff)) &&
         read.list<Await>("awaits", body.awaits, with(readAwait)) &&
         read.list<EntityId>("returns", body.returns, fromHex) &&
         read.list<EntityId>("overrides", body.overrides, fromHex) &&
         read.number("unknown-calls", body.unknownCalls);
}

bool readSuppression(const json::Value &value, Suppression &to, json::Path path, size_t files) {
  const json::Array *array = value.getAsArray();
  if (array && array->size() == 3) {
    auto file = (*array)[0].getAsUINT64();
    auto line = (*array)[1].getAsUINT64();
    auto checks = (*array)[2].getAsString();
    if (file && *file < files && line && *line <= UINT32_MAX && checks) {
      to = {uint32_t(*file), uint32_t(*line), checks->str()};
      return true;
    }
  }
  path.report("expected [file, line, checks]");
  return false;
}

bool readUnit(const json::Value &value, Unit &unit, json::Path path) {
  Reader head(value, path, 0);
  if (!head)
    return false;
  auto version = value.getAsObject()->getInteger("async-tidy-facts");
  if (version != FormatVersion)
    return head.fail("async-tidy-facts", "not facts of this version of async-tidy");
  auto readText = [](const json::Value &v, std::string &to, json::Path p) {
    return fromJSON(v, to, p);
  };
  if (!head.text("unit", unit.mainFile) || !head.list<std::string>("files", unit.files, readText))
    return false;
  size_t files = unit.files.size();
  auto body = [&](const json::Value &v, Body &to, json::Path p) {
    return readBody(v, to, p, files);
  };
  auto suppression = [&](const json::Value &v, Suppression &to, json::Path p) {
    return readSuppression(v, to, p, files);
  };
  return head.list<Body>("bodies", unit.bodies, body) &&
         head.list<Suppression>("suppressions", unit.suppressions, suppression);
}

} // namespace

llvm::Expected<Unit> readFacts(llvm::StringRef text) {
  auto value = json::parse(text);
  if (!value)
    return value.takeError();
  Unit unit;
  json::Path::Root root("facts");
  if (!readUnit(*value, unit, root))
    return root.getError();
  return unit;
}

llvm::Error saveFacts(const Unit &unit, llvm::StringRef path) {
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &out) {
    writeFacts(unit, out);
    return llvm::Error::success();
  });
}

llvm::Expected<Unit> loadFacts(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return llvm::createFileError(path, buffer.getError());
  auto unit = readFacts((*buffer)->getBuffer());
  if (!unit)
    return llvm::createFileError(path, unit.takeError());
  return unit;
}

} // namespace async_tidy
