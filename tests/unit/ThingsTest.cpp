// Terms of facts written by hand: what they become where a body is run, and which may be one thing.
#include "HandFacts.h"
#include "infer/Accesses.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

namespace {

constexpr EntityId Socket = 100; // a field
constexpr EntityId Other = 101;
constexpr EntityId A = 200; // variables
constexpr EntityId B = 201;

Term socketOf(Term object) {
  return Term::field(Socket, std::move(object));
}

/// `term`, of body 1, for body 2 that passes `passed`.
Term lifted(Facts &facts, const Term &term, std::vector<Term> passed = {}) {
  Program program = facts.program();
  Things things(program);
  for (Term &value : passed)
    value = things.resolved(value, *program.find(2));
  return things.lift(things.resolved(term, *program.find(1)), *program.find(1), *program.find(2),
                     passed);
}

Facts twoFunctions() {
  Facts facts;
  facts.function(1).calls(9);
  facts.function(2).calls(9);
  return facts;
}

TEST(Things, ParametersBecomeWhatIsPassed) {
  Facts facts = twoFunctions();
  EXPECT_EQ(lifted(facts, Term::parameter(0, 5), {Term(), Term::variable(A)}), Term::variable(A));
  EXPECT_EQ(lifted(facts, socketOf(Term::parameter(1, 5)), {Term(), Term(), Term::thisObject()}),
            socketOf(Term::thisObject()));
  EXPECT_EQ(lifted(facts, Term::parameter(3, 5), {Term(), Term::variable(A)}), Term());
}

TEST(Things, ThisBecomesTheObject) {
  Facts facts = twoFunctions();
  EXPECT_EQ(lifted(facts, socketOf(Term::thisObject()), {Term::variable(A)}),
            socketOf(Term::variable(A)));
  EXPECT_EQ(lifted(facts, socketOf(Term::thisObject())), socketOf(Term()));
}

TEST(Things, LambdasSeeTheThisAndTheVariablesAroundThem) {
  Facts facts;
  facts.lambda(1).calls(9);
  facts.function(2).calls(9).alias(A, Term::parameter(0, 5)).variable(A, 2).variable(B, 2);
  facts.uses(Term::variable(A)).uses(Term::variable(B));
  EXPECT_EQ(lifted(facts, Term::thisObject()), Term::thisObject());
  EXPECT_EQ(lifted(facts, Term::variable(A)), Term::parameter(0, 5));
  EXPECT_EQ(lifted(facts, Term::variable(B)), Term::variable(B));
}

TEST(Things, WhatABodyMakesIsItsOwn) {
  Facts facts;
  facts.function(1)
      .uses(Term::variable(A))
      .uses(Term::variable(B))
      .variable(A, 1, true)
      .variable(B, 1, false);
  facts.function(2).calls(9);
  EXPECT_EQ(lifted(facts, Term::variable(A)), Term::fresh());
  EXPECT_EQ(lifted(facts, socketOf(Term::variable(A))), Term::fresh());
  EXPECT_EQ(lifted(facts, Term::variable(B)), Term()) << "a pointer may point to anything";
  EXPECT_EQ(lifted(facts, socketOf(Term::variable(B))), socketOf(Term()));
}

TEST(Things, ResultsBecomeWhatFunctionsGive) {
  Facts facts;
  facts.function(1).calls(9);
  facts.function(2).calls(9);
  facts.function(3).gives(socketOf(Term::thisObject()));
  facts.function(4).gives(Term::fresh());
  facts.function(5).gives(Term::variable(A)).gives(Term::variable(B));
  facts.function(6).gives({Term::Kind::Result, 6, 0, {}}); // calls itself
  auto result = [](EntityId of, Term object) {
    return Term{Term::Kind::Result, of, 0, {std::move(object)}};
  };
  EXPECT_EQ(lifted(facts, result(3, Term::variable(A))), socketOf(Term::variable(A)));
  EXPECT_EQ(lifted(facts, socketOf(result(4, Term()))), Term::fresh());
  EXPECT_EQ(lifted(facts, result(5, Term())), Term()) << "not one thing";
  EXPECT_EQ(lifted(facts, result(6, Term())), Term());
  EXPECT_EQ(lifted(facts, result(77, Term())), Term());
}

TEST(Things, DepthIsBounded) {
  Facts facts = twoFunctions();
  Term list = Term::thisObject();
  for (unsigned i = 0; i != 2 * TermDepth; ++i)
    list = lifted(facts, Term::field(Socket, Term::parameter(0, 5)), {Term(), list});
  unsigned depth = 0;
  for (const Term *at = &list; !at->parts.empty(); at = &at->parts[0])
    ++depth;
  EXPECT_LT(depth, TermDepth);
}

TEST(Things, OneThing) {
  Facts facts = twoFunctions();
  facts.uses(Term::variable(A)).uses(Term::variable(B)).variable(A).variable(B);
  Program program = facts.program();
  Things things(program);
  EXPECT_TRUE(things.maybeSame(Term::variable(A), Term::variable(A)));
  EXPECT_FALSE(things.maybeSame(Term::variable(A), Term::variable(B)));
  EXPECT_TRUE(things.maybeSame(Term::moved(Term::variable(A)), Term::variable(A)));
  EXPECT_FALSE(things.maybeSame(socketOf(Term()), Term::field(Other, Term())));
  EXPECT_TRUE(things.maybeSame(socketOf(Term()), socketOf(Term::variable(A))))
      << "instances are merged";
  EXPECT_FALSE(things.maybeSame(socketOf(Term::variable(B)), socketOf(Term::variable(A))))
      << "unless there are two objects to be seen";
}

TEST(Terms, ShareWhatIsNotChanged) {
  const Term socket = socketOf(Term::variable(A));
  Term copy = socket;
  EXPECT_TRUE(copy.parts.isSharedWith(socket.parts));
  copy.parts[0] = Term::variable(B);
  EXPECT_EQ(socket, socketOf(Term::variable(A)));
  EXPECT_EQ(copy, socketOf(Term::variable(B)));
  auto same = [](const Term &part) { return part; };
  EXPECT_TRUE(withParts(socket, same).parts.isSharedWith(socket.parts));
}

// ---- who uses what where

struct Seen {
  explicit Seen(Facts &facts) : program(facts.program()) {}

