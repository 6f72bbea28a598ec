// Facts to their file and back, their one order, and what joins them to a program.
#include "facts/Dump.h"
#include "facts/FactsFile.h"
#include "facts/Link.h"
#include "facts/Program.h"
#include "facts/ProgramFile.h"
#include "facts/Prune.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

namespace {

std::string dump(const Unit &unit) {
  std::string result;
  llvm::raw_string_ostream out(result);
  dumpFacts(unit, out);
  return result;
}

/// What is wrong with `file`; empty if it can be read.
std::string problemOf(llvm::StringRef file) {
  auto unit = decodeFacts(file);
  return unit ? "" : llvm::toString(unit.takeError());
}

Call call(Place place, EntityId callee, std::string name) {
  Call result;
  result.place = place;
  result.callee = callee;
  result.name = std::move(name);
  return result;
}

Call sink(Place place, Tier tier, std::string name) {
  Call result = call(place, 0, std::move(name));
  result.sink = Sink{tier, true, "", "std.md#f"};
  return result;
}

Unit sample() {
  Unit unit;
  unit.mainFile = "src/a.cpp";
  unit.files = {"src/z.h", "src/a.cpp", "never/used.h"};
  Body session;
  session.id = 7;
  session.name = "session";
  session.place = {1, 10, 3};
  session.kind = BodyKind::Task;
  session.framework = "asio";
  session.calls = {sink({1, 14, 3}, Tier::Sleep, "sleep"), call({1, 12, 3}, 3, "load")};
  session.calls.front().sink->instead = "a \"quoted\" text";
  session.calls.front().sink->sure = false;
  session.calls.back().isVirtual = true;
  session.calls.back().onlyIf = {{0, true}, {2, false}};
  session.calls.back().gives = {{1, GivenValue::Kind::Same, 3}, {2, GivenValue::Kind::NotZero, 0}};
  session.calls.back().passed = {Term::thisObject(), Term::field(21, Term::parameter(1, 22))};
  session.calls.back().runsLoop = true;
  session.handOffs = {{{1, 13, 5},
                       Term::function(3, {Term::thisObject()}),
                       Term::worker(Term::variable(23)),
                       "post",
                       "asio",
                       "pool",
                       true,
                       {{1, 15, 3}},
                       true,
                       {{1, 12, 5}},
                       23,
                       {Term::moved(Term::variable(23))},
                       {0, 1}}};
  session.awaits = {{{1, 15, 5}, Term::result(9, {Term(), Term::fresh()}), {0}}};
  session.stores = {{{1, 15, 9},
                     Term::field(ExecutorField, Term::made(Term::variable(23))),
                     Term::loop(Term::variable(25))}};
  session.calls.back().value = Term::current();
  session.end = {1, 20, 1};
  session.runs = Where::Loop;
  session.runsPlace = {0, 1, 1};
  session.uses = {{{1, 16, 5},
                   UseKind::Async,
                   true,
                   true,
                   true,
                   true,
                   true,
                   Term::variable(23),
                   "read",
                   "socket",
                   "*client",
                   {1}}};
  session.locks = {{{1, 11, 3}, {1, 19, 1}, 24, "mutex"}};
  session.wakes = {{{1, 17, 3}, "wake"}};
  session.waits = {{{1, 18, 3}, 23, "join"}};
  session.forgotten = {{{1, 18, 5},
                        12,
                        true,
                        "save",
                        "save(1)",
                        "app::Task",
                        {1, 4, 5},
                        {1, 18, 3},
                        "task",
                        {1, 17, 8}}};
  session.calls.back().stretches = {0, 2};
  session.isEager = true;
  session.stretches = {
      {{{1, 15, 5}, {1, 15, 9}}, Resumption::At, Term::own(), "schedule", "pool", {0, 1}},
      {{{1, 15, 5}}, Resumption::Threw, {}, "", "", {}}};
  session.goesOn = {{{}, Resumption::Own, {}, "", "", {}}};
  session.ends = {1};
  session.throws = {0, 2};
  session.aliases = {{24, {Term::Kind::Result, 3, 0, {Term(), Term::variable(23)}}}};
  session.loops = {{{1, 13, 1}, {1, 17, 1}}};
  session.isolation =
      Isolation{true, true, {{3, Extent::Given, true, true}, {11, Extent::Shared, false, false}}};
  session.series = {{{1, 14, 7},
                     {1, 13, 1},
                     {{1, 15, 7}},
                     {"load", "store"},
                     "co_spawn",
                     "pool",
                     {false, true, {{3, Extent::Own, true, false}}}}};
  session.isLambda = true;
  session.parameters = 2;
  Body load;
  load.id = 3;
  load.name = "load";
  load.place = {0, 2, 1};
  load.overrides = {11, 10};
  load.returns = {{12, {Term::thisObject()}}};
  load.gives = {Term::field(21, Term::thisObject())};
  load.unknownCalls = 4;
  load.mayStart = true;
  load.calls = {call({0, 3, 1}, 0, "x")};
  load.calls.front().form = CallForm::Callable;
  load.calls.front().via = "std::for_each";
  unit.bodies = {session, load};
  unit.variables = {{21, "Session::socket", {0, 4, 3}, 0, false, true, true, 3},
                    {23, "socket", {1, 11, 3}, 7, true, true, false, false},
                    {99, "never mentioned", {2, 1, 1}, 0, false, false, false, false}};
  unit.advice = {{"asio/sleep", "a timer", ""}, {"asio::socket", "post", "asio.md#asio-socket"}};
  unit.suppressions = {{1, 14, "async-*"}};
  unit.reads = {{"src/z.h", 77}, {"src/a.cpp", 1}};
  normalize(unit);
  return unit;
}

TEST(FactsFile, ReadsWhatItWrote) {
  Unit unit = sample();
  auto read = decodeFacts(encodeFacts(unit));
  ASSERT_TRUE(bool(read)) << llvm::toString(read.takeError());
  EXPECT_EQ(*read, unit);
  EXPECT_EQ(encodeFacts(*read), encodeFacts(unit));
}

TEST(FactsFile, KeepsWhatALibraryOffers) {
  Unit unit = sample();
  PublicFunction function;
  function.name = "lib::Client::get";
  function.space = "lib";
  function.header = "lib/client.h";
  function.line = 3;
  function.column = 7;
  function.bodies = {2, 5};
  function.parameters = {{ParameterKind::Callable, "lib::Callback"}, {ParameterKind::Boolean, ""}};
  function.needed = 1;
  function.isVariadic = function.isMember = function.isVirtual = true;
  function.isSpecial = function.isTemplate = function.isC = function.isDefined = true;
  unit.offers = {function};
  unit.ownPacks = {"lib"};
  auto read = decodeFacts(encodeFacts(unit));
  ASSERT_TRUE(bool(read)) << llvm::toString(read.takeError());
  EXPECT_EQ(*read, unit);
}

TEST(FactsFile, RefusesTermsThatNestTooDeep) {
  Unit unit = sample();
  Term deep = Term::variable(1);
  for (unsigned depth = 0; depth != TermDepth; ++depth)
    deep = Term::field(2, std::move(deep));
  unit.bodies.front().gives = {deep};
  EXPECT_EQ(problemOf(encodeFacts(unit)), "");
  unit.bodies.front().gives = {Term::made(Term::made(Term::made(Term::made(deep))))};
  EXPECT_EQ(problemOf(encodeFacts(unit)), "it was altered");
}

TEST(FactsFile, RefusesWhatIsNoTerm) {
  Unit unit = sample();
  unit.bodies.front().gives = {{Term::Kind::Field, 5, 0, {}}};
  EXPECT_EQ(problemOf(encodeFacts(unit)), "it was altered");
}

TEST(FactsFile, RefusesPlacesInNoFile) {
  Unit unit = sample();
  unit.suppressions.front().file = 2;
  EXPECT_EQ(problemOf(encodeFacts(unit)), "it was altered");
}

TEST(FactsFile, SeesThatItWasCutOff) {
  std::string whole = encodeFacts(sample());
  for (size_t length = 0; length != whole.size(); ++length)
    EXPECT_NE(problemOf(llvm::StringRef(whole).take_front(length)), "") << length;
  EXPECT_EQ(problemOf(llvm::StringRef(whole).drop_back()), "it is cut off");
}

TEST(FactsFile, SeesThatItWasAltered) {
  std::string whole = encodeFacts(sample());
  for (size_t at = 0; at != whole.size(); ++at)
    for (uint8_t bit : {0x01, 0x80}) {
      std::string altered = whole;
      altered[at] = char(altered[at] ^ bit);
      EXPECT_NE(problemOf(altered), "") << at;
    }
  EXPECT_EQ(problemOf(whole + "x"), "it was altered");
}

TEST(FactsFile, NamesTheFile) {
  auto read = loadFacts("/does/not/exist.facts");
  ASSERT_FALSE(bool(read));
  EXPECT_NE(llvm::toString(read.takeError()).find("/does/not/exist.facts"), std::string::npos);
}

TEST(Dump, NamesFilesAndValues) {
  std::string text = dump(sample());
  for (const char *wanted :
       {R"("at": "src/a.cpp:14:3")", R"("tier": "sleep")", R"("kind": "async")",
        R"("form": "callable")", R"("instead": "a \"quoted\" text")",
        R"("hash": "000000000000004d")", R"("id": "0000000000000015")"})
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted << " is not in\n" << text;
}

