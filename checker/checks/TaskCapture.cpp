// async-task-capture: a variable referred to by what may run when it is gone.
#include "checks/Waits.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral Name = "async-task-capture";

class TaskCaptures {
public:
  explicit TaskCaptures(const CheckInput &input)
      : program(input.program), links(input.links), roots(input.roots), waits(input) {}

  std::vector<Finding> find() {
    for (const Link &link : links.all())
      if (makesCaptures(link) && (runsLater(link) || isKept(link)))
        for (const Capture &capture : program.body(link.home).captures)
          if (isOf(capture, link) && !mayWait(link, capture) && !diesBefore(link, capture))
            report(link, capture);
    return std::move(findings);
  }

private:
  bool makesCaptures(const Link &link) const {
    return !link.stretch && !links.isPlace(link.from) && link.home < program.bodies().size() &&
           !program.body(link.home).captures.empty();
  }

  /// Whether `link` gives something away that runs when whoever does so has gone on.
  static bool runsLater(const Link &link) {
    if (!link.handOff || link.handOff->isAwaited || link.handOff->mayBeAtOnce)
      return false;
    return link.where == Where::Loop || link.where == Where::Worker ||
           !link.handOff->executor.empty();
  }

  /// Whether `link` puts something into a queue, or any member, from which another thread takes it.
  bool isKept(const Link &link) const {
    if (!link.call || link.call->form != CallForm::Kept || !links.isPlace(link.target()))
      return false;
    const Term &keeper = links.keeperOf(link.target());
    const Variable *variable = program.variable(resourceIn(keeper));
    return variable && variable->owner == 0 && roots.onWorker(link.from);
  }

  bool isOf(const Capture &capture, const Link &link) const {
    const Body &callable = program.body(links.bodyOf(link.from));
    if (capture.callable != callable.id)
      return false;
    switch (capture.form) {
    case CaptureForm::Reference:
      return true;
    case CaptureForm::Pointer:
      return callable.isLambda || isBoundBy(capture, link);
    case CaptureForm::View:
    case CaptureForm::Iterator:
      if (callable.isLambda && !Links::isTask(callable))
        return true;
      [[fallthrough]];
    case CaptureForm::Argument:
    case CaptureForm::Object:
    case CaptureForm::Closure:
      // What begins when it is called may have done with it before it sleeps.
      return Links::isTask(callable) && !callable.isEager;
    }
    llvm_unreachable("all forms are handled");
  }

  /// Whether it is this hand-off that passes the pointer.
  static bool isBoundBy(const Capture &capture, const Link &link) {
    return link.handOff && capture.since <= link.site && link.site <= capture.place;
  }

  /// Whether somebody may wait for what `link` runs before what is captured dies: the body that
  /// makes it, or one of those through which it gets to the hand-off.
  bool mayWait(const Link &link, const Capture &capture) const {
    if (waits.mayWait(link.home, capture))
      return true;
    if (!link.handOff)
      return false; // what is called to keep it is called by the body
    BodyIndex body = links.bodyOf(link.rise.empty() ? link.target() : link.rise.front()->from);
    Place site = link.evidence.place.line != 0 ? link.evidence.place : link.handOff->place;
    for (const Link *step : link.rise) {
      if (body == link.home)
        return false;
      if (body < program.bodies().size() && waits.mayWaitAfter(body, site))
        return true;
      site = step->site;
      body = links.bodyOf(step->target());
    }
    return body != link.home;
  }

  /// Whether what runs it dies before what is captured, and so, as is to be hoped, does not run it
  /// any more.
  bool diesBefore(const Link &link, const Capture &capture) const {
    const Body &home = program.body(link.home);
    auto isBefore = [&](EntityId id) {
      const Variable *variable = id == 0 ? nullptr : program.variable(id);
      if (!variable || variable->owner != home.id || !variable->isSeat ||
          variable->place.file != capture.begin.file)
        return false;
      // An event loop does not run by itself.
      bool isWithIt = link.where != Where::Worker && capture.end == home.end;
      return isWithIt || (capture.begin < variable->place && variable->place <= capture.end);
    };
    if (!link.handOff)
      return isBefore(originOf(links.keeperOf(link.target())));
    return isBefore(link.handOff->holder) || isBefore(originOf(link.executor)) ||
           isBefore(originOf(link.given));
  }

  void report(const Link &link, const Capture &capture) {
    if (program.isSuppressed(capture.place, Name) || program.isSuppressed(link.site, Name))
      return;
    DyingCapture found;
    found.capture = capture;
    found.home = link.home;
    found.callable = links.bodyOf(link.from);
    if (link.handOff)
      found.handOff = *link.handOff;
    else
      found.kept = links.name(link.target().body);
    found.site = link.site;
    found.evidence = link.evidence;
    findings.push_back({Name, capture.place, std::move(found)});
  }

  const Program &program;
  const Links &links;
  const Roots &roots;
  Waits waits;
  std::vector<Finding> findings;
};

} // namespace

std::vector<Finding> findTaskCaptures(const CheckInput &input) {
  return TaskCaptures(input).find();
}

} // namespace async_tidy