  Program program;
  Things things{program};
  Links links{program, things};
  Roots roots{program, links};
  Accesses accesses{program, links, roots, things, [](Place) { return false; }};
  const std::vector<Access> &workers = accesses.onWorkers();
  const std::vector<Access> &loops = accesses.onLoops();
};

TEST(Accesses, CallersOfOneHelperAreNotMixedUp) {
  Facts facts;
  facts.function(1).uses(Term::parameter(0, 5));
  facts.function(2).callsWith(1, {Term(), Term::variable(A)}); // on a worker
  facts.task(3).callsWith(1, {Term(), Term::variable(B)});     // on the loop
  facts.function(4).spawns(2, Term::worker()).spawns(3, Term::loop());
  facts.variable(A).variable(B);
  Seen seen(facts);
  ASSERT_EQ(seen.workers.size(), 1U);
  EXPECT_EQ(seen.workers[0].thing, Term::variable(A));
  ASSERT_EQ(seen.loops.size(), 1U);
  EXPECT_EQ(seen.loops[0].thing, Term::variable(B));
}

TEST(Accesses, AwaitsPassThingsOn) {
  Facts facts;
  facts.task(1).uses(Term::parameter(0, 5), UseKind::Async);
  facts.task(2).awaitsWith(1, {Term(), Term::variable(A)});
  facts.function(4).spawns(2, Term::loop());
  facts.variable(A);
  Seen seen(facts);
  EXPECT_TRUE(seen.workers.empty());
  ASSERT_EQ(seen.loops.size(), 1U);
  EXPECT_EQ(seen.loops[0].thing, Term::variable(A));
  EXPECT_EQ(seen.loops[0].path.size(), 2U);
}

TEST(Accesses, AThreadThatRunsTheLoopIsNoWorker) {
  Facts facts;
  facts.function(1).uses(Term::variable(A)).calls(2);
  facts.function(2).runsLoop();
  facts.function(3).uses(Term::variable(A));
  facts.function(4).spawns(1, Term::worker()).spawns(3, Term::worker());
  facts.variable(A);
  Seen seen(facts);
  ASSERT_EQ(seen.workers.size(), 1U);
  EXPECT_EQ(seen.workers[0].handOff().from.body, 2U);
}

TEST(Accesses, AnOperationIsUnderWayOnTheLoop) {
  Facts facts;
  facts.function(1).uses(Term::variable(A), UseKind::Async).uses(Term::variable(A));
  facts.variable(A);
  Seen seen(facts);
  ASSERT_EQ(seen.loops.size(), 1U);
  EXPECT_TRUE(seen.loops[0].isInFlight);
  EXPECT_EQ(seen.loops[0].reason->kind, Reason::Kind::Completion);
}

TEST(Accesses, RecursionEnds) {
  Facts facts;
  facts.function(1).uses(socketOf(Term::parameter(0, 5)));
  facts.callsWith(1, {Term(), Term::field(Other, Term::parameter(0, 5))});
  facts.function(2).callsWith(1, {Term(), Term::variable(A)}).callsWith(2, {});
  facts.function(3).spawns(2, Term::worker());
  facts.variable(A);
  EXPECT_FALSE(Seen(facts).workers.empty());
}

TEST(Accesses, TheNearestHandOffsOfOneThingCount) {
  Facts facts;
  constexpr EntityId Last = 3000;
  facts.function(1).uses(Term::variable(A));
  for (EntityId id = 1000; id != Last; ++id)
    facts.task(id).calls(1);
  facts.function(2).spawns(1, Term::worker());
  for (EntityId id = 1000; id != Last; ++id)
    facts.spawns(id, Term::loop());
  facts.variable(A);
  Seen seen(facts);
  EXPECT_EQ(seen.workers.size(), 1U);
  EXPECT_EQ(seen.loops.size(), 128U);
}

TEST(Accesses, TheNearestCallersOfOneThingCount) {
  auto workers = [](EntityId length) {
    Facts facts;
    facts.function(1000).uses(Term::variable(A));
    for (EntityId id = 1001; id != 1000 + length; ++id)
      facts.function(id).calls(id - 1);
    facts.function(2).spawns(999 + length, Term::worker());
    facts.variable(A);
    return Seen(facts).workers.size();
  };
  EXPECT_EQ(workers(1000), 1U);
  EXPECT_EQ(workers(1100), 0U);
}

TEST(Accesses, CallersThatDecideOnNothingCountForNothing) {
  // Of more callers than are followed, only one is handed to a thread.
  Facts facts;
  facts.function(1).uses(Term::variable(A));
  for (EntityId id = 1000; id != 4000; ++id)
    facts.function(id).calls(1);
  facts.function(5000).calls(1);
  facts.function(2).spawns(5000, Term::worker());
  facts.variable(A);
  EXPECT_EQ(Seen(facts).workers.size(), 1U);
}

TEST(Accesses, GrowLinearly) {
  // A chain of helpers that pass a thing on: one access, whatever its length.
  Facts facts;
  constexpr EntityId Length = 20000;
  facts.function(1).uses(Term::parameter(0, 5));
  for (EntityId id = 2; id != Length; ++id)
    facts.function(id + 1000).callsWith(id == 2 ? 1 : id + 999, {Term(), Term::parameter(0, 6)});
  facts.function(2).callsWith(Length + 999, {Term(), Term::variable(A)});
  facts.function(3).spawns(2, Term::worker());
  facts.variable(A);
  Seen seen(facts);
  ASSERT_EQ(seen.workers.size(), 1U);
  EXPECT_EQ(seen.workers[0].path.size(), Length);
}

} // namespace

} // namespace async_tidy::test
