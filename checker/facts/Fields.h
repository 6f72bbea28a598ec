// What each record of facts consists of, said once. Whatever reads, writes or visits facts is an
// archive: it is called with the key and the value of each field, and does what its kind needs.
#ifndef ASYNC_TIDY_FACTS_FIELDS_H
#define ASYNC_TIDY_FACTS_FIELDS_H

#include "facts/Facts.h"
#include "llvm/ADT/StringRef.h"
#include <array>
#include <concepts>
#include <type_traits>

namespace async_tidy {

/// `T` is `Record`, constant or not.
template <class T, class Record>
concept Is = std::same_as<std::remove_const_t<T>, Record>;

constexpr auto wordList(auto... words) {
  return std::array<llvm::StringRef, sizeof...(words)>{words...};
}

// The values of each enumeration in facts, in order, by the names that a dump has for them.
constexpr auto wordsOf(Where) {
  return wordList("unknown", "here", "loop", "worker");
}

constexpr auto wordsOf(CallForm) {
  return wordList("call", "construction", "destruction", "callable", "advance", "kept", "wrapped",
                  "resume");
}

constexpr auto wordsOf(GivenValue::Kind) {
  return wordList("zero", "not-zero", "same");
}

constexpr auto wordsOf(UseKind) {
  return wordList("call", "async", "move", "make");
}

constexpr auto wordsOf(CaptureForm) {
  return wordList("reference", "pointer", "view", "iterator", "argument", "object", "closure");
}

constexpr auto wordsOf(Resumption) {
  return wordList("at", "own", "ended", "threw", "handle", "unclear");
}

constexpr auto wordsOf(Extent) {
  return wordList("own", "given", "shared");
}

constexpr auto wordsOf(BodyKind) {
  return wordList("function", "task", "generator", "async-generator");
}

constexpr auto wordsOf(Tier) {
  return wordList("deadlock", "wait", "sleep", "network", "dns", "database", "process", "disk",
                  "cpu", "lock", "console");
}

constexpr auto wordsOf(ParameterKind) {
  return wordList("other", "pointer", "number", "boolean", "callable");
}

constexpr auto wordsOf(Term::Kind) {
  return wordList("unknown", "fresh", "variable", "parameter", "this", "field", "moved", "result",
                  "made", "function", "current", "loop", "worker", "some", "own", "rest", "object",
                  "member");
}

void fields(auto &archive, Is<Term> auto &term) {
  archive("kind", term.kind);
  archive("id", term.id);
  archive("index", term.index);
  archive("parts", term.parts);
}

void fields(auto &archive, Is<Sink> auto &sink) {
  archive("tier", sink.tier);
  archive("sure", sink.sure);
  archive("instead", sink.instead);
  archive("page", sink.page);
}

void fields(auto &archive, Is<ParameterValue> auto &value) {
  archive("parameter", value.parameter);
  archive("zero", value.isZero);
}

void fields(auto &archive, Is<GivenValue> auto &value) {
  archive("parameter", value.parameter);
  archive("kind", value.kind);
  archive("same", value.same);
}

void fields(auto &archive, Is<Call> auto &call) {
  archive("at", call.place);
  archive("callee", call.callee);
  archive("name", call.name);
  archive("passed", call.passed);
  archive("form", call.form);
  archive("virtual", call.isVirtual);
  archive("value", call.value);
  archive("blocks", call.sink);
  archive("via", call.via);
  archive("runs-loop", call.runsLoop);
  archive("only-if", call.onlyIf);
  archive("gives", call.gives);
  archive("in", call.stretches);
}

void fields(auto &archive, Is<HandOff> auto &handOff) {
  archive("at", handOff.place);
  archive("target", handOff.target);
  archive("where", handOff.where);
  archive("via", handOff.via);
  archive("library", handOff.library);
  archive("executor", handOff.executor);
  archive("awaited", handOff.isAwaited);
  archive("waits", handOff.waits);
  archive("may-be-at-once", handOff.mayBeAtOnce);
  archive("after", handOff.after);
  archive("holder", handOff.holder);
  archive("passed", handOff.passed);
  archive("in", handOff.stretches);
}

void fields(auto &archive, Is<Await> auto &await) {
  archive("at", await.place);
  archive("task", await.task);
  archive("in", await.stretches);
}

void fields(auto &archive, Is<TaskReturn> auto &result) {
  archive("child", result.child);
  archive("passed", result.passed);
}

void fields(auto &archive, Is<Use> auto &use) {
  archive("at", use.place);
  archive("kind", use.kind);
  archive("thing", use.thing);
  archive("name", use.name);
  archive("type", use.type);
  archive("written", use.written);
  archive("awaited", use.isAwaited);
  archive("affine", use.isAffine);
  archive("ending", use.isEnding);
  archive("needs-maker", use.needsMaker);
  archive("pointer", use.isPointer);
  archive("in", use.stretches);
}

void fields(auto &archive, Is<Store> auto &store) {
  archive("at", store.place);
  archive("target", store.target);
  archive("value", store.value);
}

void fields(auto &archive, Is<Alias> auto &alias) {
  archive("variable", alias.variable);
  archive("field", alias.field);
  archive("value", alias.value);
}

void fields(auto &archive, Is<LoopRange> auto &loop) {
  archive("at", loop.begin);
  archive("end", loop.end);
}

void fields(auto &archive, Is<LockRange> auto &lock) {
  archive("at", lock.begin);
  archive("end", lock.end);
  archive("mutex", lock.mutex);
  archive("name", lock.name);
}

void fields(auto &archive, Is<HeldLock> auto &lock) {
  archive("at", lock.place);
  archive("taken", lock.taken);
  archive("mutex", lock.mutex);
  archive("yield", lock.isYield);
  archive("children", lock.children);
}

void fields(auto &archive, Is<Wake> auto &wake) {
  archive("at", wake.place);
  archive("name", wake.name);
}

void fields(auto &archive, Is<Wait> auto &wait) {
  archive("at", wait.place);
  archive("thing", wait.thing);
  archive("name", wait.name);
}

void fields(auto &archive, Is<ForgottenTask> auto &task) {
  archive("at", task.place);
  archive("maker", task.maker);
  archive("given-task", task.isGivenTask);
  archive("name", task.name);
  archive("written", task.written);
  archive("type", task.type);
  archive("suspends-at", task.suspends);
  archive("cast-at", task.cast);
  archive("holder", task.holder);
  archive("holder-at", task.holderPlace);
}

void fields(auto &archive, Is<Capture> auto &capture) {
  archive("at", capture.place);
  archive("callable", capture.callable);
  archive("form", capture.form);
  archive("name", capture.name);
  archive("turn", capture.isTurn);
  archive("since", capture.since);
  archive("begin", capture.begin);
  archive("end", capture.end);
}

void fields(auto &archive, Is<Stretch> auto &stretch) {
  archive("after", stretch.places);
  archive("resumption", stretch.resumption);
  archive("where", stretch.where);
  archive("via", stretch.via);
  archive("executor", stretch.executor);
  archive("before", stretch.before);
}

void fields(auto &archive, Is<Reaching> auto &call) {
  archive("callee", call.callee);
  archive("given", call.given);
  archive("takes-values", call.takesValues);
  archive("task", call.isTask);
}

void fields(auto &archive, Is<Isolation> auto &isolation) {
  archive("changes-given", isolation.changesGiven);
  archive("waits", isolation.waits);
  archive("calls", isolation.calls);
}

void fields(auto &archive, Is<AwaitSeries> auto &series) {
  archive("at", series.place);
  archive("loop", series.loop);
  archive("further", series.further);
  archive("names", series.names);
  archive("via", series.via);
  archive("executor", series.executor);
  archive("isolation", series.isolation);
}

void fields(auto &archive, Is<Body> auto &body) {
  archive("id", body.id);
  archive("name", body.name);
  archive("at", body.place);
  archive("end", body.end);
  archive("kind", body.kind);
  archive("framework", body.framework);
  archive("calls", body.calls);
  archive("hand-offs", body.handOffs);
  archive("awaits", body.awaits);
  archive("returns", body.returns);
  archive("overrides", body.overrides);
  archive("unknown-calls", body.unknownCalls);
  archive("uses", body.uses);
  archive("gives", body.gives);
  archive("aliases", body.aliases);
  archive("loops", body.loops);
  archive("stores", body.stores);
  archive("locks", body.locks);
  archive("wakes", body.wakes);
  archive("waits", body.waits);
  archive("captures", body.captures);
  archive("pauses", body.pauses);
  archive("lambda", body.isLambda);
  archive("around", body.around);
  archive("parameters", body.parameters);
  archive("method", body.isMethod);
  archive("non-blocking", body.isNonBlocking);
  archive("eager", body.isEager);
  archive("runs", body.runs);
  archive("runs-at", body.runsPlace);
  archive("runs-via", body.runsVia);
  archive("runs-library", body.runsLibrary);
  archive("stretches", body.stretches);
  archive("goes-on", body.goesOn);
  archive("ends", body.ends);
  archive("throws", body.throws);
  archive("forgotten", body.forgotten);
  archive("may-start", body.mayStart);
  archive("held-locks", body.heldLocks);
  archive("sleeps", body.sleeps);
  archive("sleeps-with", body.sleepsWith);
  archive("isolation", body.isolation);
  archive("series", body.series);
}

void fields(auto &archive, Is<Variable> auto &variable) {
  archive("id", variable.id);
  archive("name", variable.name);
  archive("at", variable.place);
  archive("owner", variable.owner);
  archive("seat", variable.isSeat);
  archive("defined", variable.isDefined);
  archive("pointer", variable.isPointer);
  archive("function", variable.function);
}

void fields(auto &archive, Is<Suppression> auto &suppression) {
  archive("file", suppression.file);
  archive("line", suppression.line);
  archive("checks", suppression.checks);
}

void fields(auto &archive, Is<Advice> auto &advice) {
  archive("about", advice.about);
  archive("text", advice.text);
  archive("page", advice.page);
}

void fields(auto &archive, Is<FileRead> auto &read) {
  archive("file", read.path);
  archive("hash", read.hash);
}

void fields(auto &archive, Is<PublicParameter> auto &parameter) {
  archive("kind", parameter.kind);
  archive("type", parameter.type);
}

void fields(auto &archive, Is<PublicFunction> auto &function) {
  archive("name", function.name);
  archive("space", function.space);
  archive("header", function.header);
  archive("line", function.line);
  archive("column", function.column);
  archive("bodies", function.bodies);
  archive("parameters", function.parameters);
  archive("needed", function.needed);
  archive("variadic", function.isVariadic);
  archive("member", function.isMember);
  archive("virtual", function.isVirtual);
  archive("special", function.isSpecial);
  archive("template", function.isTemplate);
  archive("c", function.isC);
  archive("defined", function.isDefined);
}

/// Whether a value is there at all; what is not needs no room.
template <class T> bool isPresent(const T &value) {
  if constexpr (std::same_as<T, Term>)
    return !value.is(Term::Kind::Unknown);
  else if constexpr (requires { value.has_value(); })
    return value.has_value();
  else if constexpr (requires { value.empty(); })
    return !value.empty();
  else
    return value != T();
}

/// A record: what has fields of its own.
template <class T>
concept Record =
    std::is_class_v<T> && !std::same_as<T, Place> && !std::same_as<T, std::string> &&
    !requires(const T &value) { value.size(); } && !requires(const T &value) { value.has_value(); };

} // namespace async_tidy

#endif
