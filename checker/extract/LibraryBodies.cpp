#include "extract/LibraryBodies.h"
#include "support/LlvmCompat.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/ExternalSemaSource.h"
#include "clang/Sema/Sema.h"

namespace async_tidy {

namespace {

/// Lets templates wait for their bodies to be asked for in files of libraries, and nowhere else:
/// names in such a body are looked up late.
class FileSwitch : public clang::PPCallbacks {
public:
  FileSwitch(clang::LangOptions &language, Project &project)
      : language(language), project(project), always(language.DelayedTemplateParsing) {}

  void FileChanged(clang::SourceLocation location, FileChangeReason,
                   clang::SrcMgr::CharacteristicKind, clang::FileID) override {
    language.DelayedTemplateParsing = always || !project.owns(location);
  }

private:
  clang::LangOptions &language;
  Project &project;
  bool always;
};

/// Whether an await is known to sleep is read from this function's body, whosever it is.
bool isReadyTest(const clang::FunctionDecl &function) {
  return function.getDeclName().isIdentifier() && function.getName() == "await_ready";
}

} // namespace

/// Is asked for more when the file has been parsed and nothing is instantiated yet.
class LibraryBodies::EndOfFile : public clang::ExternalSemaSource {
public:
  explicit EndOfFile(LibraryBodies &bodies) : bodies(bodies) {}

  void ReadPendingInstantiations(
      llvm::SmallVectorImpl<std::pair<clang::ValueDecl *, clang::SourceLocation>> &) override {
    bodies.withhold();
  }

private:
  LibraryBodies &bodies;
};

LibraryBodies::LibraryBodies(clang::CompilerInstance &compiler, Project &project,
                             const Knowledge &knowledge)
    : project(project), calledBack(project, knowledge) {
  compiler.getFrontendOpts().SkipFunctionBodies = true;
  compiler.getPreprocessor().addPPCallbacks(
      std::make_unique<FileSwitch>(compiler.getLangOpts(), project));
}

void LibraryBodies::begin(clang::Sema &sema) {
  this->sema = &sema;
  compat::addExternalSource(sema, *new EndOfFile(*this));
}

bool LibraryBodies::skips(const clang::Decl &decl) {
  auto *function = const_cast<clang::FunctionDecl *>(decl.getAsFunction());
  if (!function || project.owns(function->getLocation()) || isReadyTest(*function))
    return false;
  if (!function->isDependentContext())
    return true;
  parsed.push_back(function);
  return false;
}

/// Nothing is instantiated but what is released.
void LibraryBodies::withhold() {
  if (std::exchange(isAtEnd, true))
    return;
  scope = sema->TUScope;
  for (const auto &[function, tokens] : sema->LateParsedTemplateMap)
    if (!isReadyTest(*function) && !project.owns(function->getLocation()))
      withheld[const_cast<clang::FunctionDecl *>(function)] = true;
  for (clang::FunctionDecl *function : parsed)
    withheld.try_emplace(function, false);
  for (auto [function, hasTokens] : withheld) {
    function->setLateTemplateParsed(false);
    function->setHasSkippedBody(true);
  }
  for (clang::FunctionDecl *instance : instances)
    release(*instance);
}

void LibraryBodies::instantiated(clang::FunctionDecl &function) {
  if (isAtEnd)
    release(function);
  else
    instances.push_back(&function);
}

/// Gives the template of `function` its body back if that may lead to code of the project.
void LibraryBodies::release(const clang::FunctionDecl &function) {
  auto at = withheld.find(function.getTemplateInstantiationPattern());
  if (at == withheld.end() || !calledBack.mayMake(function))
    return;
  at->first->setHasSkippedBody(false);
  at->first->setLateTemplateParsed(at->second && !at->first->getBody());
  withheld.erase(at);
}

void LibraryBodies::declareMembers(const clang::CXXRecordDecl &record) {
  auto *definition = record.getDefinition();
  if (!definition || definition->isDependentContext())
    return;
  sema->LookupConstructors(definition);
  if (clang::CXXDestructorDecl *destructor = sema->LookupDestructor(definition))
    define(*destructor);
}

void LibraryBodies::define(const clang::FunctionDecl &function) {
  if (function.isDeleted() || function.isInvalidDecl())
    return;
  sema->TUScope = scope;
  sema->MarkFunctionReferenced(function.getLocation(),
                               const_cast<clang::FunctionDecl *>(&function));
  sema->DefineUsedVTables();
  sema->PerformPendingInstantiations();
  sema->TUScope = nullptr;
}

} // namespace async_tidy
