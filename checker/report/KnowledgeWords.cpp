#include "report/KnowledgeWords.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace async_tidy {

namespace {

std::string oneOf(llvm::ArrayRef<llvm::StringRef> names) {
  return (names.size() == 1 ? "" : "one of ") + llvm::join(names, ", ");
}

std::string subjectOf(const Condition &c) {
  if (c.subject == Receiver)
    return "the object";
  return c.subject == -1 ? "the last argument" : "argument " + std::to_string(c.subject);
}

std::string inWords(const Condition &c) {
  using Kind = Condition::Kind;
  std::string subject = subjectOf(c), value = std::to_string(c.value);
  switch (c.kind) {
  case Kind::Equals:
    return subject + " is " + value;
  case Kind::HasFlag:
    return subject + " has the bits " + value;
  case Kind::AtMost:
    return subject + " is at most " + value;
  case Kind::AtLeast:
    return subject + " is at least " + value;
  case Kind::Null:
    return subject + " is null";
  case Kind::Zero:
    return subject + " is a duration of zero or less";
  case Kind::Within:
    return subject + " is a duration of at most " + value + " ms";
  case Kind::Type:
    return subject + " is of " + oneOf(c.names.names);
  case Kind::Object:
    return subject + " is " + oneOf(c.names.names);
  case Kind::Arguments:
    return "there are at least " + value + " arguments";
  case Kind::Ready:
    return "the object has just said that it is ready";
  case Kind::Moved:
    return "the object is moved from";
  case Kind::Called:
    return subject + " is given to " + oneOf(c.names.names) +
           (c.given ? " with " + std::to_string(*c.given) : "") + " in the same function";
  case Kind::MadeBy:
    return subject + " is made by " + oneOf(c.names.names);
  }
  llvm_unreachable("all kinds are handled");
}

std::string inWords(const RunsAt &at) {
  using Kind = RunsAt::Kind;
  switch (at.kind) {
  case Kind::Here:
    return "at once, by the caller";
  case Kind::Worker:
    return "on another thread";
  case Kind::Loop:
    return "on the event loop";
  case Kind::Own:
    return "on the executor that the coroutine was spawned on";
  case Kind::Later:
    return "later, where is not known";
  case Kind::Argument:
    return "on the executor of argument " + std::to_string(at.index);
  case Kind::Receiver:
    return "on the executor of the object";
  case Kind::Home:
    return "where argument " + std::to_string(at.index) + " lives";
  case Kind::TemplateArgument:
    return "on the executor that is template argument " + std::to_string(at.index);
  }
  llvm_unreachable("all kinds are handled");
}

/// "what it is given to call", "argument 2".
std::string callablesOf(const HandOffModel &handOff) {
  if (handOff.receiver)
    return "the object";
  if (handOff.callables.size() == 1 && handOff.callables.front() >= 0)
    return "argument " + std::to_string(handOff.callables.front());
  return "what it is given to call";
}

std::string inWords(const GoesOn &goesOn) {
  if (goesOn.kind == GoesOn::Kind::Ended)
    return "where the task ended";
  return goesOn.at.kind == RunsAt::Kind::Here ? "where it was" : inWords(goesOn.at);
}

std::string inWords(const ResultModel &result) {
  using Kind = ResultModel::Kind;
  switch (result.kind) {
  case Kind::Unknown:
    return "not known";
  case Kind::New:
    return "a new object";
  case Kind::Receiver:
    return "the object, or what that stands for";
  case Kind::Argument:
    return "argument " + std::to_string(result.index);
  case Kind::OnReceiver:
    return "a new object with the executor of this one";
  case Kind::Here:
    return "where the caller runs";
  case Kind::Loop:
    return "an event loop";
  case Kind::Worker:
    return "another thread";
  case Kind::Element:
    return "one of those that the object keeps";
  }
  llvm_unreachable("all kinds are handled");
}

/// Gathers sentences.
class Writer {
public:
  std::vector<std::string> take() { return std::move(lines); }

  void line(const llvm::Twine &text) { lines.push_back(text.str()); }

  void conditions(llvm::StringRef word, llvm::ArrayRef<Condition> conditions) {
    for (const Condition &condition : conditions)
      line(word + " " + inWords(condition));
  }