TEST(Facts, SortsAndDropsUnusedFiles) {
  Unit unit = sample();
  EXPECT_EQ(unit.files, (std::vector<std::string>{"src/a.cpp", "src/z.h"}));
  EXPECT_EQ(unit.bodies.front().name, "load");
  EXPECT_EQ(unit.files[unit.bodies.front().place.file], "src/z.h");
  EXPECT_EQ(unit.bodies.back().calls.front().name, "load");
}

// ---- Program

Unit unitWith(std::string file, std::vector<Body> bodies) {
  Unit unit;
  unit.mainFile = file;
  unit.files = {file, "shared.h"};
  unit.bodies = std::move(bodies);
  normalize(unit);
  return unit;
}

Body body(EntityId id, std::string name, std::vector<Call> calls = {}, uint32_t file = 0) {
  Body result;
  result.id = id;
  result.name = std::move(name);
  result.place = {file, unsigned(id), 1};
  result.calls = std::move(calls);
  return result;
}

/// The program file of `units`.
std::string linked(const std::vector<Unit> &units) {
  std::vector<std::string> files;
  std::vector<FactsInput> inputs;
  files.reserve(units.size());
  inputs.reserve(units.size());
  for (const Unit &unit : units)
    inputs.push_back({unit.mainFile, files.emplace_back(encodeFacts(unit))});
  std::string file;
  llvm::raw_string_ostream out(file);
  llvm::cantFail(linkFacts(inputs, out));
  return file;
}

