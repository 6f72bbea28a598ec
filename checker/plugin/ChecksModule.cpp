// The clang-tidy module: one unit from its AST to diagnostics, through the same stages as the
// command.
#include "checks/Catalogue.h"
#include "checks/Options.h"
#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "extract/Extractor.h"
#include "report/Words.h"
#include "support/Paths.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Registry.h"

namespace async_tidy {

namespace {

namespace tidy = clang::tidy;

class AsyncCheck : public tidy::ClangTidyCheck {
public:
  AsyncCheck(const Check &row, llvm::StringRef name, tidy::ClangTidyContext *context)
      : ClangTidyCheck(name, context), row(row), tiers(Options.get("Tiers", "").str()),
        models(Options.get("Models", "").str()), confidence(Options.get("Confidence", "presumed")),
        root(Options.get("ProjectRoot", "").str()), uncertain(Options.get("Uncertain", false)) {}

  void storeOptions(tidy::ClangTidyOptions::OptionMap &options) override {
    Options.store(options, "Tiers", tiers);
    Options.store(options, "Models", models);
    Options.store(options, "Confidence", confidence);
    Options.store(options, "ProjectRoot", root);
    Options.store(options, "Uncertain", uncertain);
  }

  bool isLanguageVersionSupported(const clang::LangOptions &language) const override {
    return language.CPlusPlus;
  }

  void registerMatchers(clang::ast_matchers::MatchFinder *finder) override {
    finder->addMatcher(clang::ast_matchers::translationUnitDecl().bind("unit"), this);
  }

  void check(const clang::ast_matchers::MatchFinder::MatchResult &result) override {
    auto knowledge = readKnowledge();
    auto options = readOptions();
    if (!knowledge || !options)
      return;
    clang::ASTContext &context = *result.Context;
    clang::SourceManager &sources = context.getSourceManager();
    Project project(sources, projectRoot(sources));
    auto unit = extractFacts(context, *knowledge, project);
    if (!unit) {
      configurationDiag("%0", clang::DiagnosticIDs::Error) << llvm::toString(unit.takeError());
      return;
    }
    Program program = Program::link({std::move(*unit)});
    for (const Finding &finding :
         runChecks(program, *options, [&](llvm::StringRef name) { return name == row.name; }))
      report(inWords(finding, program), program, project);
  }

private:
  void report(const Message &message, const Program &program, const Project &project) {
    auto location = [&](const Remark &remark) {
      return project.location(program.file(remark.place.file), remark.place);
    };
    // '%' begins a placeholder in Clang's diagnostics, so the texts are passed as arguments.
    diag(location(message.warning), "%0") << message.warning.text;
    for (const Remark &note : message.notes)
      diag(location(note), "%0", clang::DiagnosticIDs::Note) << note.text;
  }

  std::optional<Knowledge> readKnowledge() {
    Knowledge knowledge;
    llvm::SmallVector<llvm::StringRef> files;
    llvm::StringRef(models).split(files, ';', -1, /*KeepEmpty=*/false);
    llvm::Error error = llvm::Error::success();
    for (llvm::StringRef file : files)
      if (!error)
        error = knowledge.addFile(file.trim());
    if (error) {
      configurationDiag("%0") << llvm::toString(std::move(error));
      return std::nullopt;
    }
    return std::move(knowledge);
  }

  std::optional<CheckOptions> readOptions() {
    CheckOptions options;
    options.uncertain = uncertain;
    std::string wrong = parseTiers(tiers, options.tiers);
    if (wrong.empty())
      wrong = parseConfidence(confidence, options.confidence);
    if (wrong.empty())
      return options;
    configurationDiag("%0") << wrong;
    return std::nullopt;
  }

  std::string projectRoot(const clang::SourceManager &sources) const {
    clang::FileManager &files = sources.getFileManager();
    llvm::SmallString<256> folder(root);
    if (folder.empty())
      if (auto main = sources.getFileEntryRefForID(sources.getMainFileID()))
        folder = llvm::sys::path::parent_path(main->getName());
    files.makeAbsolutePath(folder);
    llvm::sys::path::remove_dots(folder, /*remove_dot_dot=*/true);
    return root.empty() ? findProjectRoot(folder) : folder.str().str();
  }

  const Check &row;
  const std::string tiers;
  const std::string models;
  const std::string confidence;
  const std::string root;
  const bool uncertain;
};

class AsyncTidyModule : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &factories) override {
    for (const Check &row : catalogue())
      factories.registerCheckFactory(row.name,
                                     [&row](llvm::StringRef name, tidy::ClangTidyContext *context) {
                                       return std::make_unique<AsyncCheck>(row, name, context);
                                     });
  }
};

const llvm::Registry<tidy::ClangTidyModule>::Add<AsyncTidyModule>
    registered("async-tidy", "Finds what hurts programs with an event loop.");

} // namespace

} // namespace async_tidy
