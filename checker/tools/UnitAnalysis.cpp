#include "tools/UnitAnalysis.h"
#include "extract/Extractor.h"
#include "extract/InstalledPacks.h"
#include "facts/FactsFile.h"
#include "support/Paths.h"
#include "tools/CommandCleaner.h"
#include "clang/Basic/AllDiagnostics.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/Stack.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"
#include <cstdlib>
#include <map>

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
  bool isReached = false; // the code was parsed without an error
  std::string problem;
};

class FactsConsumer : public clang::ASTConsumer {
public:
  FactsConsumer(Target &target, const clang::HeaderSearch &search)
      : target(target), search(search) {}

  void HandleTranslationUnit(clang::ASTContext &context) override {
    // Half a unit gives half the facts; a unit with an error gives none.
    if (context.getDiagnostics().hasUncompilableErrorOccurred())
      return;
    target.isReached = true;
    if (llvm::Error error = save(context))
      target.problem = llvm::toString(std::move(error));
  }

private:
  llvm::Error save(clang::ASTContext &context) const {
    const UnitRules &said = target.rules;
    Knowledge knowledge = said.knowledge;
    std::vector<std::string> packs = installedPacks(search);
    for (const std::string &pack : packs)
      if (llvm::Error error = knowledge.addFile(pack, Origin::Installed))
        return error;
    Project project(context.getSourceManager(), target.root,
                    [&](llvm::StringRef path) { return said.rules.isLibrary(path); });
    auto unit = extractFacts(context, knowledge, project, target.options);
    if (!unit)
      return unit.takeError();
    unit->reads = readsOf(context.getSourceManager(), packs);
    return saveFacts(*unit, target.factsPath);
  }

  /// All files that had a say in the unit, with what was in them.
  std::vector<FileRead> readsOf(const clang::SourceManager &sources,
                                llvm::ArrayRef<std::string> packs) const {
    std::map<std::string, uint64_t> hashes;
    auto add = [&](llvm::StringRef path, llvm::StringRef contents) {
      std::string absolute = absolutePath(path, currentFolder());
      if (isBelow(absolute, target.root))
        absolute = relativePath(absolute, target.root);
      hashes[absolute] = llvm::xxh3_64bits(contents);
    };
    for (auto at = sources.fileinfo_begin(); at != sources.fileinfo_end(); ++at)
      if (auto contents = at->second->getBufferDataIfLoaded())
        add(at->first.getName(), *contents);
    for (const std::string &pack : packs)
      if (auto buffer = llvm::MemoryBuffer::getFile(pack))
        add(pack, (*buffer)->getBuffer());
    std::vector<FileRead> reads;
    reads.reserve(hashes.size());
    for (const auto &[path, hash] : hashes)
      reads.push_back({path, hash});
    return reads;
  }

  Target &target;
  const clang::HeaderSearch &search;
};

class FactsAction : public clang::ASTFrontendAction {
public:
  explicit FactsAction(Target &target) : target(target) {}

protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler,
                                                        llvm::StringRef) override {
    return std::make_unique<FactsConsumer>(target,
                                           compiler.getPreprocessor().getHeaderSearchInfo());
  }

private:
  Target &target;
};

} // namespace

std::string analyseUnit(const UnitCommand &unit, const UnitRules &rules, llvm::StringRef root,
                        llvm::StringRef factsPath, ExtractOptions options) {
  clang::noteBottomOfStack();
  if (std::error_code error = llvm::sys::fs::set_current_path(unit.directory))
    return "its folder '" + unit.directory + "': " + error.message();
  // The current folder keeps the spelling of the database, also where that leads through a link:
  // otherwise its files would not lie in the project.
  setenv("PWD", unit.directory.c_str(), /*overwrite=*/1);

  Target target{rules, root.str(), factsPath.str(), options, false, ""};
  FirstError firstError(root);
  llvm::IntrusiveRefCntPtr<clang::FileManager> files(
      new clang::FileManager(clang::FileSystemOptions()));
  clang::tooling::ToolInvocation invocation(unit.arguments, std::make_unique<FactsAction>(target),
                                            files.get());
  invocation.setDiagnosticConsumer(&firstError);
  // Errors of Clang's driver about the command do not matter if the code makes sense all the same.
  invocation.run();
  if (target.isReached)
    return target.problem;
  return firstError.text().empty() ? "Clang cannot work with its command" : firstError.text();
}

} // namespace async_tidy
