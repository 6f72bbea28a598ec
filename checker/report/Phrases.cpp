#include "report/Phrases.h"

namespace async_tidy {

std::string quoted(llvm::StringRef name) {
  return ("'" + name + "'").str();
}

std::string bodyName(const Body &body) {
  bool isCoroutine = body.kind != BodyKind::Function;
  if (body.isLambda)
    return isCoroutine ? "a lambda coroutine" : "a lambda";
  return (isCoroutine ? "coroutine " : "") + quoted(body.name);
}

std::string stepText(llvm::StringRef caller, const Call &call, llvm::StringRef runs) {
  std::string who = quoted(caller);
  std::string what = quoted(call.name);
  switch (call.form) {
  case CallForm::Call:
    if (call.isVirtual && !runs.empty() && runs != call.name)
      return who + " calls " + what + " here, which " + quoted(runs) + " overrides";
    return who + " calls " + what + " here";
  case CallForm::Construction:
    if (!call.via.empty())
      return who + " has " + quoted(call.via) + " construct an object with " + what + " here";
    return who + " constructs an object with " + what + " here";
  case CallForm::Destruction:
    return who + " destroys an object with " + what + " here";
  case CallForm::Callable:
    return who + " has " + quoted(call.via) + " call " + what + " here";
  case CallForm::Advance:
    return who + " asks generator " + what + " for its next value here";
  case CallForm::Wrapped:
    return who + " calls " + what + " here, which calls " + quoted(call.via);
  case CallForm::Resume:
    return who + " lets " + what + " go on here";
  case CallForm::Kept:
    return who + " keeps " + what + " from here on";
  }
  llvm_unreachable("all forms are handled");
}

Remark arrivalText(const Body &body, const Arrival &arrival) {
  std::string text = bodyName(body) + " goes on ";
  std::string via = arrival.stretch.via.empty() ? "" : ", with " + quoted(arrival.stretch.via);
  switch (arrival.stretch.resumption) {
  case Resumption::At:
    text +=
        arrival.stretch.executor.empty() ? "elsewhere" : "on " + quoted(arrival.stretch.executor);
    return {arrival.place, text + " after this co_await" + via};
  case Resumption::Own:
    return {arrival.place, text + "on the executor that it was spawned on after this co_await"};
  case Resumption::Ended:
    return {arrival.place, text + "where the task ended that it awaits here"};
  case Resumption::Threw:
    return {arrival.place, text + "where the task threw that it awaits here"};
  case Resumption::Handle:
    return {arrival.place, text + "where its handle is resumed that it leaves here" + via};
  case Resumption::Unclear:
    return {arrival.place, text + "after this co_await"};
  }
  llvm_unreachable("all resumptions are handled");
}

namespace {

/// ": 'co_spawn' spawns it here on 'io'"; if a wrapper does, also where that hands it over.
/// Nothing takes the rest of a coroutine that goes on where its child has ended.
std::string givenText(const Body &root, const Reason &why, const Program &program) {
  if (why.via.empty())
    return ": what it awaits here ends there";
  std::string text = ": " + quoted(why.via);
  text += root.kind == BodyKind::Function ? " hands it over here" : " spawns it here";
  if (why.kind == Reason::Kind::Kept)
    text = ": " + quoted(why.evidence.via) + " keeps it from here on, and " + quoted(why.via) +
           " hands that over at " + placeText(why.place, program);
  bool isWrapped = why.kind != Reason::Kind::Kept && !why.evidence.via.empty();
  if (isWrapped)
    text += ", and " + quoted(why.evidence.via) + " at " + placeText(why.evidence.place, program) +
            " takes it";
  if (why.executor.empty())
    return text;
  if (why.kind == Reason::Kind::Unclear)
    return text + ", and where " + quoted(why.executor) + " runs it is not seen";
  text += " on " + quoted(why.executor);
  bool isGiven = why.evidence.via.empty() && why.evidence.place.line != 0;
  return isGiven ? text + ", which " + placeText(why.evidence.place, program) + " gives it" : text;
}

} // namespace

std::string seeText(llvm::StringRef page) {
  return page.empty() ? "" : ("; see " ASYNC_TIDY_DOCS "/models/" + page).str();
}

std::string saidOf(const Body &body) {
  return body.runsVia.empty() ? "is annotated so here" : "overrides " + quoted(body.runsVia);
}

std::string placeText(Place place, const Program &program) {
  return program.file(place.file) + ":" + std::to_string(place.line);
}

Remark reasonText(const Body &root, const Reason &why, const Program &program, Where where) {
  std::string who = bodyName(root);
  std::string thread = where == Where::Worker ? "a worker thread" : "an event loop";
  bool isPresumed = why.confidence == Confidence::Presumed && where != Where::Worker;
  std::string runs = (isPresumed ? " is presumed to run on " : " runs on ") + thread;
  switch (why.kind) {
  case Reason::Kind::Presumed:
    return {root.place, who + " is presumed to run on an event loop: no spawn of it is seen"};
  case Reason::Kind::Unclear:
  case Reason::Kind::Given:
    return {why.place, who + runs + givenText(root, why, program)};
  case Reason::Kind::Kept:
    return {why.evidence.place, who + runs + givenText(root, why, program)};
  case Reason::Kind::Awaited:
    return {why.place, who + runs + ": " + bodyName(program.body(why.parent)) + " awaits it here"};
  case Reason::Kind::Called:
    return {why.place, who + runs + ": it is called here"};
  case Reason::Kind::Resumed:
    return {why.place, who + runs + ": " + bodyName(program.body(why.parent)) + " lets it go on"};
  case Reason::Kind::Annotated:
    return {why.place, who + runs + ": it " + saidOf(root)};
  case Reason::Kind::Completion:
    return {why.place, "the event loop completes what " + quoted(why.via) + " starts here"};
  case Reason::Kind::Thread:
    return {why.place,
            who + " is the thread that runs an event loop: " + quoted(why.via) + " starts it here"};
  }
  llvm_unreachable("all kinds are handled");
}

} // namespace async_tidy
