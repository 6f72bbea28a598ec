#include "report/Explain.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

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
  case Kind::TemplateArgument:
    return "on the executor that is template argument " + std::to_string(at.index);
  }
  llvm_unreachable("all kinds are handled");
}

std::string inWords(const GoesOn &goesOn) {
  if (goesOn.kind == GoesOn::Kind::Ended)
    return "where the task ended";
  return goesOn.at.kind == RunsAt::Kind::Here ? "where it was" : inWords(goesOn.at);
}

class Writer {
public:
  explicit Writer(llvm::raw_ostream &out) : out(out) {}

  void head(llvm::StringRef name, const Source &source, const Versions &versions) {
    out << '\'' << name << "' (" << source.text() << ')';
    if (!versions.since.empty())
      out << ", since " << versions.since;
    if (!versions.until.empty())
      out << ", until " << versions.until;
    out << '\n';
  }

  void line(const llvm::Twine &text) { out << "  " << text << '\n'; }

  void conditions(llvm::StringRef word, llvm::ArrayRef<Condition> conditions) {
    for (const Condition &condition : conditions)
      line(word + " " + inWords(condition));
  }

  void function(const FunctionModel &model) {
    if (model.blocks)
      line((model.sure ? "blocks: " : "may block: ") + tierName(*model.blocks));
    if (model.neverBlocking)
      line("never blocks");
    if (model.handOff)
      line("what it is given to call is run " + inWords(model.handOff->on));
    if (model.goesOn)
      line("a coroutine that awaits it goes on " + inWords(model.goesOn));
    if (model.startsAsync)
      line("starts an operation that goes on on the event loop");
    if (model.runsLoop)
      line("runs an event loop");
    if (model.resumes)
      line("lets a coroutine go on, here and now");
    if (model.tellsReady)
      line("says whether its object is ready");
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
    if (model.threadSafe)
      line("may be shared between threads");
    if (model.refers != Refers::No)
      line("stands for another object");
    if (!model.instead.empty())
      line("instead: " + model.instead);
  }

private:
  llvm::raw_ostream &out;
};

/// What is said of `name` itself, or of all members of its class.
llvm::ArrayRef<const FunctionModel *> functionsOf(const Knowledge &knowledge,
                                                  llvm::StringRef name) {
  auto models = knowledge.functions(name, /*isC=*/true);
  size_t end = name.rfind("::");
  if (models.empty() && end != llvm::StringRef::npos)
    models = knowledge.members(name.take_front(end), name.drop_front(end + 2), true).models;
  return models;
}

llvm::StringRef lastPart(llvm::StringRef name) {
  size_t end = name.rfind("::");
  return end == llvm::StringRef::npos ? name : name.drop_front(end + 2);
}

/// Up to a few names that end as `name` does, or that are nearly spelled like it.
std::vector<std::string> namesLike(const Knowledge &knowledge, llvm::StringRef name) {
  constexpr size_t Limit = 5;
  std::vector<std::string> same, like;
  auto look = [&](llvm::StringRef other) {
    if (lastPart(other) == lastPart(name))
      same.push_back(other.str());
    else if (other.edit_distance(name, true, 3) < 3)
      like.push_back(other.str());
  };
  knowledge.forEachName(look);
  llvm::sort(same);
  llvm::sort(like);
  llvm::append_range(same, like);
  same.erase(llvm::unique(same), same.end());
  same.resize(std::min(same.size(), Limit));
  return same;
}

} // namespace

bool explainName(const Knowledge &knowledge, llvm::StringRef name, llvm::raw_ostream &out) {
  name.consume_front("::");
  Writer writer(out);
  auto functions = functionsOf(knowledge, name);
  for (const FunctionModel *model : functions) {
    writer.head(name, model->source, model->versions);
    writer.function(*model);
  }
  const TypeModel *type = knowledge.type(name);
  if (type) {
    writer.head(name, type->source, type->versions);
    writer.type(*type);
  }
  if (!functions.empty() || type)
    return true;
  out << "nothing is known of '" << name << "'\n";
  if (llvm::StringRef owner = knowledge.owner(name); !owner.empty())
    writer.line("it belongs to " + owner + ", whose code is never entered");
  for (const std::string &other : namesLike(knowledge, name))
    writer.line("known: " + other);
  return false;
}

} // namespace async_tidy
