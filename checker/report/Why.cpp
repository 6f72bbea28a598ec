#include "report/Why.h"
#include "report/Phrases.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

class Explainer {
public:
  Explainer(const Program &program, const Links &links, const Roots &roots)
      : program(program), links(links), roots(roots) {}

  /// Where all that `line` of `body` does runs, without the reasons.
  Message headline(BodyIndex body, uint32_t line) const {
    const Body &facts = program.body(body);
    const Reason *loop = nullptr, *worker = nullptr;
    const Reason *thread = roots.asLoopThread(links.statementsOf(body));
    for (Node node : nodesAt(body, line)) {
      loop = loop ? loop : roots.onLoop(node);
      worker = worker ? worker : roots.onWorker(node);
    }
    std::string where = loop && worker ? "runs on an event loop, and on worker threads too"
                        : loop         ? "runs on an event loop"
                        : worker       ? "runs on worker threads"
                        : thread       ? "runs an event loop on a thread of its own"
                                       : "runs where nothing shows";
    if (loop && loop->confidence == Confidence::Presumed)
      where = "is presumed to run on an event loop" +
              std::string(worker ? ", and runs on worker threads too" : "");
    std::string here = facts.stretches.empty() ? "" : ", at this line";
    Place place = facts.stretches.empty() ? facts.place : Place{facts.place.file, line, 1};
    return {{place, bodyName(facts) + " " + where + here}, {}};
  }

  Message explain(BodyIndex body, uint32_t line) const {
    const Body &facts = program.body(body);
    Message message = headline(body, line);
    bool isKnown = false;
    for (Node node : nodesAt(body, line)) {
      if (const Stretch *stretch = links.stretchOf(node); stretch && !stretch->places.empty())
        message.notes.push_back(arrivalText(facts, {stretch->places.front(), *stretch}));
      addReasons(node, Where::Loop, message);
      addReasons(node, Where::Worker, message);
      isKnown |= roots.onLoop(node) || roots.onWorker(node);
    }
    Node node = links.statementsOf(body);
    const Reason *thread = roots.asLoopThread(node);
    if (thread)
      message.notes.push_back(reasonText(facts, *thread, program));
    if (!isKnown && !thread)
      addUnknown(node, message);
    return message;
  }

  /// The lines of `body` on which something happens.
  static std::set<uint32_t> linesOf(const Body &body) {
    std::set<uint32_t> lines;
    auto add = [&](const auto &list) {
      for (const auto &fact : list)
        if (fact.place.file == body.place.file)
          lines.insert(fact.place.line);
    };
    add(body.calls);
    add(body.handOffs);
    add(body.awaits);
    add(body.uses);
    return lines;
  }

private:
  /// The nodes in which what stands on `line` of `body` runs; its beginning, if nothing is known
  /// that does.
  std::vector<Node> nodesAt(BodyIndex body, uint32_t line) const {
    const Body &facts = program.body(body);
    std::set<uint32_t> found;
    auto add = [&](const auto &list) {
      for (const auto &fact : list)
        if (fact.place.line == line && fact.place.file == facts.place.file)
          facts.forEachStretch(fact.stretches, [&](uint32_t stretch) { found.insert(stretch); });
    };
    add(facts.calls);
    add(facts.handOffs);
    add(facts.awaits);
    add(facts.uses);
    if (found.empty())
      found.insert(0);
    std::vector<Node> nodes;
    nodes.reserve(found.size());
    for (uint32_t stretch : found)
      nodes.push_back(links.statementsOf(body, stretch));
    return nodes;
  }

  /// Why `node` runs there, and why those that run it do.
  void addReasons(Node node, Where where, Message &message) const {
    constexpr unsigned Limit = 32;
    std::set<uint32_t> seen;
    for (unsigned step = 0; step != Limit && seen.insert(node.index()).second; ++step) {
      const Reason *reason = where == Where::Loop ? roots.onLoop(node) : roots.onWorker(node);
      if (!reason || links.isPlace(node))
        return;
      message.notes.push_back(
          reasonText(program.body(links.bodyOf(node)), *reason, program, where));
      addSubstitutions(node, *reason, message);
      bool isParents = reason->kind == Reason::Kind::Called ||
                       reason->kind == Reason::Kind::Awaited || reason->isParents;
      if (!isParents || reason->parent >= program.bodies().size())
        return;
      node = links.statementsOf(reason->parent);
    }
  }

