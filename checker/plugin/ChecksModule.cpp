// The clang-tidy module: one unit from its AST to diagnostics, through the same stages as the
// command.
#include "cache/LinkedProgram.h"
#include "checks/Catalogue.h"
#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "extract/Extractor.h"
#include "extract/InstalledPacks.h"
#include "report/Report.h"
#include "settings/ProjectFiles.h"
#include "support/Paths.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Registry.h"

namespace async_tidy {

namespace {

namespace tidy = clang::tidy;

/// The program that a unit is a part of, or why it cannot be used.
struct Linked {
  std::string path;
  std::optional<LinkedProgram> program;
  std::string problem;
};

/// Opens the program file `path`. All checks of a unit ask for the same one after the other, and to
/// open it is to look at each file of the project.
Linked &openOnce(const std::string &path, const std::string &mainFile,
                 const std::vector<std::string> &models) {
  static std::tuple<std::string, std::string, std::vector<std::string>> asked;
  static Linked last;
  if (std::tie(path, mainFile, models) == asked)
    return last;
  auto opened = openLinkedProgram(path, mainFile, models);
  last.path = path;
  last.program.reset();
  last.problem.clear();
  if (opened)
    last.program = std::move(*opened);
  else
    last.problem = llvm::toString(opened.takeError());
  asked = {path, mainFile, models};
  return last;
}

/// What one unit says without the program that it is a part of, and what follows from that.
struct Alone {
  Alone(std::unique_ptr<ProjectFiles> files, Project ofUnit, Unit unit)
      : files(std::move(files)), project(std::move(ofUnit)), program(std::move(unit)),
        inference(program) {}

  std::unique_ptr<ProjectFiles> files;
  Project project;
  Program program;
  Inference inference;
};

/// The last that a check asked for: all checks of a unit ask for the same one after the other.
struct LastAlone {
  const clang::ASTContext *context = nullptr;
  std::string root;
  std::vector<std::string> models;
  std::unique_ptr<Alone> alone;
};

LastAlone &lastAlone() {
  static LastAlone last;
  return last;
}

/// Reads options: what a check's own say, else those of the name `async`, which are for all checks.
class OptionReader {
public:
  using View = tidy::ClangTidyCheck::OptionsView;

  OptionReader(const View &own, tidy::ClangTidyContext &context)
      : own(own), common("async", context.getOptions().CheckOptions, &context) {}

  std::string text(llvm::StringRef option) const {
    auto said = own.get(option);
    return (said ? *said : common.get(option, "")).str();
  }

  std::optional<bool> truth(llvm::StringRef option) const {
    auto said = own.get<bool>(option);
    return said ? said : common.get<bool>(option);
  }

private:
  const View &own;
  const View common;
};

class AsyncCheck : public tidy::ClangTidyCheck {
public:
  AsyncCheck(const Check &row, llvm::StringRef name, tidy::ClangTidyContext *context)
      : ClangTidyCheck(name, context), row(row), read(Options, *context),
        buildFolder(context->getCurrentBuildDirectory()) {}

  void storeOptions(tidy::ClangTidyOptions::OptionMap &options) override {
    Options.store(options, "Tiers", tiers);
    Options.store(options, "Models", models);
    Options.store(options, "Confidence", confidence);
    Options.store(options, "ProjectRoot", root);
    Options.store(options, "Program", programFile);
    if (uncertain)
      Options.store(options, "Uncertain", *uncertain);
    if (severalThreads)
      Options.store(options, "SeveralThreads", *severalThreads);
  }

  bool isLanguageVersionSupported(const clang::LangOptions &language) const override {
    return language.CPlusPlus;
  }

  void registerPPCallbacks(const clang::SourceManager &, clang::Preprocessor *preprocessor,
                           clang::Preprocessor *) override {
    search = &preprocessor->getHeaderSearchInfo();
  }

  void registerMatchers(clang::ast_matchers::MatchFinder *finder) override {
    finder->addMatcher(clang::ast_matchers::translationUnitDecl().bind("unit"), this);
  }

  void check(const clang::ast_matchers::MatchFinder::MatchResult &result) override {
    if (llvm::Error error = analyse(*result.Context))
      configurationDiag("%0", clang::DiagnosticIDs::Error) << llvm::toString(std::move(error));
  }

  void onEndOfTranslationUnit() override { lastAlone() = {}; }

private:
  llvm::Error analyse(clang::ASTContext &context) {
    clang::SourceManager &sources = context.getSourceManager();
    if (Linked *linked = findLinked(sources)) {
      ProjectFiles files;
      return reportLinked(*linked, sources, files);
    }
    llvm::Expected<Alone *> alone = aloneIn(context);
    if (!alone)
      return alone.takeError();
    auto &[files, project, program, inference] = **alone;
    auto findings = makeReport(inference, request(project.folder(), *files), row.name);
    if (!findings)
      return findings.takeError();
    auto location = [&](Place place) { return project.location(program.file(place.file), place); };
    for (const Reported &finding : findings->findings)
      report(finding.message, location);
    return llvm::Error::success();
  }

  /// What the unit says, made once for all checks that see it with the same models.
  llvm::Expected<Alone *> aloneIn(clang::ASTContext &context) {
    const clang::SourceManager &sources = context.getSourceManager();
    std::vector<std::string> known;
    for (llvm::StringRef file : modelFiles())
      known.push_back(file.str());
    LastAlone &last = lastAlone();
    std::string rootFolder = projectRoot(sources);
    if (last.alone && last.context == &context && last.root == rootFolder && last.models == known)
      return last.alone.get();
    auto files = std::make_unique<ProjectFiles>();
    auto rules = files->rulesOf(mainFolder(sources));
    if (!rules)
      return rules.takeError();
    Knowledge knowledge;
    if (llvm::Error error = fill(knowledge, *rules))
      return std::move(error);
    Project project(sources, rootFolder,
                    [rules = *rules](llvm::StringRef path) { return rules.isLibrary(path); });
    auto unit = extractFacts(context, knowledge, project);
    if (!unit)
      return unit.takeError();
    last = {&context, rootFolder, std::move(known),
            std::make_unique<Alone>(std::move(files), std::move(project), std::move(*unit))};
    return last.alone.get();
  }

