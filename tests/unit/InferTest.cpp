// From facts written by hand: where coroutines run, what they reach, and what is reported.
#include "Inferred.h"
#include "checks/Catalogue.h"
#include "infer/Reach.h"
#include "settings/Settings.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

namespace {

/// Facts, a line each; places are one line a call, in order.
const BlockingChain &blocking(const Finding &finding) {
  return std::get<BlockingChain>(finding.what);
}

std::vector<Finding> findings(Facts &facts, const CheckOptions &options = {}) {
  // The program must live as long as nothing of it is used here.
  Program program = facts.program();
  return runChecks(Inference(program), options, [](llvm::StringRef) { return true; });
}

TEST(Reach, TakesTheShortestChain) {
  Facts facts;
  facts.task(1).calls(2);
  facts.function(2).calls(3).calls(4);
  facts.function(3).calls(4);
  facts.function(4).blocks(Tier::Sleep);
  auto found = findings(facts);
  ASSERT_EQ(found.size(), 1U);
  ASSERT_EQ(blocking(found[0]).chain.size(), 3U);
  EXPECT_EQ(blocking(found[0]).chain[1].call.name, "f4");
  EXPECT_EQ(blocking(found[0]).chain[2].call.name, "sleep");
}

TEST(Reach, EndsInRecursion) {
  Facts facts;
  facts.task(1).calls(2);
  facts.function(2).calls(3);
  facts.function(3).calls(2).calls(3).blocks(Tier::Disk);
  facts.function(4).calls(4);
  EXPECT_EQ(findings(facts).size(), 1U);
}

TEST(Reach, SurvivesVeryLongChains) {
  Facts facts;
  facts.task(1).calls(2);
  constexpr EntityId Length = 100000;
  for (EntityId id = 2; id != Length; ++id)
    facts.function(id).calls(id + 1);
  facts.function(Length).blocks(Tier::Sleep);
  auto found = findings(facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(blocking(found[0]).chain.size(), Length);
}

TEST(Reach, ReportsEachTierOfACallOnce) {
  Facts facts;
  facts.task(1).calls(2);
  facts.function(2).blocks(Tier::Sleep).blocks(Tier::Sleep).blocks(Tier::Disk);
  auto found = findings(facts);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(blocking(found[0]).sink().tier, Tier::Sleep);
  EXPECT_EQ(blocking(found[0]).furtherSinks, 1U);
  EXPECT_EQ(blocking(found[1]).sink().tier, Tier::Disk);
  EXPECT_EQ(blocking(found[1]).furtherSinks, 0U);
}

TEST(Reach, DoesNotEnterCoroutines) {
  Facts facts;
  facts.task(1).calls(2).calls(3);
  facts.generator(2).blocks(Tier::Sleep);
  facts.task(3);
  EXPECT_TRUE(findings(facts).empty());
}

TEST(Reach, NolintCutsEveryChainThroughACall) {
  Facts facts;
  facts.task(1).calls(2).calls(3);
  facts.function(2).calls(4).nolint("async-blocking-call");
  facts.function(3).calls(4);
  facts.function(4).blocks(Tier::Sleep);
  auto found = findings(facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(blocking(found[0]).chain[0].call.name, "f3");
}

TEST(Reach, TiersAndCertaintyAreChosen) {
  Facts facts;
  facts.task(1).blocks(Tier::Lock).blocks(Tier::Network, false);
  EXPECT_TRUE(findings(facts).empty());
  Settings settings;
  SettingWords words;
  words.uncertain = true;
  EXPECT_EQ(apply(words, settings), "");
  EXPECT_EQ(findings(facts, settings.check).size(), 1U);
  words.tiers = "+lock";
  EXPECT_EQ(apply(words, settings), "");
  EXPECT_EQ(findings(facts, settings.check).size(), 2U);
  words.tiers = "lock";
  EXPECT_EQ(apply(words, settings), "");
  EXPECT_EQ(findings(facts, settings.check).size(), 1U);
  words.tiers = "lokc";
  EXPECT_NE(apply(words, settings).find("no tier 'lokc'"), std::string::npos);
}

TEST(Reach, CountsTheUnknown) {
  Facts facts;
  facts.task(1).calls(2).calls(98);
  facts.function(2).calls(99);
  facts.function(3).calls(97); // nobody on a loop calls it
  Program program = facts.program();
  EXPECT_EQ(coverage(Inference(program)).unknownCalls, 2U);
  EXPECT_EQ(coverage(Inference(program)).coroutines, 1U);
}

// ---- roots

TEST(Roots, ATaskThatIsNeverSeenSpawnedIsPresumedOnALoop) {
  Facts facts;
  facts.task(1);
  facts.generator(2);
  facts.function(3);
  Inferred program(facts);
  ASSERT_NE(program.onLoop(1), nullptr);
  EXPECT_EQ(program.onLoop(1)->confidence, Confidence::Presumed);
  EXPECT_EQ(program.onLoop(2), nullptr);
  EXPECT_EQ(program.onLoop(3), nullptr);
}

TEST(Roots, SpawnedOnWorkersOnlyIsNotOnALoop) {
  Facts facts;
  facts.task(1).awaits(2);
  facts.task(2);
  facts.task(3);
  facts.function(9).spawns(1, Term::worker()).spawns(3, Term::worker()).spawns(3, Term::loop());
  Inferred program(facts);
  EXPECT_EQ(program.onLoop(1), nullptr);
  EXPECT_EQ(program.onLoop(2), nullptr);
  EXPECT_NE(program.onWorker(2), nullptr);
  ASSERT_NE(program.onLoop(3), nullptr);
  EXPECT_NE(program.onWorker(3), nullptr);
}

TEST(Roots, ProofSpreadsToWhatIsAwaitedAndSpawnedHere) {
  Facts facts;
  facts.task(1).awaits(2).spawns(3, Term::current());
  facts.task(2);
  facts.task(3);
  facts.task(4).awaits(2);
  facts.function(9).spawns(1, Term::loop());
  Inferred program(facts);
  EXPECT_EQ(program.onLoop(1)->kind, Reason::Kind::Given);
  EXPECT_EQ(program.onLoop(2)->kind, Reason::Kind::Awaited);
  EXPECT_EQ(program.onLoop(2)->confidence, Confidence::Proven);
  EXPECT_EQ(program.onLoop(3)->confidence, Confidence::Proven);
  EXPECT_EQ(program.onLoop(4)->confidence, Confidence::Presumed);
}

TEST(Roots, AnUnclearSpawnIsSaid) {
  Facts facts;
  facts.task(1);
  facts.function(9).spawns(1, Term());
  Inferred program(facts);
  ASSERT_NE(program.onLoop(1), nullptr);
  EXPECT_EQ(program.onLoop(1)->kind, Reason::Kind::Unclear);
  EXPECT_EQ(program.onLoop(1)->executor, "executor");
}

TEST(Roots, CirclesOfAwaitsArePresumed) {
  Facts facts;
  facts.task(1).awaits(2);
  facts.task(2).awaits(1);
  facts.task(3).awaits(3);
  Inferred program(facts);
  for (EntityId id : {1, 2, 3})
    EXPECT_NE(program.onLoop(id), nullptr) << id;
}

TEST(Roots, ProvenOnlyLeavesPresumptionsOut) {
  Facts facts;
  facts.task(1).blocks(Tier::Sleep);
  facts.task(2).blocks(Tier::Sleep);
  facts.function(9).spawns(2, Term::loop());
  CheckOptions options;
  EXPECT_EQ(findings(facts, options).size(), 2U);
  options.confidence = Confidence::Proven;
  ASSERT_EQ(findings(facts, options).size(), 1U);
}

} // namespace

} // namespace async_tidy::test
