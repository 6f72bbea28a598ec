// async-loop-bound-capture in words.
#include "report/Phrases.h"

namespace async_tidy {

namespace {

/// `this`, and not one of its members.
bool isObject(const SharedThing &finding) {
  return finding.use.thing.is(Term::Kind::This) || finding.use.thing.is(Term::Kind::Some);
}

std::string warning(const SharedThing &finding) {
  std::string thing = quoted(finding.thing.name);
  std::string uses = quoted(finding.use.name) + " uses " + thing;
  if (finding.otherLoop)
    return uses + " on the thread of event loop " + quoted(finding.otherLoop->used) +
           ", but it belongs to event loop " + quoted(finding.otherLoop->home) +
           ", which another thread runs";
  if (finding.crowd)
    return uses + " on one of the threads that run event loop " + quoted(finding.crowd->loop) +
           ", while another of them may use it";
  std::string what = finding.use.kind == UseKind::Move ? thing + " is moved from on another thread"
                                                       : uses + " on another thread";
  if (!finding.loopUse)
    return what + " than the one that it belongs to";
  return what + (finding.isMoved ? ", which it was moved to, and the event loop uses it afterwards"
                                 : ", while the event loop uses it");
}

Remark handOff(const SharedThing &finding, const Program &program) {
  const HandOff &handOff = finding.handOff;
  if (finding.isSwitch) {
    std::string thread = handOff.executor.empty() ? "" : ", one of " + quoted(handOff.executor);
    return {handOff.place, bodyName(program.body(finding.worker)) + " goes on on another thread" +
                               thread + ", after this co_await"};
  }
  if (handOff.via.empty()) {
    const Body &worker = program.body(finding.worker);
    return {handOff.place, bodyName(worker) + " runs on another thread: it " + saidOf(worker)};
  }
  std::string text = quoted(handOff.via) + " runs " +
                     (finding.kept.empty() ? bodyName(program.body(finding.worker))
                                           : "what " + quoted(finding.kept) + " keeps");
  if (finding.otherLoop)
    return {handOff.place, text + " on " + quoted(finding.otherLoop->used) + " here"};
  if (finding.crowd)
    return {handOff.place, text + " on " + quoted(finding.crowd->loop) + " here"};
  text += " on another thread";
  if (!handOff.executor.empty())
    text += ", one of " + quoted(handOff.executor) + ",";
  return {handOff.place, text + " here"};
}

std::string step(const AccessStep &step) {
  return step.call ? stepText(step.caller, *step.call, step.callee)
                   : quoted(step.caller) + " runs " + quoted(step.callee) + " here";
}

Remark loopUse(const SharedThing &finding, const Program &program) {
  const Use &use = *finding.loopUse;
  if (finding.reason.kind == Reason::Kind::Completion)
    return {use.place, quoted(use.name) + " starts an operation on it here, which goes on on the "
                                          "event loop"};
  return {use.place, "on the event loop, " + bodyName(program.body(finding.loopUser)) +
                         " uses it here, with " + quoted(use.name)};
}

/// Why what looks like a proof is none.
void addAlmost(const SharedThing &finding, Place place, std::vector<Remark> &notes) {
  const AlmostProofs &almost = finding.almost;
  if (almost.lock)
    notes.push_back(
        {almost.lock->begin,
         quoted(almost.lock->name) + " is locked here, which does not keep the two apart: " +
             (almost.loopGoesOn ? "an operation goes on on the event loop after its start"
                                : "the event loop does not lock it")});
  if (finding.use.isEnding && finding.loopUse && !finding.otherLoop && !finding.crowd)
    notes.push_back({place, quoted(finding.use.name) +
                                " ends what is under way, and is a use like any other: the event "
                                "loop may be using it at that moment"});
  if (almost.wake)
    notes.push_back({almost.wake->place,
                     "to wake the event loop here, with " + quoted(almost.wake->name) +
                         ", comes too late: it need not be asleep while the other thread uses " +
                         quoted(finding.thing.name)});
  if (almost.wait)
    notes.push_back({almost.wait->place,
                     quoted(almost.wait->name) +
                         " waits for the thread here; that this comes before the event loop's use "
                         "is seen where one function starts the thread, waits for it, and uses "
                         "the thing afterwards"});
}

/// For what no model has words of its own.
constexpr llvm::StringLiteral AnyAdvice =
    "keep all that uses {} on one thread, and pass values to others";

/// What to write instead: the model's words, with the thing's name in them.
std::string advice(const SharedThing &finding, const Program &program) {
  if (finding.isSwitch)
    return "instead: let the coroutine come back to its loop before it uses " +
           quoted(finding.thing.name);
  if (finding.crowd)
    return "instead: give all that uses " + quoted(finding.thing.name) +
           " to one executor that runs one thing at a time, a strand; or let one thread run " +
           quoted(finding.crowd->loop);
  const Advice &advice = program.advice(finding.use.type);
  // What is in scope where the thing is used.
  bool isThis = isObject(finding);
  bool isWritten = !isThis && !finding.use.written.empty();
  llvm::StringRef name = isThis      ? "this"
                         : isWritten ? llvm::StringRef(finding.use.written)
                                     : finding.thing.name;
  if (size_t last = name.rfind("::"); last != llvm::StringRef::npos && !isWritten)
    name = name.substr(last + 2);
  bool isPointer = isThis || (isWritten ? finding.use.isPointer : finding.thing.isPointer);
  // "{}" stands for the object, "{*}" for a pointer to it.
  std::string text;
  llvm::StringRef rest = advice.text;
  if (rest.empty())
    rest = AnyAdvice;
  for (size_t at = rest.find('{'); at != llvm::StringRef::npos; at = rest.find('{')) {
    text += rest.take_front(at);
    rest = rest.drop_front(at);
    if (rest.consume_front("{}"))
      text += name.str() + (isPointer && rest.consume_front(".") ? "->" : "");
    else if (rest.consume_front("{*}"))
      text += (isPointer ? "" : "&") + name.str();
    else {
      text += '{';
      rest = rest.drop_front();
    }
  }
  return "instead: " + text + rest.str() + seeText(advice.page);
}

} // namespace

Message inWords(const SharedThing &finding, Place place, const Program &program) {
  Message message{{place, warning(finding)}, {}};
  message.notes.push_back(handOff(finding, program));
  for (const AccessStep &at : finding.chain)
    message.notes.push_back({at.place, step(at)});
  if (finding.otherLoop) {
    message.notes.push_back(
        {finding.otherLoop->usedRun, quoted(finding.otherLoop->used) + " is run here"});
    message.notes.push_back(
        {finding.otherLoop->homeRun, quoted(finding.otherLoop->home) + " is run here"});
  }
  if (finding.crowd)
    message.notes.push_back({finding.crowd->run, quoted(finding.crowd->loop) + " is run here"});
  if (finding.loopUse)
    message.notes.push_back(loopUse(finding, program));
  if (finding.loopUse && finding.reason.confidence == Confidence::Presumed)
    message.notes.push_back(reasonText(program.body(finding.loopUser), finding.reason, program));
  if (finding.made)
    message.notes.push_back({*finding.made, quoted(finding.thing.name) + " is made here"});
  addAlmost(finding, place, message.notes);
  message.notes.push_back({finding.thing.place, quoted(finding.thing.name) + " is declared here"});
  message.notes.push_back({place, advice(finding, program)});
  return message;
}

} // namespace async_tidy
