// Whether awaits are independent, over calls of coroutines that units say something of.
#include "infer/Independence.h"
#include "HandFacts.h"
#include "facts/Link.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

namespace {

constexpr EntityId Load = 2, Inner = 3, Unknown = 9;

/// A coroutine of which it is known how far it reaches.
Body coroutine(EntityId id, std::optional<Isolation> isolation) {
  Body body;
  body.id = id;
  body.kind = BodyKind::Task;
  body.isolation = std::move(isolation);
  return body;
}

Proof proofOf(std::vector<Body> bodies, std::vector<Reaching> calls) {
  Unit unit;
  unit.mainFile = "a.cpp";
  unit.bodies = std::move(bodies);
  AwaitSeries series;
  series.names = {"load"};
  series.isolation = {false, true, std::move(calls)};
  return independenceOf(series, Program(std::move(unit)));
}

TEST(Independence, NothingIsCalled) {
  EXPECT_EQ(proofOf({}, {}), Proof::Read);
}

TEST(Independence, WhatIsReadDecides) {
  EXPECT_EQ(proofOf({coroutine(Load, Isolation{})}, {{Load, Extent::Own, false, false}}),
            Proof::Read);
  EXPECT_EQ(proofOf({coroutine(Load, std::nullopt)}, {{Load, Extent::Own, true, false}}),
            Proof::None);
}

TEST(Independence, OfTheUnseenParametersDecide) {
  EXPECT_EQ(proofOf({}, {{Unknown, Extent::Own, true, false}}), Proof::Values);
  EXPECT_EQ(proofOf({}, {{Unknown, Extent::Own, false, false}}), Proof::None);
  Body plain;
  plain.id = Unknown;
  EXPECT_EQ(proofOf({plain}, {{Unknown, Extent::Own, true, false}}), Proof::Values);
}

TEST(Independence, WhatIsGivenMustNotBeShared) {
  Body load = coroutine(Load, Isolation{true, false, {}});
  EXPECT_EQ(proofOf({load}, {{Load, Extent::Own, false, false}}), Proof::Read);
  EXPECT_EQ(proofOf({load}, {{Load, Extent::Shared, false, false}}), Proof::None);
}

TEST(Independence, WhatIsGivenIsPassedOn) {
  Body inner = coroutine(Inner, Isolation{true, false, {}});
  for (Extent passed : {Extent::Own, Extent::Given, Extent::Shared}) {
    Body load = coroutine(Load, Isolation{false, false, {{Inner, passed, false, false}}});
    EXPECT_EQ(proofOf({load, inner}, {{Load, Extent::Own, false, false}}),
              passed == Extent::Shared ? Proof::None : Proof::Read);
    EXPECT_EQ(proofOf({load, inner}, {{Load, Extent::Shared, false, false}}),
              passed == Extent::Own ? Proof::Read : Proof::None);
  }
}

TEST(Independence, RecursionEnds) {
  Body load = coroutine(Load, Isolation{false, false, {{Inner, Extent::Given, false, false}}});
  Body inner = coroutine(Inner, Isolation{false, false, {{Load, Extent::Given, false, false}}});
  EXPECT_EQ(proofOf({load, inner}, {{Load, Extent::Own, false, false}}), Proof::Read);
  inner.isolation->changesGiven = true;
  EXPECT_EQ(proofOf({load, inner}, {{Load, Extent::Shared, false, false}}), Proof::None);
}

TEST(Independence, WhatUnitsSayDifferentlyIsJoined) {
  auto unit = [](std::string file, std::optional<Isolation> isolation) {
    Unit result;
    result.mainFile = std::move(file);
    result.files = {"tasks.h"};
    result.bodies = {coroutine(Load, std::move(isolation))};
    result.bodies.front().place = {0, 1, 1};
    return result;
  };
  auto joined = [&](std::optional<Isolation> first, std::optional<Isolation> second) {
    Program program = Program::link({unit("a.cpp", first), unit("b.cpp", second)});
    return program.body(*program.find(Load)).isolation;
  };
  EXPECT_EQ(joined(Isolation{false, false, {{Inner, Extent::Own, false, false}}},
                   Isolation{true, false, {}}),
            (Isolation{true, false, {{Inner, Extent::Own, false, false}}}));
  EXPECT_EQ(joined(Isolation{}, std::nullopt), std::nullopt);
}

} // namespace

} // namespace async_tidy::test
