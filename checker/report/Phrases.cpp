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

std::string stepText(const Body &caller, const Call &call, const Body *runs) {
  std::string who = quoted(caller.name);
  std::string what = quoted(call.name);
  switch (call.form) {
  case CallForm::Call:
    if (call.isVirtual && runs && runs->name != call.name)
      return who + " calls " + what + " here, which " + quoted(runs->name) + " overrides";
    return who + " calls " + what + " here";
  case CallForm::Construction:
    if (!call.via.empty())
      return who + " has " + quoted(call.via) + " construct an object with " + what + " here";
    return who + " constructs an object with " + what + " here";
  case CallForm::Destruction:
    return who + " destroys an object with " + what + " here";
  case CallForm::Callable:
    return who + " has " + quoted(call.via) + " call " + what + " here";
  }
  llvm_unreachable("all forms are handled");
}

Remark reasonText(const Body &root, const LoopReason &why, const Program &program) {
  std::string who = bodyName(root);
  std::string presumed = why.confidence == Confidence::Presumed
                             ? "is presumed to run on an event loop"
                             : "runs on an event loop";
  std::string gives = root.kind == BodyKind::Function ? " hands it over here" : " spawns it here";
  switch (why.kind) {
  case LoopReason::Kind::Presumed:
    return {root.place, who + " is presumed to run on an event loop: no spawn of it is seen"};
  case LoopReason::Kind::SpawnedNoIdea: {
    std::string text = who + " is presumed to run on an event loop: " + quoted(why.via) + gives;
    if (!why.executor.empty())
      text += ", and where " + quoted(why.executor) + " runs it is not seen";
    return {why.place, text};
  }
  case LoopReason::Kind::Spawned: {
    std::string text = who + " " + presumed + ": " + quoted(why.via) + gives;
    if (!why.executor.empty())
      text += " on " + quoted(why.executor);
    return {why.place, text};
  }
  case LoopReason::Kind::Awaited:
    return {why.place,
            who + " " + presumed + ": " + bodyName(program.body(why.parent)) + " awaits it here"};
  case LoopReason::Kind::Completion:
    return {why.place, "the event loop completes what " + quoted(why.via) + " starts here"};
  }
  llvm_unreachable("all kinds are handled");
}

} // namespace async_tidy
