// Identity: the same function the same number, another function another, whatever the order.
#include "extract/Identity.h"
#include "Parse.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include <map>
#include <set>

namespace async_tidy::test {

namespace {

using namespace clang::ast_matchers;

/// The identities of all functions that have a body and are no templates, by the line they stand
/// on.
std::multimap<unsigned, std::string>
identities(llvm::StringRef code, const ParseOptions &options = {}, bool backwards = false) {
  std::multimap<unsigned, std::string> result;
  parse(code, options, [&](clang::ASTContext &context) {
    Project project(context.getSourceManager(), "/project");
    Identity identity(context, project);
    auto found = match(
        functionDecl(isDefinition(), unless(isImplicit()), unless(isExpansionInSystemHeader()))
            .bind("f"),
        context);
    if (backwards)
      std::reverse(found.begin(), found.end());
    for (const BoundNodes &nodes : found) {
      const auto *function = nodes.getNodeAs<clang::FunctionDecl>("f");
      if (function->isDependentContext())
        continue;
      identity.of(*function); // fills its tables in this order
      result.emplace(context.getSourceManager().getExpansionLineNumber(function->getLocation()),
                     identity.text(*function));
    }
  });
  return result;
}

std::set<std::string> distinct(const std::multimap<unsigned, std::string> &all) {
  std::set<std::string> texts;
  for (const auto &[line, text] : all)
    texts.insert(text);
  return texts;
}

std::set<std::pair<unsigned, std::string>> asSet(const std::multimap<unsigned, std::string> &all) {
  return {all.begin(), all.end()};
}

constexpr llvm::StringLiteral ManyKinds = R"cpp(
  namespace app {
  static void helper(int) {}
  void helper(double) {}
  template <class F> void post(F f) { f(); }
  struct Store {
    Store() {}
    explicit Store(int) {}
    ~Store() {}
    void load() { auto inner = [] {}; inner(); }
    void load() const { auto inner = [] {}; inner(); }
  };
  struct Sizes { int size = [] { return 1; }(); int other = [] { return 2; }(); };
  void outer() {
    struct Local { void run() { auto deep = [] {}; deep(); } };
    Local().run();
    auto first = [] {};
    auto second = [] {};
    post(first); post(second);
    post([](auto x) { return x; }(first));
    { struct Local { void run() {} }; Local().run(); }
  }
  inline void inHeader() { post([] { post([] {}); }); }
  template <class T> void generic(T t) { auto each = [t](auto x) {}; each(1); each('c'); }
  void use() { generic(1); generic(2.0); generic([] {}); }
  auto atNamespaceScope = [] {};
  void defaults(int a = [] { return 1; }(), int b = [] { return 2; }()) {}
  }
  namespace { void hidden() {} }
  extern "C" void plain() {}
)cpp";

TEST(Identity, TellsAllFunctionsApart) {
  auto all = identities(ManyKinds);
  EXPECT_GT(all.size(), 30U);
  std::map<std::string, unsigned> seen;
  for (const auto &[line, text] : all)
    EXPECT_TRUE(seen.emplace(text, line).second)
        << text << " in lines " << seen[text] << ", " << line;
}

TEST(Identity, DoesNotDependOnTheOrderOfVisiting) {
  EXPECT_EQ(asSet(identities(ManyKinds)), asSet(identities(ManyKinds, {}, true)));
}

TEST(Identity, HasNoPathAndNoClangNumber) {
  for (const std::string &text : distinct(identities(ManyKinds))) {
    EXPECT_EQ(text.find("/project"), std::string::npos) << text;
    EXPECT_EQ(text.find("$_"), std::string::npos) << text;
  }
}

TEST(Identity, StaticsOfTwoUnitsDiffer) {
  ParseOptions a, b;
  a.file = "/project/a/util.cpp";
  b.file = "/project/b/util.cpp";
  auto code = "static void helper() {}";
  EXPECT_NE(distinct(identities(code, a)), distinct(identities(code, b)));
}

TEST(Identity, InlineFunctionsOfTwoUnitsAreOne) {
  ParseOptions a, b;
  a.file = "/project/a.cpp";
  b.file = "/project/b.cpp";
  a.headers = b.headers = {{"/project/shared.h", R"cpp(
    template <class F> void post(F f) { f(); }
    inline void both() { post([] {}); struct Local { void run() {} }; Local().run(); }
  )cpp"}};
  auto first = distinct(identities("#include \"/project/shared.h\"\nvoid x() { both(); }", a));
  auto second = distinct(identities("#include \"/project/shared.h\"\nvoid y() { both(); }", b));
  std::vector<std::string> shared;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(),
                        std::back_inserter(shared));
  EXPECT_EQ(shared.size(), 4U); // both, its lambda, post<lambda>, Local::run
}

TEST(Identity, LambdasInParallelRegionsDiffer) {
  ParseOptions options;
  options.flags = {"-fopenmp"};
  auto all = identities("void f() {\n#pragma omp parallel\n{ [] {}(); } }\n"
                        "void g() {\n#pragma omp parallel\n{ [] {}(); } }",
                        options);
  EXPECT_EQ(all.size(), 4U);
  EXPECT_EQ(distinct(all).size(), 4U);
}

TEST(Identity, OfALambdaStaysWhenCodeAboveItsFunctionChanges) {
  auto before = distinct(identities("void f() { [] {}(); }"));
  auto after = distinct(identities("void f();\n\n\nint y;\nvoid f() { [] {}(); }"));
  EXPECT_EQ(before, after);
}

TEST(Identity, WorkStaysSmallInDeepTypes) {
  std::string code =
      "template <class A, class B> struct P {};\nvoid f() { struct L {}; using T0 = L;\n";
  for (int i = 1; i < 60; ++i)
    code += "using T" + std::to_string(i) + " = P<T" + std::to_string(i - 1) + ", T" +
            std::to_string(i - 1) + ">;\n";
  code += "struct User { static void take(T59 *) {} }; User::take(nullptr); }";
  for (const std::string &text : distinct(identities(code)))
    EXPECT_LT(text.size(), 2000U);
}

// ---- the same for whole facts

constexpr llvm::StringLiteral Program = R"cpp(
  #include <algorithm>
  #include <coroutine>
  #include <memory>
  #include <thread>
  #include <unistd.h>
  #include <vector>
  struct Task {
    struct promise_type {
      Task get_return_object() { return {}; }
      std::suspend_never initial_suspend() { return {}; }
      std::suspend_always final_suspend() noexcept { return {}; }
      void return_void() {}
      void unhandled_exception() {}
    };
    bool await_ready() { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    void await_resume() {}
  };
  template <class F> void twice(F f) { f(); f(); }
  static void slow() { ::sleep(1); }
  struct Base { virtual ~Base() = default; virtual void run() = 0; };
  struct Derived : Base { void run() override { slow(); } };
  Task child() { slow(); co_return; }
  Task session(Base &base, std::vector<int> values) {
    twice([] { slow(); });
    twice([] { ::usleep(1); });
    std::for_each(values.begin(), values.end(), [](int) { ::sleep(2); });
    std::thread([] { slow(); }).detach();
    base.run();
    auto made = std::make_unique<Derived>();
    made->run();
    co_await child();
  }
)cpp";

TEST(Facts, DoNotDependOnTheOrderOfVisiting) {
  ParseOptions reverse;
  reverse.reverse = true;
  std::string text = factsText(Program);
  EXPECT_NE(text.find("sleep"), std::string::npos);
  EXPECT_EQ(text, factsText(Program, reverse));
}

TEST(Facts, AreTheSameWithoutSystemBodies) {
  ParseOptions skip;
  skip.skipSystemBodies = true;
  EXPECT_EQ(factsText(Program), factsText(Program, skip));
}

TEST(Facts, HoldNoAbsolutePath) {
  EXPECT_EQ(factsText(Program).find("/project"), std::string::npos);
}

TEST(Facts, AreTheSameInAnotherCheckout) {
  Unit here = facts("#include <unistd.h>\nvoid f() { sleep(1); }");
  ASSERT_EQ(here.files, std::vector<std::string>{"src/unit.cpp"});
}

TEST(Facts, LeaveOutWhatReachesNothing) {
  Unit unit =
      facts("void quiet() {}\nvoid caller() { quiet(); }\n"
            "#include <unistd.h>\nvoid slow() { sleep(1); }\nvoid uses() { slow(); quiet(); }");
  ASSERT_EQ(unit.bodies.size(), 2U);
  for (const Body &body : unit.bodies)
    EXPECT_EQ(body.calls.size(), 1U) << body.name;
}

} // namespace

} // namespace async_tidy::test
