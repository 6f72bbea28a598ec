// Source text to an AST, and to facts, for tests.
#ifndef ASYNC_TIDY_TESTS_UNIT_PARSE_H
#define ASYNC_TIDY_TESTS_UNIT_PARSE_H

#include "extract/Extractor.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/Tooling.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

struct ParseOptions {
  std::string file = "/project/src/unit.cpp";
  clang::tooling::FileContentMappings headers; // absolute name, text
  std::vector<std::string> flags = {};
  bool skipSystemBodies = false;
  bool reverse = false;
};

/// Parses `code` and gives the AST to `use`. A file that does not compile fails the test.
void parse(llvm::StringRef code, const ParseOptions &options,
           llvm::function_ref<void(clang::ASTContext &)> use);

/// The facts of `code`, in a project whose root is /project, as text.
std::string factsText(llvm::StringRef code, const ParseOptions &options = {});

/// The facts of `code`.
Unit facts(llvm::StringRef code, const ParseOptions &options = {});

/// The models that are built in.
const Knowledge &builtinKnowledge();

} // namespace async_tidy::test

#endif
