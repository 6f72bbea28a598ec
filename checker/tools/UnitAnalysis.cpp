#include "tools/UnitAnalysis.h"
#include "cache/FileHashes.h"
#include "extract/Extractor.h"
#include "extract/InstalledPacks.h"
#include "extract/LibraryBodies.h"
#include "facts/FactsFile.h"
#include "facts/Reads.h"
#include "support/Paths.h"
#include "tools/CommandCleaner.h"
#include "tools/LookUps.h"
#include "clang/Basic/AllDiagnostics.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/Stack.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/SemaConsumer.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cstdlib>
#include <map>
#include <optional>

namespace async_tidy {

namespace {

/// Keeps the first error of a unit. Warnings that a pragma made errors do not count: the code is
/// fine for the compiler that it is written for.
class FirstError : public clang::DiagnosticConsumer {
public:
  FirstError(llvm::StringRef root) : root(root) {}

  const std::string &text() const { return error; }

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic &diagnostic) override {
    DiagnosticConsumer::HandleDiagnostic(level, diagnostic);
    unsigned id = diagnostic.getID();
    if (level < clang::DiagnosticsEngine::Error || !error.empty() ||
        !diagnostic.getDiags()->getDiagnosticIDs()->isDefaultMappingAsError(id))
      return;
    if (id == clang::diag::err_module_not_found ||
        id == clang::diag::err_header_import_not_header_unit) {
      error = UsesModules.str();
      return;
    }
    llvm::SmallString<128> message;
    diagnostic.FormatDiagnostic(message);
    error = place(diagnostic) + message.str().str();
  }

private:
  /// "src/a.cpp:3:5: ", or nothing for an error in the command.
  std::string place(const clang::Diagnostic &diagnostic) const {
    if (!diagnostic.hasSourceManager() || diagnostic.getLocation().isInvalid())
      return "";
    const clang::SourceManager &sources = diagnostic.getSourceManager();
    auto at = sources.getPresumedLoc(sources.getFileLoc(diagnostic.getLocation()));
    if (at.isInvalid())
      return "";
    std::string file = absolutePath(at.getFilename(), currentFolder());
    if (isBelow(file, root))
      file = relativePath(file, root);
    return file + ":" + std::to_string(at.getLine()) + ":" + std::to_string(at.getColumn()) + ": ";
  }

  llvm::StringRef root;
  std::string error;
};

/// What the unit becomes once it is parsed.
struct Target {
  const UnitRules &rules;
  std::string root;
  std::string factsPath;
  ExtractOptions options;
  bool parsesLibraries;
  std::string problem;
  llvm::IntrusiveRefCntPtr<LookUps> lookUps = llvm::makeIntrusiveRefCnt<LookUps>();
  bool isReached = false; // the code was parsed without an error
};

class FactsConsumer : public clang::SemaConsumer {
public:
  FactsConsumer(Target &target, clang::CompilerInstance &compiler)
      : target(target), knowledge(target.rules.knowledge),
        packs(installedPacks(compiler.getPreprocessor().getHeaderSearchInfo())),
        problem(addPacks()),
        project(compiler.getSourceManager(), target.root,
                [&target](llvm::StringRef path) { return target.rules.rules.isLibrary(path); }) {
    if (!target.parsesLibraries)
      bodies.emplace(compiler, project, knowledge);
  }

  void InitializeSema(clang::Sema &sema) override {
    if (bodies)
      bodies->begin(sema);
  }

  bool shouldSkipFunctionBody(clang::Decl *decl) override { return bodies && bodies->skips(*decl); }

  void HandleCXXImplicitFunctionInstantiation(clang::FunctionDecl *function) override {
    if (bodies)
      bodies->instantiated(*function);
  }

  void HandleTranslationUnit(clang::ASTContext &context) override {
    // Half a unit gives half the facts; a unit with an error gives none.
    if (context.getDiagnostics().hasUncompilableErrorOccurred())
      return;
    target.isReached = true;
    if (llvm::Error error = save(context))
      target.problem = llvm::toString(std::move(error));
  }

private:
  llvm::Error save(clang::ASTContext &context) {
    if (!problem.empty())
      return llvm::createStringError(llvm::inconvertibleErrorCode(), problem);
    ExtractOptions options = target.options;
    options.maker = bodies ? &*bodies : nullptr;
    auto unit = extractFacts(context, knowledge, project, options);
    if (!unit)
      return unit.takeError();
    unit->reads = readsOf(context.getSourceManager());
    return saveFacts(*unit, target.factsPath);
  }

