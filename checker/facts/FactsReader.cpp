#include "facts/FactsFields.h"
#include "facts/FactsJson.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

namespace async_tidy {

namespace {

/// Small numbers, at most `most`.
bool readRow(const json::Value &value, llvm::MutableArrayRef<uint32_t> to, uint32_t most,
             json::Path path) {
  const json::Array *array = value.getAsArray();
  for (size_t i = 0; array && array->size() == to.size() && i != to.size(); ++i) {
    auto number = (*array)[i].getAsUINT64();
    if (!number || *number > most)
      break;
    to[i] = uint32_t(*number);
    if (i + 1 == to.size())
      return true;
  }
  path.report("expected a row of small numbers");
  return false;
}

bool readParameterValue(const json::Value &value, ParameterValue &to, json::Path path) {
  uint32_t row[2];
  if (!readRow(value, row, UINT16_MAX, path))
    return false;
  to = {row[0], row[1] != 0};
  return true;
}

bool readGivenValue(const json::Value &value, GivenValue &to, json::Path path) {
  uint32_t row[3];
  if (!readRow(value, row, UINT16_MAX, path))
    return false;
  if (row[1] > uint32_t(GivenValue::Kind::Same)) {
    path.report("no such value");
    return false;
  }
  to = {row[0], GivenValue::Kind(row[1]), row[2]};
  return true;
}

bool readCall(const json::Value &value, Call &call, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(call.place) && read.oneOf("form", call.form, CallForm::Resume) &&
         read.flag("virtual", call.isVirtual) && read.id("callee", call.callee) &&
         read.anyTerm("value", call.value) && read.text("name", call.name) &&
         read.text("via", call.via) && read.sink(call.sink) &&
         read.flag("runs-loop", call.runsLoop) && read.terms("passed", call.passed) &&
         read.list<ParameterValue>("only-if", call.onlyIf, readParameterValue) &&
         read.list<GivenValue>("gives", call.gives, readGivenValue) &&
         read.numbers("in", call.stretches);
}

bool readHandOff(const json::Value &value, HandOff &handOff, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(handOff.place) && read.term("target", handOff.target) &&
         read.anyTerm("where", handOff.where) && read.text("via", handOff.via) &&
         read.text("library", handOff.library) && read.text("executor", handOff.executor) &&
         read.flag("awaited", handOff.isAwaited) && read.places("waits", handOff.waits) &&
         read.places("after", handOff.after) && read.id("holder", handOff.holder) &&
         read.terms("passed", handOff.passed) && read.numbers("in", handOff.stretches);
}

bool readAwait(const json::Value &value, Await &await, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(await.place) && read.term("task", await.task) &&
         read.numbers("in", await.stretches);
}

bool readStretch(const json::Value &value, Stretch &stretch, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.places("after", stretch.places) &&
         read.oneOf("resumption", stretch.resumption, Resumption::Unclear) &&
         read.anyTerm("where", stretch.where) && read.text("via", stretch.via) &&
         read.text("executor", stretch.executor) && read.numbers("before", stretch.before);
}

bool readReturn(const json::Value &value, TaskReturn &result, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.id("child", result.child) && read.terms("passed", result.passed);
}

bool readUse(const json::Value &value, Use &use, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(use.place) && read.oneOf("kind", use.kind, UseKind::Make) &&
         read.flag("awaited", use.isAwaited) && read.flag("affine", use.isAffine) &&
         read.flag("ending", use.isEnding) && read.flag("needs-maker", use.needsMaker) &&
         read.flag("pointer", use.isPointer) && read.term("thing", use.thing) &&
         read.text("name", use.name) && read.text("type", use.type) &&
         read.text("written", use.written) && read.numbers("in", use.stretches);
}

bool readStore(const json::Value &value, Store &store, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(store.place) && read.term("target", store.target) &&
         read.term("value", store.value);
}

bool readAlias(const json::Value &value, Alias &alias, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.id("variable", alias.variable) && read.term("value", alias.value) &&
         read.id("field", alias.field);
}

bool readLoop(const json::Value &value, LoopRange &loop, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(loop.begin) && read.place(loop.end, "end");
}

bool readLock(const json::Value &value, LockRange &lock, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(lock.begin) && read.place(lock.end, "end") &&
         read.id("mutex", lock.mutex) && read.text("name", lock.name);
}

bool readWake(const json::Value &value, Wake &wake, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(wake.place) && read.text("name", wake.name);
}

bool readWait(const json::Value &value, Wait &wait, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.place(wait.place) && read.id("thing", wait.thing) &&
         read.text("name", wait.name);
}

bool readVariable(const json::Value &value, Variable &variable, json::Path path, size_t files) {
  Reader read(value, path, files);
  return read && read.id("id", variable.id) && read.text("name", variable.name) &&
         read.place(variable.place) && read.id("owner", variable.owner) &&
         read.flag("seat", variable.isSeat) && read.flag("defined", variable.isDefined) &&
         read.flag("pointer", variable.isPointer) && read.id("function", variable.function);
}

bool readRuns(Reader &read, Body &body) {
  uint32_t runs = 0;
  if (!read.number("runs", runs) || !read.anyPlace("runs-at", body.runsPlace) ||
      !read.text("runs-via", body.runsVia) || !read.text("runs-library", body.runsLibrary))
    return false;
  if (runs > uint32_t(Where::Worker))
    return read.fail("runs", "no such value");
  body.runs = Where(runs);
  return true;
}

bool readBody(const json::Value &value, Body &body, json::Path path, size_t files) {
  Reader read(value, path, files);
  auto with = [&](auto function) {
    return [=](const json::Value &v, auto &to, json::Path p) { return function(v, to, p, files); };
  };
  return read && read.id("id", body.id) && read.text("name", body.name) && read.place(body.place) &&
         read.anyPlace("end", body.end) &&
         read.oneOf("kind", body.kind, BodyKind::AsyncGenerator) &&
         read.text("framework", body.framework) &&
         read.list<Call>("calls", body.calls, with(readCall)) &&
         read.list<HandOff>("hand-offs", body.handOffs, with(readHandOff)) &&
         read.list<Await>("awaits", body.awaits, with(readAwait)) &&
         read.list<TaskReturn>("returns", body.returns, with(readReturn)) &&
         read.list<EntityId>("overrides", body.overrides, readIdentity) &&
         read.number("unknown-calls", body.unknownCalls) &&
         read.list<Use>("uses", body.uses, with(readUse)) && read.terms("gives", body.gives) &&
         read.list<Alias>("aliases", body.aliases, with(readAlias)) &&
         read.list<LoopRange>("loops", body.loops, with(readLoop)) &&
         read.list<Store>("stores", body.stores, with(readStore)) &&
         read.list<LockRange>("locks", body.locks, with(readLock)) &&
         read.list<Wake>("wakes", body.wakes, with(readWake)) &&
         read.list<Wait>("waits", body.waits, with(readWait)) &&
         read.flag("method", body.isMethod) && read.flag("non-blocking", body.isNonBlocking) &&
         readRuns(read, body) && read.flag("lambda", body.isLambda) &&
         read.id("around", body.around) && read.number("parameters", body.parameters) &&
         read.flag("eager", body.isEager) &&
         read.list<Stretch>("stretches", body.stretches, with(readStretch)) &&
         read.list<Stretch>("goes-on", body.goesOn, with(readStretch)) &&
         read.numbers("ends", body.ends) && read.numbers("throws", body.throws);
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

bool readAdvice(const json::Value &value, Advice &advice, json::Path path) {
  Reader read(value, path, 0);
  return read && read.text("about", advice.about) && read.text("text", advice.text) &&
         read.text("page", advice.page);
}

bool readUnit(const json::Value &value, Unit &unit, json::Path path) {
  Reader head(value, path, 0);
  if (!head)
    return false;
  auto version = value.getAsObject()->getInteger("async-tidy-facts");
  if (version != FactsFormat)
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
  auto variable = [&](const json::Value &v, Variable &to, json::Path p) {
    return readVariable(v, to, p, files);
  };
  return head.list<Body>("bodies", unit.bodies, body) &&
         head.list<Variable>("variables", unit.variables, variable) &&
         head.list<Suppression>("suppressions", unit.suppressions, suppression) &&
         head.list<Advice>("advice", unit.advice, readAdvice);
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
