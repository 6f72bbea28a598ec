#include "Parse.h"
#include "facts/Dump.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy::test {

namespace {

using Use = llvm::function_ref<void(clang::ASTContext &)>;

class Consumer : public clang::ASTConsumer {
public:
  Consumer(Use use, const clang::SourceManager &sources) : use(use), sources(sources) {}

  void HandleTranslationUnit(clang::ASTContext &context) override {
    EXPECT_FALSE(context.getDiagnostics().hasErrorOccurred());
    use(context);
  }

  bool shouldSkipFunctionBody(clang::Decl *decl) override {
    return sources.isInSystemHeader(decl->getLocation());
  }

private:
  Use use;
  const clang::SourceManager &sources;
};

class Action : public clang::ASTFrontendAction {
public:
  Action(Use use, bool skip) : use(use), skip(skip) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler,
                                                        llvm::StringRef) override {
    compiler.getFrontendOpts().SkipFunctionBodies = skip;
    return std::make_unique<Consumer>(use, compiler.getSourceManager());
  }

private:
  Use use;
  bool skip;
};

} // namespace

void parse(llvm::StringRef code, const ParseOptions &options, Use use) {
  std::vector<std::string> arguments = {"-std=c++20", "-w",
                                        "-resource-dir=" ASYNC_TIDY_RESOURCE_DIR};
  arguments.insert(arguments.end(), options.flags.begin(), options.flags.end());
  EXPECT_TRUE(clang::tooling::runToolOnCodeWithArgs(
      std::make_unique<Action>(use, options.skipSystemBodies), code, arguments, options.file,
      "clang-tool", std::make_shared<clang::PCHContainerOperations>(), options.headers));
}

Unit facts(llvm::StringRef code, const ParseOptions &options) {
  Unit unit;
  parse(code, options, [&](clang::ASTContext &context) {
    Project project(context.getSourceManager(), "/project");
    unit = llvm::cantFail(extractFacts(context, builtinKnowledge(), project,
                                       {false, options.reverse, nullptr, {}, {}}));
  });
  return unit;
}

std::string factsText(llvm::StringRef code, const ParseOptions &options) {
  std::string text;
  llvm::raw_string_ostream out(text);
  dumpFacts(facts(code, options), out);
  return text;
}

const Knowledge &builtinKnowledge() {
  static const Knowledge knowledge;
  return knowledge;
}

} // namespace async_tidy::test
