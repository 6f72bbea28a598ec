// async-unawaited-task in words.
#include "report/Phrases.h"

namespace async_tidy {

namespace {

std::string taskOf(const ForgottenTask &task) {
  if (task.name.empty())
    return "this task";
  return "the task of " + (task.name == "lambda" ? "a lambda" : quoted(task.name));
}

/// The call, or what stands for it where that is long.
std::string writtenOf(const ForgottenTask &task) {
  if (!task.written.empty())
    return task.written;
  llvm::StringRef name = task.name;
  bool isPlain = !name.empty() && name != "lambda" && !name.contains("operator");
  return isPlain ? name.substr(name.rfind(':') + 1).str() + "(...)" : "task";
}

/// Why it does not run by itself.
Remark lazyText(const ForgottenTask &task, const Advice &advice) {
  if (task.suspends.line != 0)
    return {task.suspends,
            "a coroutine that gives " + quoted(task.type) + " is suspended here, before it begins"};
  return {task.place, quoted(task.type) + " does nothing until it is awaited or started" +
                          seeText(advice.page)};
}

/// What to write instead: coroutines can await, all can start a task if the library has a way.
std::string insteadText(const ForgottenTask &task, const Body &body, const Advice &advice) {
  std::string written = writtenOf(task), spawn = advice.text;
  if (size_t at = spawn.find("{}"); at != std::string::npos)
    spawn.replace(at, 2, written);
  bool canAwait = body.kind == BodyKind::Task || body.kind == BodyKind::AsyncGenerator;
  if (!canAwait)
    return "instead: " +
           (spawn.empty() ? "co_await it in a coroutine, or give it to what starts it" : spawn);
  return "instead: co_await " + written +
         (spawn.empty() ? "" : "; or, not to wait for it, " + spawn);
}

} // namespace

Message inWords(const UnawaitedTask &finding, Place place, const Program &program) {
  const ForgottenTask &task = finding.task;
  const Advice &advice = program.advice(spawnKey(task.type));
  Message message{{place, taskOf(task) + " is never awaited, so it never runs"}, {}};
  if (!task.holder.empty())
    message.notes.push_back({task.holderPlace, quoted(task.holder) + " has it, and is never used"});
  if (task.cast.line != 0)
    message.notes.push_back(
        {task.cast, "the cast to void silences the compiler, and starts nothing"});
  message.notes.push_back(lazyText(task, advice));
  message.notes.push_back({place, insteadText(task, program.body(finding.body), advice)});
  return message;
}

} // namespace async_tidy
