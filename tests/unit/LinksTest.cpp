// From facts written by hand: what wrappers, members and executors come to, for each caller.
#include "Inferred.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

namespace {

constexpr EntityId Wrapper = 1;
constexpr EntityId Job = 10;
constexpr EntityId Other = 11;
constexpr EntityId A = 20; // variables
constexpr EntityId B = 21;
constexpr EntityId Action = 30; // a member that keeps a callable

Term someLoop() {
  return Term::loop(Term::current());
}

Facts &jobs(Facts &facts) {
  facts.function(Job).blocks(Tier::Sleep);
  facts.function(Other).blocks(Tier::Sleep);
  return facts;
}

TEST(Links, AWrappersArgumentRunsWhereTheWrapperHandsItTo) {
  Facts facts;
  jobs(facts);
  facts.function(Wrapper).handsOff(Term::parameter(0, 5), Term::worker());
  facts.task(2).callsWith(Wrapper, {Term(), Term::function(Job)});
  Inferred program(facts);
  EXPECT_TRUE(program.onWorker(Job));
  EXPECT_FALSE(program.onLoop(Job));
  const Reason *reason = program.roots.onWorker(program.node(Job));
  ASSERT_NE(reason, nullptr);
  EXPECT_EQ(reason->via, "f1") << "the caller sees the wrapper";
  EXPECT_EQ(reason->evidence.via, "spawn") << "which relies on what it calls";
}

TEST(Links, EachCallersExecutorIsItsOwn) {
  Facts facts;
  jobs(facts);
  facts.function(Wrapper).handsOff(Term::parameter(1, 6), Term::parameter(0, 5));
  facts.task(2).callsWith(Wrapper, {Term(), Term::worker(), Term::function(Job)});
  facts.task(3).callsWith(Wrapper, {Term(), someLoop(), Term::function(Other)});
  Inferred program(facts);
  EXPECT_TRUE(program.onWorker(Job));
  EXPECT_FALSE(program.onLoop(Job));
  EXPECT_TRUE(program.onLoop(Other));
  EXPECT_FALSE(program.onWorker(Other));
}

TEST(Links, WrappersOfWrappersAreFollowed) {
  Facts facts;
  jobs(facts);
  facts.function(Wrapper).handsOff(Term::parameter(1, 6), Term::parameter(0, 5));
  for (EntityId id = 2; id != 9; ++id)
    facts.function(id).callsWith(id - 1, {Term(), Term::parameter(0, 5), Term::parameter(1, 6)});
  facts.task(9).callsWith(8, {Term(), Term::worker(), Term::function(Job)});
  Inferred program(facts);
  EXPECT_TRUE(program.onWorker(Job));
  EXPECT_FALSE(program.onLoop(Job));
}

TEST(Links, WhatIsCalledInlineRunsWhereTheCallerDoes) {
  Facts facts;
  jobs(facts);
  facts.function(Wrapper).callsValue(Term::parameter(0, 5));
  facts.function(2).callsWith(Wrapper, {Term(), Term::function(Job)});
  facts.task(3).callsWith(Wrapper, {Term(), Term::function(Other)});
  facts.function(4).spawns(2, Term::worker());
  Inferred program(facts);
  EXPECT_TRUE(program.onWorker(Job));
  EXPECT_FALSE(program.onLoop(Job));
  EXPECT_TRUE(program.onLoop(Other));
  EXPECT_FALSE(program.onWorker(Other));
}

TEST(Links, WhatIsOnlyKeptHasNoWhere) {
  Facts facts;
  jobs(facts);
  facts.function(2).stores(Term::field(Action, Term::thisObject()), Term::function(Job));
  facts.task(3).stores(Term::variable(A), Term::function(Other));
  facts.variable(A).variable(Action);
  Inferred program(facts);
  EXPECT_FALSE(program.onLoop(Job) || program.onWorker(Job));
  EXPECT_FALSE(program.onLoop(Other) || program.onWorker(Other));
}

TEST(Links, WhatIsKeptRunsWhereItIsCalled) {
  Facts facts;
  jobs(facts);
  facts.function(2).stores(Term::field(Action, Term::thisObject()), Term::parameter(0, 5));
  facts.function(3).callsWith(2, {Term::variable(A), Term::function(Job)});
  facts.function(4).handsOff(Term::field(Action, Term::thisObject()), Term::worker());
  facts.variable(A).variable(Action);
  Inferred program(facts);
  EXPECT_TRUE(program.onWorker(Job));
  EXPECT_FALSE(program.onWorker(Other));
}

TEST(Links, ObjectsOfOneClassAreNotMixedUp) {
  Facts facts;
  jobs(facts);
  facts.function(Wrapper).callsValue(Term::field(Action, Term::thisObject()));
  facts.function(2).stores(Term::field(Action, Term::variable(A)), Term::function(Job));
  facts.stores(Term::field(Action, Term::variable(B)), Term::function(Other));
  facts.task(3).callsWith(Wrapper, {Term::variable(A)});
  facts.function(4).callsWith(Wrapper, {Term::variable(B)});
  facts.function(5).spawns(4, Term::worker());
  facts.variable(A).variable(B).variable(Action);
  Inferred program(facts);
  EXPECT_TRUE(program.onLoop(Job));
  EXPECT_FALSE(program.onWorker(Job));
  EXPECT_TRUE(program.onWorker(Other));
  EXPECT_FALSE(program.onLoop(Other));
}

TEST(Links, ALambdaKeepsWhatItCapturedHoweverFarItIsCarried) {
  // wrapper(executor, f) { hand-off([f] { f(); }, executor); }, behind a second one
  constexpr EntityId Inner = 3, Captured = 22;
  Facts facts;
  jobs(facts);
  facts.function(Wrapper).handsOff(Term::function(Inner), Term::parameter(0, 5));
  facts.alias(Captured, Term::parameter(1, 6));
  facts.lambda(Inner).in(Wrapper).callsValue(Term::variable(Captured));
  facts.function(2).callsWith(Wrapper, {Term(), Term::parameter(0, 7), Term::parameter(1, 8)});
  facts.task(4).callsWith(2, {Term(), Term::worker(), Term::function(Job)});
  facts.task(5).callsWith(2, {Term(), someLoop(), Term::function(Other)});
  facts.variable(Captured, Wrapper, false);
  Inferred program(facts);
  EXPECT_TRUE(program.onWorker(Job));
  EXPECT_FALSE(program.onLoop(Job));
  EXPECT_TRUE(program.onLoop(Other));
  EXPECT_FALSE(program.onWorker(Other));
}

TEST(Links, AContextThatOnlyFeedsThreadsIsAQueue) {
  Facts facts;
  jobs(facts);
  facts.function(2).handsOff(Term::function(Job), Term::loop(Term::variable(A)));
  facts.handsOff(Term::function(Other), Term::loop(Term::variable(B)));
  facts.stores(Term::field(ExecutorField, Term::variable(25)), Term::loop(Term::variable(B)));
  facts.function(3).runsLoop(Term::loop(Term::variable(A)));
  facts.function(4).spawns(3, Term::worker());
  facts.variable(A).variable(B).variable(25);
  Inferred program(facts);
  EXPECT_TRUE(program.onWorker(Job));
  EXPECT_TRUE(program.onLoop(Other)) << "an object that waits lives on it";
}

TEST(Links, GeneratorsRunOnWhoeverAdvancesThem) {
  Facts facts;
  facts.generator(1).blocks(Tier::Sleep);
  facts.generator(2).blocks(Tier::Sleep);
  facts.task(3).callsValue(Term::result(1, {}), {}, CallForm::Advance).calls(2);
  Inferred program(facts);
  EXPECT_TRUE(program.onLoop(1));
  EXPECT_FALSE(program.onLoop(2)) << "to make one runs nothing";
}

TEST(Links, RecursionEnds) {
  Facts facts;
  jobs(facts);
  facts.function(1).callsWith(2, {Term(), Term::parameter(0, 5)}).callsValue(Term::parameter(0, 5));
  facts.function(2).callsWith(1, {Term(), Term::parameter(0, 6)});
  facts.callsWith(2, {Term(), Term::function(2, {Term::parameter(0, 6)})});
  facts.task(3).callsWith(1, {Term(), Term::function(Job)});
  Inferred program(facts);
  EXPECT_TRUE(program.onLoop(Job));
}

} // namespace

} // namespace async_tidy::test