  /// Returns what is wrong with one of them, or nothing.
  std::string addPacks() {
    for (const std::string &pack : packs)
      if (llvm::Error error = knowledge.addFile(pack, Origin::Installed))
        return llvm::toString(std::move(error));
    return "";
  }

  /// All that had a say in the unit: files with what was in them, and what was not there.
  std::vector<FileRead> readsOf(const clang::SourceManager &sources) const {
    std::map<std::string, uint64_t> hashes;
    auto add = [&](llvm::StringRef path, llvm::StringRef contents) {
      std::string name = storedPath(absolutePath(path, currentFolder()), target.root);
      hashes[name] = hashOfRead(contents);
    };
    for (auto at = sources.fileinfo_begin(); at != sources.fileinfo_end(); ++at)
      if (auto contents = at->second->getBufferDataIfLoaded())
        add(at->first.getName(), *contents);
    for (const auto *files : {&packs, &target.rules.files})
      for (const std::string &file : *files)
        if (auto buffer = llvm::MemoryBuffer::getFile(file))
          add(file, (*buffer)->getBuffer());
    for (const std::string &place : target.lookUps->places())
      if (auto [at, isNew] = hashes.try_emplace(storedPath(place, target.root)); isNew)
        at->second = hashOfPlace(place);
    std::vector<FileRead> reads;
    reads.reserve(hashes.size());
    for (const auto &[path, hash] : hashes)
      reads.push_back({path, hash});
    return reads;
  }

  Target &target;
  Knowledge knowledge;
  std::vector<std::string> packs; // that libraries bring
  std::string problem;            // with these
  Project project;
  std::optional<LibraryBodies> bodies;
};

/// Ignores what -w does not: the warnings that Clang makes errors and GCC does not have.
/// -Wno-everything would too, but each diagnostic pragma of a header copies all severities that
/// were ever set: 50 MB in a unit with a few libraries.
void ignoreErrorsOfWarnings(clang::DiagnosticsEngine &diagnostics) {
  const auto &ids = diagnostics.getDiagnosticIDs();
  std::vector<clang::diag::kind> all;
  clang::DiagnosticIDs::getAllDiagnostics(clang::diag::Flavor::WarningOrError, all);
  for (clang::diag::kind id : all)
    if (ids->isDefaultMappingAsError(id) && !ids->getWarningOptionForDiag(id).empty())
      diagnostics.setSeverity(id, clang::diag::Severity::Ignored, clang::SourceLocation());
}

class FactsAction : public clang::ASTFrontendAction {
public:
  explicit FactsAction(Target &target) : target(target) {}

protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler,
                                                        llvm::StringRef) override {
    // The process ends with the unit.
    compiler.getFrontendOpts().DisableFree = true;
    ignoreErrorsOfWarnings(compiler.getDiagnostics());
    return std::make_unique<FactsConsumer>(target, compiler);
  }

private:
  Target &target;
};

/// Makes of `unit` what `target` wants. Returns the first error in the code, or nothing.
std::string parse(const UnitCommand &unit, Target &target) {
  FirstError firstError(target.root);
  llvm::IntrusiveRefCntPtr<clang::FileManager> files(
      new clang::FileManager(clang::FileSystemOptions(), target.lookUps));
  clang::tooling::ToolInvocation invocation(unit.arguments, std::make_unique<FactsAction>(target),
                                            files.get());
  invocation.setDiagnosticConsumer(&firstError);
  // Errors of Clang's driver about the command do not matter if the code makes sense all the same.
  invocation.run();
  return firstError.text();
}

} // namespace

std::string analyseUnit(const UnitCommand &unit, const UnitRules &rules, llvm::StringRef root,
                        llvm::StringRef factsPath, const ExtractOptions &options,
                        bool parsesLibraries) {
  clang::noteBottomOfStack();
  if (std::error_code error = llvm::sys::fs::set_current_path(unit.directory))
    return "its folder '" + unit.directory + "': " + error.message();
  // The current folder keeps the spelling of the database, also where that leads through a link:
  // otherwise its files would not lie in the project.
  setenv("PWD", unit.directory.c_str(), /*overwrite=*/1);

  Target target{rules, root.str(), factsPath.str(), options, parsesLibraries, ""};
  std::string error = parse(unit, target);
  // What is wrong with a unit is what the compiler says of the whole of it.
  if (!target.isReached && !std::exchange(target.parsesLibraries, true))
    error = parse(unit, target);
  if (target.isReached)
    return target.problem;
  return error.empty() ? "Clang cannot work with its command" : error;
}

} // namespace async_tidy