  /// What the executor of a hand-off is, from the wrapper's own words to those of its caller.
  void addSubstitutions(Node node, const Reason &reason, Message &message) const {
    if (reason.kind != Reason::Kind::Given && reason.kind != Reason::Kind::Unclear)
      return;
    for (uint32_t index : links.from(node)) {
      const Link &link = links.all()[index];
      if (!link.handOff || link.site != reason.place ||
          link.evidence.place != reason.evidence.place)
        continue;
      Term term = link.given;
      Place at = link.evidence.via.empty() ? link.site : link.evidence.place;
      message.notes.push_back(
          {at, quoted(link.evidence.via.empty() ? link.handOff->via : link.evidence.via) +
                   " runs it on " + termText(term)});
      for (const Link *step : link.rise) {
        Term outer = links.lifted(term, *step);
        if (outer != term)
          message.notes.push_back(
              {step->site, termText(term) + " is " + termText(outer) + " here"});
        term = std::move(outer);
      }
      return;
    }
  }

  void addUnknown(Node node, Message &message) const {
    bool isRun = false;
    for (uint32_t index : links.from(node)) {
      const Link &link = links.all()[index];
      const Body *runner =
          links.isPlace(link.target()) ? nullptr : &program.body(links.bodyOf(link.target()));
      if (link.handOff) {
        std::string text = quoted(link.handOff->via) + " gets it here";
        if (!link.handOff->executor.empty())
          text += " for " + quoted(link.handOff->executor) + ", of which no thread is seen";
        message.notes.push_back({link.site, text});
      } else if (link.call && runner) {
        message.notes.push_back({link.site, bodyName(*runner) + " calls it here, and runs where "
                                                                "nothing shows"});
      } else {
        continue;
      }
      isRun = true;
    }
    if (!isRun)
      message.notes.push_back(
          {message.warning.place, "nothing that was analysed calls it, or hands it over"});
  }

  /// A term in the words of the source.
  std::string termText(const Term &term) const {
    auto name = [&](EntityId id) {
      const Variable *variable = program.variable(id);
      return variable ? quoted(variable->name) : std::string("something");
    };
    switch (term.kind) {
    case Term::Kind::Own:
      return "the executor that the coroutine was spawned on";
    case Term::Kind::Current:
      return "the executor of whoever runs it";
    case Term::Kind::Loop:
      return isNamed(term.parts[0]) ? "event loop " + termText(term.parts[0]) : "an event loop";
    case Term::Kind::Worker:
      return isNamed(term.parts[0]) ? "worker " + termText(term.parts[0]) : "a worker thread";
    case Term::Kind::Parameter:
      return "parameter " + name(term.id);
    case Term::Kind::Variable:
      return name(term.id);
    case Term::Kind::This:
      return "this object";
    case Term::Kind::Field:
      if (term.id == ExecutorField)
        return "the executor of " + termText(term.parts[0]);
      return name(term.id);
    case Term::Kind::Moved:
    case Term::Kind::Made:
      return termText(term.parts[0]);
    default:
      return "an executor of unknown origin";
    }
  }

  static bool isNamed(const Term &term) {
    return term.is(Term::Kind::Variable) || term.is(Term::Kind::Parameter) ||
           term.is(Term::Kind::Field) || term.is(Term::Kind::Made) || term.is(Term::Kind::Moved);
  }

  const Program &program;
  const Links &links;
  const Roots &roots;
};

} // namespace

std::vector<Message> explainAll(const Program &program, const Links &links, const Roots &roots,
                                llvm::StringRef file) {
  Explainer explainer(program, links, roots);
  std::vector<Message> messages;
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    if (const Body &facts = program.body(body); program.file(facts.place.file) == file)
      for (uint32_t line : Explainer::linesOf(facts)) {
        messages.push_back(explainer.headline(body, line));
        messages.back().warning.place = {facts.place.file, line, 1};
      }
  auto key = [](const Message &message) {
    return std::pair(message.warning.place, message.warning.text);
  };
  llvm::sort(messages, [&](const Message &a, const Message &b) { return key(a) < key(b); });
  return messages;
}

std::vector<Message> explain(const Program &program, const Links &links, const Roots &roots,
                             llvm::StringRef file, uint32_t line) {
  std::vector<BodyIndex> found;
  for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
    const Body &facts = program.body(body);
    if (program.file(facts.place.file) == file && facts.end.file == facts.place.file &&
        facts.place.line <= line && line <= facts.end.line)
      found.push_back(body);
  }
  auto key = [&](BodyIndex body) {
    const Body &facts = program.body(body);
    return std::tuple(facts.place, body);
  };
  llvm::sort(found, [&](BodyIndex a, BodyIndex b) { return key(a) > key(b); });
  std::vector<Message> messages;
  std::optional<Place> last;
  for (BodyIndex body : found) {
    const Body &facts = program.body(body);
    // The line is inside of what came before, and only that.
    if (last && *last != facts.place)
      break;
    messages.push_back(Explainer(program, links, roots).explain(body, line));
    if (facts.place.line < line && line < facts.end.line)
      last = facts.place;
  }
  return messages;
}

} // namespace async_tidy