  /// The program that the unit is a part of; null if there is none. What keeps it from being used
  /// is said, unless the user wants none.
  Linked *findLinked(const clang::SourceManager &sources) {
    constexpr llvm::StringLiteral None = "none";
    if (programFile == None)
      return nullptr;
    // The options of a check may be given relative to nothing in particular: the build's folder,
    // where clang-tidy runs the command, is the one that is known.
    std::string path = programFile.empty() ? findProgramFile(buildFolder, mainFile(sources))
                                           : absolute(sources, programFile);
    if (path.empty())
      return nullptr;
    std::vector<std::string> known;
    for (llvm::StringRef file : modelFiles())
      known.push_back(absolute(sources, file));
    Linked &linked = openOnce(path, mainFile(sources), known);
    if (linked.program)
      return &linked;
    configurationDiag("only chains within this unit are seen: %0; to see all, run 'async-tidy', or "
                      "set the option Program to 'none' to do without")
        << linked.problem;
    return nullptr;
  }

  /// Reports what stands in the files of the unit.
  llvm::Error reportLinked(Linked &linked, clang::SourceManager &sources, ProjectFiles &files) {
    const std::string &folder = linked.program->root;
    auto all = reportOf(linked.program->file, linked.path, request(folder, files));
    if (!all)
      return all.takeError();
    auto location = [&](Place place) {
      return locationIn(sources, absolutePath(all->files[place.file], folder), place);
    };
    // The command has left the report of all checks, if it has the same settings.
    for (const Reported &finding : all->findings)
      if (finding.check == row.name &&
          linked.program->unitFiles.contains(all->files[finding.message.warning.place.file]))
        report(finding.message, location);
    return llvm::Error::success();
  }

  /// The location in a file that the unit may not have read.
  static clang::SourceLocation locationIn(clang::SourceManager &sources, llvm::StringRef path,
                                          Place place) {
    auto file = sources.getFileManager().getOptionalFileRef(path);
    if (!file)
      return {};
    clang::FileID id = sources.translateFile(*file);
    if (id.isInvalid())
      id = sources.createFileID(*file, clang::SourceLocation(), clang::SrcMgr::C_User);
    return sources.translateLineCol(id, place.line, place.column);
  }

  void report(const Message &message, llvm::function_ref<clang::SourceLocation(Place)> where) {
    auto location = [&](const Remark &remark) { return where(remark.place); };
    // '%' begins a placeholder in Clang's diagnostics, so the texts are passed as arguments.
    diag(location(message.warning), "%0") << message.warning.text;
    for (const Remark &note : message.notes)
      diag(location(note), "%0", clang::DiagnosticIDs::Note) << note.text;
  }

  /// Adds the packs of other libraries, what the project says, and the files in option Models.
  llvm::Error fill(Knowledge &knowledge, const ProjectRules &rules) const {
    if (llvm::Error error = addInstalledPacks(*search, knowledge))
      return error;
    if (llvm::Error error = rules.addModels(knowledge))
      return error;
    for (llvm::StringRef file : modelFiles())
      if (llvm::Error error = knowledge.addFile(file))
        return error;
    return llvm::Error::success();
  }

  /// Those of option Models.
  std::vector<llvm::StringRef> modelFiles() const {
    llvm::SmallVector<llvm::StringRef> words;
    llvm::StringRef(models).split(words, ';', -1, /*KeepEmpty=*/false);
    std::vector<llvm::StringRef> files;
    files.reserve(words.size());
    for (llvm::StringRef word : words)
      files.push_back(word.trim());
    return files;
  }

  /// What an option says.
  static std::optional<std::string> said(const std::string &text) {
    return text.empty() ? std::nullopt : std::optional(text);
  }

  ReportRequest request(llvm::StringRef folder, ProjectFiles &files) const {
    return {folder, files, words};
  }

  static std::string mainFile(const clang::SourceManager &sources) {
    auto main = sources.getFileEntryRefForID(sources.getMainFileID());
    return main ? absolute(sources, main->getName()) : "";
  }

  static std::string mainFolder(const clang::SourceManager &sources) {
    return llvm::sys::path::parent_path(mainFile(sources)).str();
  }

  static std::string absolute(const clang::SourceManager &sources, llvm::StringRef path) {
    llvm::SmallString<256> result(path);
    sources.getFileManager().makeAbsolutePath(result);
    llvm::sys::path::remove_dots(result, /*remove_dot_dot=*/true);
    return result.str().str();
  }

  std::string projectRoot(const clang::SourceManager &sources) const {
    return root.empty() ? findProjectRoot(mainFolder(sources)) : absolute(sources, root);
  }

  const Check &row;
  const OptionReader read;
  const std::string buildFolder;
  const std::string models = read.text("Models");
  const std::string tiers = read.text("Tiers");
  const std::string confidence = read.text("Confidence");
  const std::string root = read.text("ProjectRoot");
  const std::string programFile = read.text("Program");
  const std::optional<bool> uncertain = read.truth("Uncertain");
  const std::optional<bool> severalThreads = read.truth("SeveralThreads");
  const SettingWords words{std::nullopt, said(tiers), said(confidence), uncertain, severalThreads};
  const clang::HeaderSearch *search = nullptr;
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
