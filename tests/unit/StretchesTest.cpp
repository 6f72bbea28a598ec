// From facts written by hand: where the stretches of coroutines run.
#include "Inferred.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

namespace {

constexpr EntityId Child = 1;
constexpr EntityId Pool = 20; // a variable

/// Begins a stretch of `body` after an await at `place`.
uint32_t begin(Body &body, Place place, Resumption resumption, Term where = {}) {
  body.stretches.push_back({{place}, resumption, std::move(where), "schedule", "pool", {0}});
  return uint32_t(body.stretches.size());
}

bool onLoop(const Inferred &program, EntityId id, uint32_t stretch) {
  return program.roots.onLoop(program.links.statementsOf(program.node(id).body, stretch));
}

bool onWorker(const Inferred &program, EntityId id, uint32_t stretch) {
  return program.roots.onWorker(program.links.statementsOf(program.node(id).body, stretch));
}

/// A task that switches to the executor it is given, and a parent that awaits it with `executor`.
void addParent(Facts &facts, EntityId id, Term executor) {
  facts.task(id).awaitsWith(Child, {Term(), std::move(executor)});
  Body &parent = facts.last();
  begin(parent, parent.awaits.back().place, Resumption::Ended);
  parent.awaits.back().stretches = {0};
  parent.ends = {1};
}

TEST(Stretches, AChildsEndIsItsParents) {
  Facts facts;
  facts.task(Child);
  begin(facts.last(), facts.last().place, Resumption::At, Term::parameter(0, 5));
  facts.last().ends = {1};
  addParent(facts, 2, Term::worker(Term::variable(Pool)));
  addParent(facts, 3, Term::loop(Term::current()));
  Inferred program(facts);
  EXPECT_TRUE(onWorker(program, 2, 1));
  EXPECT_FALSE(onLoop(program, 2, 1)) << "the other parent gives a loop";
  EXPECT_TRUE(onLoop(program, 3, 1));
  EXPECT_FALSE(onWorker(program, 3, 1));
  EXPECT_TRUE(onLoop(program, Child, 1)) << "whoever awaits it";
  EXPECT_TRUE(onWorker(program, Child, 1));
}

TEST(Stretches, AnEndWhereItBeganLeavesTheParentWhereItWas) {
  Facts facts;
  facts.task(Child);
  addParent(facts, 2, Term::worker());
  facts.task(3).handsOff(Term::result(2, {}), Term::worker());
  Inferred program(facts);
  EXPECT_TRUE(onWorker(program, 2, 1));
  EXPECT_FALSE(onLoop(program, 2, 1));
}

TEST(Stretches, AwaitsPassOnTheExecutorThatATaskWasSpawnedOn) {
  Facts facts;
  facts.task(Child);
  begin(facts.last(), facts.last().place, Resumption::Own);
  facts.last().ends = {1};
  addParent(facts, 2, Term());
  facts.task(3).handsOff(Term::result(2, {}), Term::worker());
  Inferred program(facts);
  EXPECT_TRUE(onWorker(program, Child, 1));
  EXPECT_FALSE(onLoop(program, Child, 1));
  EXPECT_TRUE(onWorker(program, 2, 1));
}

TEST(Stretches, WhatNobodyResumesIsNotKnown) {
  Facts facts;
  facts.task(Child);
  begin(facts.last(), facts.last().place, Resumption::Handle);
  Inferred program(facts);
  EXPECT_FALSE(onWorker(program, Child, 1));
  EXPECT_FALSE(onLoop(program, Child, 1));
}

TEST(Stretches, AfterAnUnclearAwaitALoopIsPresumedToGoOn) {
  Facts facts;
  facts.task(Child);
  begin(facts.last(), facts.last().place, Resumption::Unclear);
  facts.task(2);
  begin(facts.last(), facts.last().place, Resumption::Unclear);
  facts.task(3).handsOff(Term::result(2, {}), Term::worker());
  Inferred program(facts);
  EXPECT_TRUE(onLoop(program, Child, 1));
  EXPECT_FALSE(onLoop(program, 2, 1));
  EXPECT_FALSE(onWorker(program, 2, 1));
}

TEST(Stretches, NumbersThatDoNotExistAreIgnored) {
  Facts facts;
  facts.task(Child).blocks(Tier::Sleep);
  Body &body = facts.last();
  begin(body, body.place, Resumption::Ended);
  body.stretches[0].before = {7, 1, 0};
  body.calls[0].stretches = {9, 1};
  body.ends = {5};
  body.throws = {6, 1};
  Inferred program(facts);
  EXPECT_TRUE(onLoop(program, Child, 1));
}

} // namespace

} // namespace async_tidy::test
