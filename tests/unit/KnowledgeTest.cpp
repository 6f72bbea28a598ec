// Models: read strictly, looked up, and asked about one call.
#include "knowledge/Knowledge.h"
#include "knowledge/BuiltinModels.h"
#include "knowledge/Conditions.h"
#include "llvm/ADT/STLExtras.h"
#include <gtest/gtest.h>
#include <map>

namespace async_tidy::test {

namespace {

std::string errorOf(llvm::StringRef yaml) {
  Knowledge knowledge(/*isEmpty=*/true);
  return llvm::toString(knowledge.add("mine.yaml", yaml));
}

Knowledge read(llvm::StringRef yaml) {
  Knowledge knowledge(/*isEmpty=*/true);
  llvm::Error error = knowledge.add("mine.yaml", yaml);
  EXPECT_FALSE(bool(error)) << llvm::toString(std::move(error));
  return knowledge;
}

TEST(Models, ErrorsNameFileLineAndThing) {
  const std::pair<const char *, const char *> cases[] = {
      {"", "mine.yaml:1: the file is empty"},
      {"library: x\ncolour: red\n", "mine.yaml:2:1: unknown key 'colour'"},
      {"functions: []\n", "missing required key 'library'"},
      {"library: x\nfunctions:\n  - names: [f]\n    blocks: nap\n", "mine.yaml:4:13: no such tier"},
      {"library: x\nfunctions:\n  - names: [f]\n    block: sleep\n",
       "mine.yaml:4:5: unknown key 'block'"},
      {"library: x\nfunctions:\n  - blocks: sleep\n", "missing required key 'names'"},
      {"library: x\nfunctions:\n  - names: []\n    blocks: sleep\n", "names is empty"},
      {"library: x\nfunctions:\n  - names: [f]\n", "says nothing"},
      {"library: x\nfunctions:\n  - names: [f]\n    blocks: sleep\n    never-blocking: true\n",
       "cannot both block and be never-blocking"},
      {"library: x\nfunctions:\n  - names: [f]\n    blocks: sleep\n    unless: [{argument: 0}]\n",
       "a condition on an argument says one of"},
      {"library: x\nfunctions:\n  - names: [f]\n    blocks: sleep\n"
       "    unless: [{argument: 0, equals: 1, null: true}]\n",
       "a condition on an argument says one of"},
      {"library: x\nfunctions:\n  - names: [f]\n    blocks: sleep\n    unless: [{equals: 1}]\n",
       "a condition is about one of"},
      {"library: x\nfunctions:\n  - names: [f]\n    blocks: sleep\n    when: [{receiver: "
       "asleep}]\n",
       "no such condition on the receiver"},
      {"library: x\nfunctions:\n  - names: [f]\n    hand-off: {callables: some, on: worker}\n",
       "callables is one of"},
      {"library: x\nfunctions:\n  - names: [f]\n    hand-off: {callables: all, on: moon}\n",
       "no such place"},
      {"library: x\ntypes:\n  - names: [T]\n    coroutine: fibre\n", "unknown enumerated scalar"},
      {"library: x\ntypes:\n  - names: [T]\n    thread-safe: true\n    affinity: affine\n",
       "cannot be both thread-safe and loop-bound"},
      {"library: [\n", "mine.yaml:"},
  };
  for (auto [yaml, message] : cases) {
    std::string error = errorOf(yaml);
    EXPECT_NE(error.find(message), std::string::npos) << yaml << "gave: " << error;
    EXPECT_NE(error.find("mine.yaml"), std::string::npos) << error;
  }
}

TEST(Models, ContradictionsNameBothPlaces) {
  std::string error = errorOf("library: x\n"
                              "functions:\n"
                              "  - names: [f, g]\n"
                              "    blocks: sleep\n"
                              "  - names: [h, g]\n"
                              "    never-blocking: true\n");
  EXPECT_EQ(error, "mine.yaml:5: 'g' is already described at mine.yaml:3");
  error = errorOf("library: x\ntypes:\n  - names: [T]\n    callable: true\n"
                  "  - names: [T]\n    thread-safe: true\n");
  EXPECT_EQ(error, "mine.yaml:5: 'T' is already described at mine.yaml:3");
}

TEST(Models, LaterFilesWin) {
  Knowledge knowledge = read("library: x\nfunctions:\n  - names: [f]\n    blocks: sleep\n");
  llvm::cantFail(knowledge.add(
      "his.yaml", "library: y\nfunctions:\n  - names: [f]\n    never-blocking: true\n"));
  auto models = knowledge.functions("f", false);
  ASSERT_EQ(models.size(), 1U);
  EXPECT_TRUE(models.front()->neverBlocking);
}

TEST(Models, NamesBelongToTheNamespaces) {
  Knowledge knowledge = read("library: x\nnamespaces: [a::b, c]\nowns: [a]\n"
                             "functions:\n  - names: [f, '::d::g']\n    blocks: sleep\n");
  EXPECT_FALSE(knowledge.functions("a::b::f", false).empty());
  EXPECT_FALSE(knowledge.functions("c::f", false).empty());
  EXPECT_FALSE(knowledge.functions("d::g", false).empty());
  EXPECT_TRUE(knowledge.functions("f", false).empty());
  EXPECT_TRUE(knowledge.owns("a::z::T::m"));
  EXPECT_FALSE(knowledge.owns("ab::f"));
}

TEST(Models, CLinkageIsAsked) {
  Knowledge knowledge =
      read("library: x\nlinkage: C\nfunctions:\n  - names: [nap]\n    blocks: sleep\n");
  EXPECT_FALSE(knowledge.functions("nap", true).empty());
  EXPECT_TRUE(knowledge.functions("nap", false).empty());
}

TEST(Models, BuiltInOnesAreGood) {
  Knowledge knowledge;
  EXPECT_FALSE(knowledge.functions("std::this_thread::sleep_for", false).empty());
  EXPECT_FALSE(knowledge.functions("asio::post", false).empty());
  EXPECT_FALSE(knowledge.functions("boost::asio::post", false).empty());
  ASSERT_NE(knowledge.type("asio::awaitable"), nullptr);
  EXPECT_EQ(knowledge.type("asio::awaitable")->library, "asio");
  for (unsigned tier = 0; tier != TierCount; ++tier)
    for (bool inHandler : {false, true})
      EXPECT_FALSE(
          knowledge.replacement("a framework without a pack", Tier(tier), inHandler).empty())
          << tierName(Tier(tier)).str();
}

TEST(Models, SayWhatIsSelfContainedAndHowTasksRunTogether) {
  Knowledge knowledge;
  EXPECT_EQ(llvm::toString(knowledge.add("mine.yaml", "library: mine\n"
                                                      "self-contained: true\n"
                                                      "together: all of them\n"
                                                      "types: [{names: [Money], value: true}]\n"
                                                      "functions:\n"
                                                      "  - names: [Ledger::enter]\n"
                                                      "    adds: true\n"
                                                      "  - names: [convert]\n"
                                                      "    self-contained: true\n")),
            "");
  EXPECT_TRUE(knowledge.isSelfContained("mine"));
  EXPECT_FALSE(knowledge.isSelfContained("yours"));
  EXPECT_EQ(knowledge.together("mine"), "all of them");
  EXPECT_FALSE(knowledge.together("a framework without a pack").empty());
  EXPECT_TRUE(knowledge.type("Money")->value);
  EXPECT_TRUE(knowledge.functions("Ledger::enter", false).front()->adds);
  EXPECT_TRUE(knowledge.functions("convert", false).front()->selfContained);
}

TEST(Models, HowDeepTheyNestIsBounded) {
  std::string brackets(200000, '[');
  std::string dashes;
  for (int i = 0; i != 100000; ++i)
    dashes += "- ";
  for (const std::string &text : {"library: x\nfunctions: " + brackets, "\n" + dashes}) {
    Knowledge knowledge(/*isEmpty=*/true);
    EXPECT_EQ(llvm::toString(knowledge.add("deep.yaml", text)), "deep.yaml:2: nested too deeply");
  }
}

// ---- conditions

/// A call as a table.
struct TableCall : CallView {
  std::map<Subject, int64_t> integers;
  std::set<Subject> nulls, zeros;
  std::map<Subject, std::string> types, objects;
  unsigned count = 0;
  bool ready = false, moved = false;
  std::string called, maker;
  int64_t last = 0; // argument of the call of `called`