/// What is read of a program file; the error says what is wrong with it.
llvm::Expected<Unit> readProgram(llvm::StringRef file) {
  auto program = ProgramFile::read(llvm::MemoryBuffer::getMemBufferCopy(file));
  if (!program)
    return program.takeError();
  return program->all();
}

TEST(Program, HasAllThatTheFactsHave) {
  Unit unit = sample();
  auto program = readProgram(linked({unit}));
  ASSERT_TRUE(bool(program)) << llvm::toString(program.takeError());
  program->mainFile = unit.mainFile;
  program->reads = unit.reads;
  EXPECT_EQ(dump(*program), dump(unit));
}

TEST(Program, SeesThatItsFileWasAltered) {
  std::string whole = linked({sample()});
  for (size_t at = 0; at != whole.size(); ++at) {
    std::string altered = whole;
    altered[at] = char(altered[at] ^ 1);
    auto program = readProgram(altered);
    bool isPadding = program && dump(*program) == dump(*readProgram(whole));
    EXPECT_TRUE(!program || isPadding) << at;
    if (!program)
      llvm::consumeError(program.takeError());
  }
  auto cut = readProgram(llvm::StringRef(whole).drop_back());
  EXPECT_EQ(cut ? "" : llvm::toString(cut.takeError()), "it is cut off");
}

TEST(Program, NamesTheFactsThatCannotBeRead) {
  std::string good = encodeFacts(sample());
  std::string bad = good.substr(0, good.size() - 1);
  std::string file;
  llvm::raw_string_ostream out(file);
  EXPECT_EQ(llvm::toString(linkFacts({{"good.facts", good}, {"bad.facts", bad}}, out)),
            "bad.facts: it is cut off");
}

TEST(Program, FindsBodiesByTheirIdentity) {
  Unit unit;
  unit.files = {"a.cpp"};
  for (EntityId id = 1; id != 400; ++id)
    unit.bodies.push_back(body(id * id * 0x123456789abcd, "f" + std::to_string(id)));
  normalize(unit);
  auto program =
      llvm::cantFail(ProgramFile::read(llvm::MemoryBuffer::getMemBufferCopy(linked({unit}))));
  for (EntityId id = 1; id != 400; ++id) {
    auto index = program.indexOf(id * id * 0x123456789abcd);
    ASSERT_TRUE(index) << id;
    EXPECT_EQ(llvm::cantFail(program.body(*index)).name, "f" + std::to_string(id));
  }
  EXPECT_FALSE(program.indexOf(0));
  EXPECT_FALSE(program.indexOf(5));
  EXPECT_FALSE(program.indexOf(~EntityId(0)));
}

