// Facts written by hand, in the order of their lines.
#ifndef ASYNC_TIDY_TESTS_UNIT_HANDFACTS_H
#define ASYNC_TIDY_TESTS_UNIT_HANDFACTS_H

#include "facts/Program.h"

namespace async_tidy::test {

/// Places are one line a call, in order.
class Facts {
public:
  Facts() { unit.mainFile = "a.cpp", unit.files = {"a.cpp"}; }

  Facts &function(EntityId id) { return add(id, BodyKind::Function); }

  Facts &task(EntityId id) { return add(id, BodyKind::Task); }

  Facts &generator(EntityId id) { return add(id, BodyKind::Generator); }

  /// The body just begun.
  Body &last() { return unit.bodies.back(); }

  Facts &calls(EntityId callee, bool isVirtual = false) {
    Call call;
    call.place = next();
    call.callee = callee;
    call.isVirtual = isVirtual;
    call.name = "f" + std::to_string(callee);
    last().calls.push_back(call);
    return *this;
  }

  Facts &blocks(Tier tier, bool sure = true) {
    Call call;
    call.place = next();
    call.name = tierName(tier).str();
    call.sink = Sink{tier, sure, "", ""};
    last().calls.push_back(call);
    return *this;
  }

  Facts &runsLoop(Term which = {}) {
    blocks(Tier::Deadlock);
    last().calls.back().runsLoop = true;
    last().calls.back().passed.push_back(std::move(which));
    return *this;
  }

  /// The lambda just begun is made by `around`.
  Facts &in(EntityId around) {
    last().around = around;
    return *this;
  }

  Facts &awaits(EntityId child) { return awaitsWith(child, {}); }

  Facts &callsWith(EntityId callee, std::vector<Term> passed) {
    calls(callee);
    last().calls.back().passed = std::move(passed);
    return *this;
  }

  Facts &awaitsWith(EntityId child, std::vector<Term> passed) {
    last().awaits.push_back({next(), Term::result(child, std::move(passed)), {}});
    return *this;
  }

  Facts &uses(Term thing, UseKind kind = UseKind::Call) {
    Use use;
    use.place = next();
    use.kind = kind;
    use.isAwaited = kind == UseKind::Async;
    use.thing = std::move(thing);
    use.name = "use";
    use.type = "socket";
    last().uses.push_back(std::move(use));
    return *this;
  }

  Facts &gives(Term thing) {
    last().gives.push_back(std::move(thing));
    return *this;
  }

  Facts &alias(EntityId variable, Term value) {
    last().aliases.push_back({variable, std::move(value)});
    return *this;
  }

  Facts &lambda(EntityId id) {
    function(id);
    last().isLambda = true;
    return *this;
  }

  /// A variable; of a body if it has an owner.
  Facts &variable(EntityId id, EntityId owner = 0, bool isSeat = true) {
    unit.variables.push_back({id, "v" + std::to_string(id), next(), owner, isSeat, true, false, 0});
    return *this;
  }

  /// Hands off what `target` is: a task, or a callable, to an executor.
  Facts &handsOff(Term target, Term executor) {
    last().handOffs.push_back({next(),
                               std::move(target),
                               std::move(executor),
                               "spawn",
                               "",
                               "executor",
                               false,
                               {},
                               false,
                               {},
                               0,
                               {},
                               {}});
    return *this;
  }

  Facts &spawns(EntityId target, Term executor) {
    return handsOff(Term::function(target), std::move(executor));
  }

  /// Calls what a value stands for.
  Facts &callsValue(Term value, std::vector<Term> passed = {}, CallForm form = CallForm::Call) {
    Call call;
    call.place = next();
    call.form = form;
    call.value = std::move(value);
    call.passed = std::move(passed);
    last().calls.push_back(call);
    return *this;
  }

  Facts &stores(Term target, Term value) {
    last().stores.push_back({next(), std::move(target), std::move(value)});
    return *this;
  }

  Facts &nolint(llvm::StringRef checks = "*") {
    unit.suppressions.push_back({0, line, checks.str()});
    return *this;
  }

  /// The unit; nothing is left of it here.
  Unit take() {
    normalize(unit);
    return std::move(unit);
  }

  Program program() {
    normalize(unit);
    return Program::link({unit});
  }

private:
  Facts &add(EntityId id, BodyKind kind) {
    Body body;
    body.id = id;
    body.name = "f" + std::to_string(id);
    body.place = next();
    body.kind = kind;
    unit.bodies.push_back(body);
    return *this;
  }

  Place next() { return {0, ++line, 1}; }

  Unit unit;
  uint32_t line = 0;
};

} // namespace async_tidy::test

#endif
