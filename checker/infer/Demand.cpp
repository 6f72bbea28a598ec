#include "infer/Demand.h"
#include "infer/Things.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

Demand::Demand(const Program &program) : program(program), asksCaller(program.bodies().size()) {
  // What is run, and on which executors; and those of what is used.
  asked.insert(ExecutorField);
  for (BodyIndex body = 0; body != program.bodies().size(); ++body) {
    const Body &facts = program.body(body);
    for (const Call &call : facts.calls)
      ask(body, call.value);
    for (const HandOff &handOff : facts.handOffs) {
      ask(body, handOff.target);
      ask(body, handOff.where);
      for (const Term &term : handOff.passed)
        ask(body, term);
    }
    for (const Use &use : facts.uses)
      ask(body, use.thing);
    for (const Await &await : facts.awaits)
      ask(body, await.task);
    for (const Stretch &stretch : facts.stretches)
      ask(body, stretch.where);
    for (const TaskReturn &returned : facts.returns)
      for (const Term &term : returned.passed)
        ask(body, term);
  }
  while (ask()) {
  }
}

/// What decides what is asked for. Whether anything was new.
bool Demand::ask() {
  size_t before = asked.size() + asking;
  for (BodyIndex body = 0; body != program.bodies().size(); ++body)
    askIn(body);
  return asked.size() + asking != before;
}

void Demand::askIn(BodyIndex body) {
  const Body &facts = program.body(body);
  for (const Call &call : facts.calls)
    if (llvm::any_of(program.targets(call), [&](BodyIndex at) { return passes(at); }))
      for (const Term &term : call.passed)
        ask(body, term);
  auto isAsked = [&](EntityId id) { return asked.contains(id); };
  // Of a virtual function, what each says.
  if (isAsked(facts.id) || llvm::any_of(facts.overrides, isAsked))
    for (const Term &term : facts.gives)
      ask(body, term);
  for (const Alias &alias : facts.aliases)
    if (isAsked(alias.variable) || isAsked(alias.field))
      ask(body, alias.value);
  for (const Store &store : facts.stores)
    if (isAskedFor(store))
      ask(body, store.value);
}

void Demand::ask(BodyIndex body, const Term &term) {
  if (term.is(Term::Kind::Unknown))
    return;
  if (!asksCaller[body] && dependsOnCaller(term)) {
    asksCaller[body] = true;
    ++asking;
  }
  if (term.id != 0)
    asked.insert(term.id);
  for (const Term &part : term.parts)
    ask(body, part);
}

bool Demand::mentionsAsked(const Term &term) const {
  return asked.contains(term.id) ||
         llvm::any_of(term.parts, [&](const Term &part) { return mentionsAsked(part); });
}

} // namespace async_tidy