  unsigned argumentCount() override { return count; }

  std::optional<int64_t> integer(Subject s) override {
    auto at = integers.find(s);
    return at == integers.end() ? std::nullopt : std::optional(at->second);
  }

  bool isNull(Subject s) override { return nulls.contains(s); }

  bool isZero(Subject s) override { return zeros.contains(s); }

  bool isWithin(Subject s, int64_t) override { return zeros.contains(s); }

  bool hasType(Subject s, const NameSet &names) override { return names.contains(types[s]); }

  bool isObject(Subject s, const NameSet &names) override { return names.contains(objects[s]); }

  bool receiverIsReady() override { return ready; }

  bool receiverIsMoved() override { return moved; }

  bool isCalled(Subject, const NameSet &names, std::optional<int64_t> given) override {
    return names.contains(called) && (!given || given == last);
  }

  bool receiverIsMadeBy(const NameSet &names) override { return names.contains(maker); }
};

bool blocks(llvm::StringRef conditions, TableCall call) {
  Knowledge knowledge = read(
      ("library: x\nnamespaces: [n]\nfunctions:\n  - names: [f]\n    blocks: sleep\n" + conditions)
          .str());
  return blockingOf(knowledge.functions("n::f", false), call) != nullptr;
}

TEST(Conditions, OnArguments) {
  TableCall call;
  call.integers = {{0, 5}, {2, 0}};
  call.nulls = {1};
  call.zeros = {3};
  call.types[4] = "n::T";
  call.objects[5] = "n::out";
  call.count = 6;
  EXPECT_FALSE(blocks("    unless: [{argument: 0, equals: 5}]\n", call));
  EXPECT_TRUE(blocks("    unless: [{argument: 0, equals: 4}]\n", call));
  EXPECT_TRUE(blocks("    unless: [{argument: 9, equals: 0}]\n", call)); // unknown is no
  EXPECT_FALSE(blocks("    unless: [{argument: 0, has-flag: 4}]\n", call));
  EXPECT_TRUE(blocks("    unless: [{argument: 0, has-flag: 6}]\n", call));
  EXPECT_FALSE(blocks("    unless: [{argument: 0, at-most: 5}]\n", call));
  EXPECT_TRUE(blocks("    unless: [{argument: 0, at-most: 4}]\n", call));
  EXPECT_FALSE(blocks("    unless: [{argument: 0, at-least: 5}]\n", call));
  EXPECT_TRUE(blocks("    unless: [{argument: 0, at-least: 6}]\n", call));
  EXPECT_TRUE(blocks("    unless: [{argument: 9, at-most: 6}]\n", call)); // unknown is no
  EXPECT_FALSE(blocks("    unless: [{argument: 1, null: true}]\n", call));
  EXPECT_FALSE(blocks("    unless: [{argument: 3, zero: true}]\n", call));
  EXPECT_FALSE(blocks("    unless: [{argument: 4, type: [T]}]\n", call));
  EXPECT_FALSE(blocks("    unless: [{argument: 5, object: [out]}]\n", call));
  EXPECT_FALSE(blocks("    unless: [{arguments: 6}]\n", call));
  EXPECT_TRUE(blocks("    unless: [{arguments: 7}]\n", call));
}

TEST(Conditions, OnTheReceiver) {
  TableCall call;
  EXPECT_TRUE(blocks("    unless: [{receiver: ready}, {receiver: moved}]\n", call));
  call.ready = true;
  EXPECT_FALSE(blocks("    unless: [{receiver: ready}]\n", call));
  call.moved = true;
  EXPECT_FALSE(blocks("    unless: [{receiver: moved}]\n", call));
  call.called = "n::stop";
  EXPECT_FALSE(blocks("    unless: [{receiver: called, functions: [stop]}]\n", call));
  call.maker = "n::make";
  EXPECT_TRUE(blocks("    when: [{receiver: made-by, functions: [make]}]\n", call));
  EXPECT_FALSE(blocks("    when: [{receiver: made-by, functions: [other]}]\n", call));
}

TEST(Conditions, TheFirstEntryThatFitsDecides) {
  Knowledge knowledge =
      read("library: x\nfunctions:\n"
           "  - names: [f]\n    blocks: disk\n"
           "  - names: [f]\n    blocks: console\n    when: [{argument: 0, null: true}]\n");
  TableCall call;
  EXPECT_EQ(blockingOf(knowledge.functions("f", false), call)->blocks, Tier::Disk);
  call.nulls = {0};
  EXPECT_EQ(blockingOf(knowledge.functions("f", false), call)->blocks, Tier::Console);
}

TEST(Tiers, AreNamedAndReadBack) {
  for (llvm::StringRef name : tierNames())
    EXPECT_EQ(tierName(*tierFromName(name)), name);
  EXPECT_FALSE(TierSet::defaults().contains(Tier::Lock));
  EXPECT_FALSE(TierSet::defaults().contains(Tier::Console));
  EXPECT_TRUE(TierSet::defaults().contains(Tier::Disk));
}

} // namespace

} // namespace async_tidy::test
