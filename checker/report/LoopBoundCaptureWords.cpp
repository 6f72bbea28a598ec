// async-loop-bound-capture in words.
#include "report/Phrases.h"

namespace async_tidy {

namespace {

std::string warning(const SharedThing &finding) {
  std::string thing = quoted(finding.thing.name);
  std::string what = finding.use.kind == UseKind::Move
                         ? thing + " is moved from on another thread"
                         : quoted(finding.use.name) + " uses " + thing + " on another thread";
  if (finding.otherLoop)
    return quoted(finding.use.name) + " uses " + thing + " on the thread of event loop " +
           quoted(finding.otherLoop->used) + ", but it belongs to event loop " +
           quoted(finding.otherLoop->home) + ", which another thread runs";
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
  const Body &worker = program.body(finding.worker);
  if (handOff.via.empty())
    return {handOff.place, bodyName(worker) + " runs on another thread: it " + saidOf(worker)};
  std::string text = quoted(handOff.via) + " runs " + bodyName(worker);
  if (finding.otherLoop)
    return {handOff.place, text + " on " + quoted(finding.otherLoop->used) + " here"};
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
  const Use &use = finding.loopUse;
  if (finding.reason.kind == Reason::Kind::Completion)
    return {use.place, quoted(use.name) + " starts an operation on it here, which goes on on the "
                                          "event loop"};
  return {use.place, "on the event loop, " + bodyName(program.body(finding.loopUser)) +
                         " uses it here, with " + quoted(use.name)};
}

/// The model's words, with the thing's name in them.
std::string advice(const SharedThing &finding, const Program &program) {
  if (finding.isSwitch)
    return "let the coroutine come back to its loop before it uses " + quoted(finding.thing.name);
  const Advice &advice = program.advice(finding.use.type);
  llvm::StringRef name = finding.thing.name;
  if (size_t last = name.rfind("::"); last != llvm::StringRef::npos)
    name = name.substr(last + 2);
  std::string text;
  llvm::StringRef rest = advice.text;
  for (size_t at = rest.find("{}"); at != llvm::StringRef::npos; at = rest.find("{}")) {
    text += (rest.take_front(at) + name).str();
    rest = rest.drop_front(at + 2);
    if (finding.thing.isPointer && rest.consume_front("."))
      text += "->";
  }
  return text + rest.str() + seeText(advice.page);
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
  message.notes.push_back(loopUse(finding, program));
  if (finding.reason.confidence == Confidence::Presumed)
    message.notes.push_back(reasonText(program.body(finding.loopUser), finding.reason, program));
  message.notes.push_back({finding.thing.place, quoted(finding.thing.name) + " is declared here"});
  if (std::string text = advice(finding, program); !text.empty())
    message.notes.push_back({place, "instead: " + text});
  return message;
}

} // namespace async_tidy
