#include "report/Words.h"

namespace async_tidy {

namespace {

std::string quoted(llvm::StringRef name) {
  return ("'" + name + "'").str();
}

std::string coroutineName(const Body &body) {
  return body.name == "lambda" ? "a lambda coroutine" : "coroutine " + quoted(body.name);
}

/// "which sleeps", "which waits for the disk".
std::string effect(const Sink &sink) {
  return ("which " + tierPhrase(sink.tier) + (sink.sure ? "" : ", if it has to")).str();
}

/// "'load' calls 'read' here".
std::string step(const Body &caller, const Call &call, const Body *runs) {
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

std::string warning(const Finding &finding, const Body &root) {
  const Sink &sink = finding.sink();
  std::string where = (sink.sure ? " blocks" : " may block");
  where += " the event loop in " + coroutineName(root);
  std::string tier = (" (" + tierName(sink.tier) + ")").str();
  const Call &first = finding.chain.front().call;
  if (finding.chain.size() == 1)
    return quoted(first.name) + where + tier;
  return quoted(first.name) + where + ": it reaches " + quoted(finding.chain.back().call.name) +
         tier;
}

/// Why the root is loop code.
Remark reason(const Finding &finding, const Program &program) {
  const Body &root = program.body(finding.root);
  const LoopReason &why = finding.reason;
  std::string who = coroutineName(root);
  std::string presumed = why.confidence == Confidence::Presumed
                             ? "is presumed to run on an event loop"
                             : "runs on an event loop";
  std::string text;
  switch (why.kind) {
  case LoopReason::Kind::Presumed:
    return {root.place, who + " is presumed to run on an event loop: no spawn of it is seen"};
  case LoopReason::Kind::SpawnedNoIdea:
    text = who + " is presumed to run on an event loop: " + quoted(why.via) + " spawns it here";
    if (!why.executor.empty())
      text += ", and where " + quoted(why.executor) + " runs it is not seen";
    return {why.place, text};
  case LoopReason::Kind::Spawned:
    text = who + " " + presumed + ": " + quoted(why.via) + " spawns it here";
    if (!why.executor.empty())
      text += " on " + quoted(why.executor);
    return {why.place, text};
  case LoopReason::Kind::Awaited:
    return {why.place, who + " " + presumed + ": " + coroutineName(program.body(why.parent)) +
                           " awaits it here"};
  }
  llvm_unreachable("all kinds are handled");
}

std::string advice(const Finding &finding, const Body &root, const Knowledge &knowledge) {
  const Sink &sink = finding.sink();
  std::string text = knowledge.replacement(root.framework, sink.tier).str();
  if (!sink.instead.empty())
    text += (text.empty() ? "" : "; or ") + sink.instead;
  return text;
}

} // namespace

Message inWords(const Finding &finding, const Program &program, const Knowledge &knowledge) {
  const Body &root = program.body(finding.root);
  Message message{{finding.place, warning(finding, root)}, {}};
  for (size_t i = 0; i != finding.chain.size(); ++i) {
    const Call &call = finding.chain[i].call;
    bool isLast = i + 1 == finding.chain.size();
    const Body *runs = isLast ? nullptr : &program.body(finding.chain[i + 1].caller);
    bool saysMore =
        i != 0 || (call.isVirtual && runs && runs->name != call.name) || !call.via.empty();
    if (!saysMore)
      continue;
    std::string text = step(program.body(finding.chain[i].caller), call, runs);
    message.notes.push_back({call.place, isLast ? text + ", " + effect(finding.sink()) : text});
  }
  if (finding.furtherSinks != 0)
    message.notes.push_back(
        {finding.place,
         std::to_string(finding.furtherSinks) + " more " + tierName(finding.sink().tier).str() +
             (finding.furtherSinks == 1 ? " call is" : " calls are") + " reached from here"});
  message.notes.push_back(reason(finding, program));
  if (std::string text = advice(finding, root, knowledge); !text.empty())
    message.notes.push_back({finding.place, "instead: " + text});
  return message;
}

} // namespace async_tidy
