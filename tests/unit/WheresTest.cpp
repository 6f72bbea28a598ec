// What executors come to.
#include "infer/Wheres.h"
#include "Inferred.h"
#include "gtest/gtest.h"

namespace async_tidy::test {
namespace {

TEST(Wheres, AsksEachQuestionOnce) {
  // Layers of objects, each of which may have the executor of any object in the next.
  constexpr EntityId Width = 40, Layers = 4;
  auto object = [](EntityId layer, EntityId at) { return 1000 * (layer + 1) + at; };
  auto executorOf = [](EntityId id) { return Term::field(ExecutorField, Term::variable(id)); };
  Facts facts;
  facts.function(1);
  for (EntityId layer = 0; layer != Layers; ++layer)
    for (EntityId at = 0; at != Width; ++at)
      for (EntityId next = 0; next != Width; ++next)
        facts.function(100000 + (layer * Width + at) * Width + next)
            .stores(executorOf(object(layer, at)), executorOf(object(layer + 1, next)));
  EntityId last = object(Layers - 1, 0);
  facts.function(2).stores(executorOf(last), Term::loop(Term::variable(7)));
  Inferred inferred(facts);
  EXPECT_EQ(inferred.links.executors().loopsOf(executorOf(object(0, 0)), 0), std::set<EntityId>{7});
}

} // namespace
} // namespace async_tidy::test
