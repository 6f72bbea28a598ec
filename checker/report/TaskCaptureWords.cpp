// async-task-capture in words.
#include "report/Phrases.h"

namespace async_tidy {

namespace {

/// "a lambda", "coroutine 'session'", "'work'".
std::string runner(const DyingCapture &finding, const Program &program) {
  return bodyName(program.body(finding.callable));
}

std::string warning(const DyingCapture &finding, const Program &program) {
  const Capture &capture = finding.capture;
  std::string who = runner(finding, program);
  std::string what = capture.name.empty() ? "a temporary" : quoted(capture.name);
  std::string when = capture.isTurn ? " has changed" : " is gone";
  switch (capture.form) {
  case CaptureForm::Reference:
    return what + " is captured by reference in " + who + " that may run after it" + when;
  case CaptureForm::Pointer:
    return who + " gets a pointer to " + what + ", and may run after that" + when;
  case CaptureForm::View:
    return who + " gets a view of " + what + ", and may run after that" + when;
  case CaptureForm::Iterator:
    return who + " gets an iterator into " + what + ", and may run after that" + when;
  case CaptureForm::Argument:
    return who + " gets a reference to " + what + ", and may run after that" + when;
  case CaptureForm::Object:
    return who + " is called on " + what + ", and may run after that" + when;
  case CaptureForm::Closure:
    return (capture.name.empty() ? "this lambda" : what) +
           " is a coroutine, which may run after the lambda, and so what that captured, is gone";
  }
  llvm_unreachable("all forms are handled");
}

Remark handOff(const DyingCapture &finding, const Program &program) {
  if (!finding.kept.empty())
    return {finding.site,
            quoted(finding.kept) + " keeps it from here on, and another thread runs it"};
  bool isTask = program.body(finding.callable).kind != BodyKind::Function;
  std::string text = quoted(finding.handOff.via) + (isTask ? " spawns it" : " takes it") + " here";
  if (!finding.evidence.via.empty())
    text += ", and " + quoted(finding.evidence.via) + " at " +
            placeText(finding.evidence.place, program) + " hands it over";
  if (!finding.handOff.executor.empty())
    text += " on " + quoted(finding.handOff.executor);
  return {finding.site, text + ", to run later"};
}

/// Where it dies, or changes.
Remark end(const DyingCapture &finding, const Program &program) {
  const Capture &capture = finding.capture;
  if (capture.name.empty())
    return {capture.place, "it dies at the end of this statement"};
  if (capture.isTurn)
    return {capture.begin, quoted(capture.name) + " is another each time round this loop"};
  std::string who = program.body(finding.callable).isLambda ? "it" : runner(finding, program);
  return {capture.end, quoted(capture.name) + " dies here, and nothing in " +
                           bodyName(program.body(finding.home)) + " waits for " + who +
                           " before that"};
}

std::string advice(const DyingCapture &finding) {
  const Capture &capture = finding.capture;
  switch (capture.form) {
  case CaptureForm::Reference:
    return "instead: capture it by value, [" + capture.name +
           "], or move it in, or wait before it" + (capture.isTurn ? " changes" : " dies");
  case CaptureForm::Pointer:
    return "instead: pass a copy, or a pointer that shares ownership, or wait before it dies";
  case CaptureForm::View:
  case CaptureForm::Iterator:
    return "instead: give it a copy of what that has, or wait before it dies";
  case CaptureForm::Argument:
    return "instead: let the coroutine take this parameter by value";
  case CaptureForm::Object:
    return "instead: keep the object alive as long as the coroutine runs: with a pointer that "
           "shares "
           "ownership, which the coroutine has a copy of";
  case CaptureForm::Closure:
    return "instead: pass what it captures as parameters, by value; or give " +
           quoted(finding.handOff.via) + " the lambda itself, uncalled, if that takes one";
  }
  llvm_unreachable("all forms are handled");
}

} // namespace

Message inWords(const DyingCapture &finding, Place place, const Program &program) {
  Message message{{place, warning(finding, program)}, {}};
  message.notes.push_back(handOff(finding, program));
  message.notes.push_back(end(finding, program));
  message.notes.push_back({place, advice(finding)});
  return message;
}

} // namespace async_tidy
