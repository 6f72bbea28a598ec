// Which of the things that facts written by hand keep may decide what is run.
#include "infer/Demand.h"
#include "HandFacts.h"
#include "infer/Links.h"
#include "infer/Things.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

namespace {

// Members.
constexpr EntityId Handler = 100;
constexpr EntityId Spare = 101;
constexpr EntityId Queue = 102;
constexpr EntityId Buffer = 200; // a variable

Term mine(EntityId member) {
  return Term::field(member, Term::thisObject());
}

bool isAskedFor(Facts &facts, EntityId member) {
  Program program = facts.program();
  return Demand(program).isAskedFor({{0, 1, 1}, mine(member), Term::variable(Buffer)});
}

TEST(Demand, WhatIsCalledIs) {
  Facts facts;
  facts.function(1);
  facts.callsValue(mine(Handler));
  EXPECT_TRUE(isAskedFor(facts, Handler));
  EXPECT_FALSE(isAskedFor(facts, Spare));
}

TEST(Demand, DataThatGoesRoundIsNot) {
  Facts facts;
  facts.function(1);
  facts.stores(Term::variable(Buffer), mine(Spare));
  facts.stores(mine(Spare), Term::variable(Buffer));
  facts.callsValue(mine(Handler));
  EXPECT_FALSE(isAskedFor(facts, Spare));
}

TEST(Demand, WhatIsMovedToWhereItIsCalledIs) {
  Facts facts;
  facts.function(1);
  facts.callsValue(Term::variable(Buffer));
  facts.function(2);
  facts.stores(Term::variable(Buffer), mine(Queue));
  facts.stores(mine(Queue), mine(Spare));
  EXPECT_TRUE(isAskedFor(facts, Queue));
  EXPECT_TRUE(isAskedFor(facts, Spare));
  EXPECT_FALSE(isAskedFor(facts, Handler));
}

TEST(Demand, WhatIsPassedToWhoCallsItIs) {
  Facts facts;
  facts.function(1);
  facts.callsValue(Term::parameter(0, 5));
  facts.function(2).callsWith(1, {Term(), Term::parameter(0, 6)});
  facts.function(3).callsWith(2, {Term(), mine(Handler)});
  facts.function(4);
  facts.function(5).callsWith(4, {Term(), mine(Spare)});
  EXPECT_TRUE(isAskedFor(facts, Handler));
  EXPECT_FALSE(isAskedFor(facts, Spare));
}

TEST(Demand, WhatAFunctionGivesThatIsCalledIs) {
  Facts facts;
  facts.function(1).gives(mine(Handler));
  facts.function(2).gives(mine(Spare));
  facts.function(3);
  facts.callsValue(Term::result(1, {Term::thisObject()}));
  EXPECT_TRUE(isAskedFor(facts, Handler));
  EXPECT_FALSE(isAskedFor(facts, Spare));
}

TEST(Demand, WhatAnOverriderGivesIs) {
  Facts facts;
  facts.function(1).gives(mine(Handler));
  facts.last().overrides = {9};
  facts.function(3);
  facts.callsValue(Term::result(9, {Term::thisObject()}));
  EXPECT_TRUE(isAskedFor(facts, Handler));
}

TEST(Demand, WhatARunVariableStandsForIs) {
  Facts facts;
  facts.function(1);
  facts.callsValue(Term::variable(Buffer));
  facts.function(2);
  facts.alias(Buffer, mine(Handler));
  EXPECT_TRUE(isAskedFor(facts, Handler));
}

TEST(Demand, ACallableIsKeptAlsoWhereNobodyCallsIt) {
  Facts facts;
  facts.function(1);
  facts.stores(mine(Spare), Term::function(2));
  facts.stores(mine(Queue), mine(Handler));
  facts.function(2);
  Program program = facts.program();
  Things things(program);
  Links links(program, things);
  EXPECT_FALSE(links.from({*program.find(2)}).empty());
}

} // namespace

} // namespace async_tidy::test