  void function(const FunctionModel &model) {
    if (model.blocks)
      line((model.sure ? "blocks: " : "may block: ") + tierName(*model.blocks));
    if (model.neverBlocking)
      line("never blocks");
    for (const HandOffModel &handOff : model.handOffs)
      line(callablesOf(handOff) + " is run " + inWords(handOff.on) +
           (handOff.mayBeAtOnce ? ", or at once" : ""));
    if (model.goesOn)
      line("a coroutine that awaits it goes on " + inWords(model.goesOn));
    if (model.startsAsync)
      line("starts an operation that goes on on the event loop");
    if (model.threadSafe)
      line("any thread may call it");
    if (model.runsLoop)
      line("runs an event loop");
    if (model.detaches)
      line("lets go of the thread that the object has");
    if (model.suspends)
      line("suspends the fiber that calls it");
    if (model.resumes)
      line("lets a coroutine go on, here and now");
    if (model.startsTask)
      line("starts the task that it is given, although its result is lazy");
    if (model.tellsReady)
      line("says whether its object is ready");
    if (model.binds)
      line("its result calls argument 0");
    if (model.keeps)
      line("the object keeps what it is given");
    if (model.adds)
      line("adds to what the object has");
    if (model.selfContained)
      line("reaches nothing but its object and what it is given");
    if (model.exchanges)
      line("two objects exchange what they keep");
    static constexpr llvm::StringLiteral locks[] = {
        "", "takes a lock", "takes a lock if it returns true", "takes a lock if it returns 0",
        "makes an object that can take a lock"};
    if (model.locks != LocksKind::No)
      line(locks[size_t(model.locks)]);
    if (model.unlocks)
      line("gives a lock back");
    if (model.wakesLoop)
      line("wakes an event loop");
    if (model.movesTo)
      line("its object lives with argument " + llvm::Twine(*model.movesTo) + " from then on");
    if (model.worksOn)
      line("works on argument " + llvm::Twine(model.worksOn.argument) + ", as " +
           model.worksOn.type);
    if (model.makes)
      line((model.makes.argument == TypedArgument::All
                ? "each " + model.makes.type
                : "argument " + llvm::Twine(model.makes.argument) + ", " + model.makes.type + ",") +
           " is one of those that threads may not share");
    if (model.constructs != ConstructsKind::None)
      line(model.constructs == ConstructsKind::Element
               ? "constructs an element from its arguments"
               : "constructs what its template argument names");
    if (model.result.kind != ResultModel::Kind::Unknown)
      line("its result is " + inWords(model.result));
    conditions("if", model.when);
    conditions("unless", model.unless);
    if (!model.instead.empty())
      line("instead: " + model.instead);
  }

  void type(const TypeModel &model) {
    static constexpr llvm::StringLiteral kinds[] = {"", "a task", "a generator",
                                                    "an asynchronous generator"};
    if (model.coroutine != CoroutineKind::None)
      line("a coroutine that returns it is " + kinds[size_t(model.coroutine)] +
           (model.eager ? ", which begins to run when it is called" : ""));
    if (model.lazy)
      line("does nothing until it is awaited or started" +
           (model.spawn.empty() ? "" : ": " + model.spawn));
    if (model.runs)
      line("an executor: what it is given is run " + inWords(*model.runs));
    if (model.goesOn)
      line("a coroutine that awaits one goes on " + inWords(model.goesOn));
    if (model.awaits)
      line("such a coroutine goes on " + inWords(model.awaits) + " after what does not say more");
    if (model.callable)
      line("keeps something that it calls");
    if (model.affinity != Affinity::None)
      line(model.affinity == Affinity::Affine ? "belongs to one thread (affine)"
                                              : "belongs to one thread at a time (exclusive)");
    if (!model.threadSafeMembers.empty())
      line("any thread may call " + llvm::join(model.threadSafeMembers, ", "));
    if (model.onlyIfMade)
      line("so only if it is made for that");
    if (!model.stops.empty())
      line(llvm::join(model.stops, ", ") + " only end what is under way");
    if (model.serial)
      line("runs one thing at a time");
    for (const CalledMembers &calls : model.calls)
      line("the library calls " + llvm::join(calls.names, ", ") +
           (calls.onWorker ? " on another thread" : " on the event loop"));
    if (model.threadSafe)
      line("may be shared between threads");
    if (model.view)
      line("shows what another object has, which must live longer");
    if (model.mutex)
      line("a lock that belongs to the thread that took it");
    if (model.value)
      line("a value: nothing that could be changed is reached through a copy");
    if (model.suspends)
      line("what is given one suspends the stackful coroutine that has it");
    if (model.refers != Refers::No)
      line("stands for another object");
    if (!model.instead.empty())
      line("instead: " + model.instead);
  }

private:
  std::vector<std::string> lines;
};

} // namespace

std::vector<std::string> sentences(const FunctionModel &model) {
  Writer writer;
  writer.function(model);
  return writer.take();
}

std::vector<std::string> sentences(const TypeModel &model) {
  Writer writer;
  writer.type(model);
  return writer.take();
}

std::string versionText(const Versions &versions) {
  return (versions.since.empty() ? "" : ", since " + versions.since.str()) +
         (versions.until.empty() ? "" : ", until " + versions.until.str());
}

} // namespace async_tidy