TEST(Program, JoinsBodiesOfHeaders) {
  Unit a = unitWith("a.cpp", {body(1, "f"), body(5, "inl", {call({1, 2, 1}, 1, "f")}, 1)});
  Unit b = unitWith("b.cpp", {body(2, "g"), body(5, "inl", {call({1, 3, 1}, 2, "g")}, 1)});
  Program program = Program::link({b, a});
  ASSERT_EQ(program.bodies().size(), 3U);
  const Body &both = program.body(*program.find(5));
  ASSERT_EQ(both.calls.size(), 2U);
  EXPECT_EQ(program.file(both.calls[0].place.file), "shared.h");
  EXPECT_EQ(both.calls[0].name, "f");
}

TEST(Program, DoesNotDependOnTheOrderOfUnits) {
  Unit a = unitWith("a.cpp", {body(1, "first"), body(2, "x")});
  Unit b = unitWith("b.cpp", {body(1, "first"), body(3, "y")});
  EXPECT_EQ(Program::link({a, b}).bodies(), Program::link({b, a}).bodies());
}

TEST(Program, KeepsProgramsApartThatShareNames) {
  Body mine = body(1, "listener", {sink({0, 2, 1}, Tier::Sleep, "sleep")});
  Body his = body(1, "listener");
  his.place.line = 7;
  Unit a = unitWith("a.cpp", {mine, body(2, "main", {call({0, 9, 1}, 1, "listener")})});
  Unit b = unitWith("b.cpp", {his, body(3, "run", {call({0, 9, 1}, 1, "listener")})});
  Program program = Program::link({a, b});
  ASSERT_EQ(program.bodies().size(), 4U);
  auto callsOfListener = [&](EntityId caller) {
    auto targets = program.targets(program.body(*program.find(caller)).calls.front());
    return targets.size() == 1 ? program.body(targets.front()).calls.size() : 99U;
  };
  EXPECT_EQ(callsOfListener(2), 1U);
  EXPECT_EQ(callsOfListener(3), 0U);
}

TEST(Program, VirtualCallsReachAllOverriders) {
  Body overrider = body(2, "Derived::run");
  overrider.overrides = {1};
  Body deeper = body(3, "MoreDerived::run");
  deeper.overrides = {1, 2};
  Program program = Program::link({unitWith("a.cpp", {body(1, "Base::run"), overrider, deeper})});
  Call virtualCall = call({0, 1, 1}, 1, "Base::run");
  EXPECT_EQ(program.targets(virtualCall).size(), 1U);
  virtualCall.isVirtual = true;
  EXPECT_EQ(program.targets(virtualCall).size(), 3U);
}

TEST(Program, ReadsSuppressions) {
  Unit unit = unitWith("a.cpp", {body(1, "f")});
  unit.suppressions = {{0, 4, "bugprone-*,async-blocking-call"}, {0, 5, "*"}, {0, 6, "other"}};
  Program program = Program::link({unit});
  EXPECT_TRUE(program.isSuppressed({0, 4, 9}, "async-blocking-call"));
  EXPECT_TRUE(program.isSuppressed({0, 5, 1}, "async-blocking-call"));
  EXPECT_FALSE(program.isSuppressed({0, 6, 1}, "async-blocking-call"));
  EXPECT_FALSE(program.isSuppressed({0, 7, 1}, "async-blocking-call"));
}

TEST(Prune, KeepsOnlyWhatLeadsSomewhere) {
  Unit unit = unitWith(
      "a.cpp", {
                   body(1, "quiet"),
                   body(2, "callsQuiet", {call({0, 1, 1}, 1, "quiet")}),
                   body(3, "slow", {sink({0, 2, 1}, Tier::Sleep, "sleep")}),
                   body(4, "callsSlow", {call({0, 3, 1}, 3, "slow"), call({0, 4, 1}, 1, "quiet")}),
                   body(5, "leaves", {call({0, 5, 1}, 99, "elsewhere")}),
               });
  prune(unit);
  std::vector<std::string> names;
  for (const Body &body : unit.bodies)
    names.push_back(body.name);
  EXPECT_EQ(names, (std::vector<std::string>{"slow", "callsSlow", "leaves"}));
  EXPECT_EQ(unit.bodies[1].calls.size(), 1U);
}

} // namespace

} // namespace async_tidy::test
