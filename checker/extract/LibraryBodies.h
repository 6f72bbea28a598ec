// Spares the compiler the bodies of library functions, of which no fact says anything.
//
// What is no template is skipped. Of templates the tokens are kept: their bodies are parsed and
// instantiated for those types only for which they may lead to code of the project that is made on
// use (CalledBack). All others are taken for instantiated, without a body.
#ifndef ASYNC_TIDY_EXTRACT_LIBRARYBODIES_H
#define ASYNC_TIDY_EXTRACT_LIBRARYBODIES_H

#include "extract/CalledBack.h"
#include "extract/Extractor.h"
#include "extract/Project.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include <vector>

namespace clang {
class CompilerInstance;
class Scope;
class Sema;
} // namespace clang

namespace async_tidy {

class LibraryBodies : public CodeMaker {
public:
  /// Library code is what `project` does not own. All live at least as long as this object. Call it
  /// before `compiler` begins with the main file.
  LibraryBodies(clang::CompilerInstance &compiler, Project &project, const Knowledge &knowledge);

  // What the consumer of the AST is told is to be passed on to these.
  void begin(clang::Sema &sema);
  bool skips(const clang::Decl &decl);
  void instantiated(clang::FunctionDecl &function);

  void declareMembers(const clang::CXXRecordDecl &record) override;
  void define(const clang::FunctionDecl &function) override;

private:
  class EndOfFile;

  void withhold();
  void release(const clang::FunctionDecl &function);

  Project &project;
  CalledBack calledBack;
  clang::Sema *sema = nullptr;
  clang::Scope *scope = nullptr;
  bool isAtEnd = false;
  std::vector<clang::FunctionDecl *> parsed;    // templates that could not wait
  std::vector<clang::FunctionDecl *> instances; // that are wanted, until the end of the file
  llvm::DenseMap<clang::FunctionDecl *, bool> withheld; // whether its tokens are kept
};

} // namespace async_tidy

#endif
