#include "extract/Extractor.h"
#include "extract/AwaitSeries.h"
#include "extract/BodyWalker.h"
#include "extract/MadeOnUse.h"
#include "extract/PublicFunctions.h"
#include "extract/Suppressions.h"
#include "facts/Prune.h"
#include "knowledge/Pages.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>
#include <map>
#include <set>

namespace async_tidy {

void UnitContext::mention(const clang::CXXRecordDecl &record) {
  EntityId id = identity.of(record);
  Variable &entry = variables[id];
  if (entry.id != 0)
    return;
  const clang::CXXRecordDecl *definition = record.getDefinition();
  entry.id = id;
  entry.name = record.isLambda() ? "this" : qualifiedName(record);
  entry.place = project.place((definition ? *definition : record).getLocation());
  entry.isDefined = definition != nullptr;
}

bool UnitContext::isProjectCode(const clang::FunctionDecl &function) {
  const clang::FunctionDecl *key = function.getCanonicalDecl();
  auto at = projectCode.find(key);
  if (at != projectCode.end())
    return at->second;
  // An instantiation stands where its template does.
  const clang::FunctionDecl *pattern = function.getTemplateInstantiationPattern();
  clang::SourceLocation location = (pattern ? pattern : &function)->getLocation();
  // Clang declares its builtins where they are first used.
  bool isBuiltin = function.getBuiltinID() != 0 && !function.hasBody();
  bool result = !isBuiltin && project.owns(location) && !knowledge.owns(qualifiedName(function));
  projectCode[key] = result;
  return result;
}

void UnitContext::declareConstructors(const clang::CXXRecordDecl &record) {
  if (maker)
    maker->declareMembers(record);
}

void UnitContext::use(const clang::CXXConstructorDecl &constructor) {
  used.push_back(&constructor);
  if (maker) {
    maker->define(constructor);
    hasNews = true;
  }
}

namespace {

class Extractor {
public:
  Extractor(clang::ASTContext &ast, const Knowledge &knowledge, Project &project,
            const ExtractOptions &options)
      : unit(ast, knowledge, project, options.maker), options(options) {}

  llvm::Expected<Unit> run() {
    do {
      unit.hasNews = false;
      seen.clear();
      visitAll();
    } while (unit.hasNews);
    if (!unit.annotations.problems().empty())
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     *unit.annotations.problems().begin());
    readCoroutines();
    facts.mainFile = unit.project.mainFile();
    for (auto &[id, variable] : unit.variables)
      facts.variables.push_back(std::move(variable));
    if (!options.keepsAll)
      prune(facts);
    addSuppressions();
    addAdvice();
    if (!options.interface.empty())
      facts.offers = publicFunctions(unit, options.interface);
    facts.ownPacks = options.ownPacks;
    facts.files = unit.project.files();
    normalize(facts);
    return std::move(facts);
  }

private:
  void visitAll() {
    llvm::append_range(todo, unit.ast.getTraversalScope());
    while (!todo.empty()) {
      const clang::Decl *decl = options.reverse ? todo.back() : todo.front();
      options.reverse ? todo.pop_back() : todo.pop_front();
      visit(*decl);
      while (!unit.used.empty()) {
        const clang::FunctionDecl *function = unit.used.back();
        unit.used.pop_back();
        visitFunction(*function, /*isUsed=*/true);
      }
      llvm::append_range(todo, std::exchange(unit.found, {}));
    }
  }

  void visit(const clang::Decl &decl) {
    if (!seen.insert(&decl).second)
      return;
    if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl))
      visitFunction(*function, /*isUsed=*/false);
    else if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(&decl))
      visitVariable(*variable);
    else if (const auto *variables = llvm::dyn_cast<clang::VarTemplateDecl>(&decl))
      llvm::append_range(todo, variables->specializations());
    else if (const auto *functions = llvm::dyn_cast<clang::FunctionTemplateDecl>(&decl))
      llvm::append_range(todo, functions->specializations());
    else if (const auto *classes = llvm::dyn_cast<clang::ClassTemplateDecl>(&decl))
      llvm::append_range(todo, classes->specializations());
    else if (const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(&decl))
      visitRecord(*record);
    else if (const auto *friendly = llvm::dyn_cast<clang::FriendDecl>(&decl))
      visitFriend(*friendly);
    else if (const auto *context = llvm::dyn_cast<clang::DeclContext>(&decl))
      if (context->isFileContext() || llvm::isa<clang::LinkageSpecDecl, clang::ExportDecl>(decl))
        visitMembers(*context);
  }

  void visitMembers(const clang::DeclContext &context) {
    for (const clang::Decl *member : context.decls())
      // Whole namespaces of libraries are passed over; a project's may be opened anywhere.
      if (llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl, clang::ExportDecl>(member)
              ? unit.project.owns(member->getLocation())
              : unit.project.owns(member->getLocation()) || member->isImplicit())
        todo.push_back(member);
  }

  void visitRecord(const clang::CXXRecordDecl &record) {
    if (!record.isThisDeclarationADefinition() || record.isDependentContext())
      return;
    if (record.isLambda()) {
      if (const clang::FunctionTemplateDecl *generic = record.getDependentLambdaCallOperator())
        todo.push_back(generic);
      else if (const clang::CXXMethodDecl *call = record.getLambdaCallOperator())
        todo.push_back(call);
      return;
    }
    llvm::append_range(todo, record.decls());
  }

  void visitFriend(const clang::FriendDecl &decl) {
    if (const clang::NamedDecl *friendly = decl.getFriendDecl())
      if (llvm::isa<clang::FunctionDecl, clang::FunctionTemplateDecl>(friendly))
        todo.push_back(friendly);
  }

  /// What the initialiser of a variable outside of functions uses.
  void visitVariable(const clang::VarDecl &variable) {
    if (variable.isTemplated())
      return;
    addUsed(variable.getInit(), unit.used);
    const clang::CXXRecordDecl *record =
        unit.ast.getBaseElementType(variable.getType())->getAsCXXRecordDecl();
    if (const auto *destructor =
            record && record->hasDefinition() ? record->getDestructor() : nullptr)
      unit.used.push_back(destructor);
  }

  /// Functions that the compiler only makes when they are used count when the project uses them:
  /// what library code alone uses is not known where that was not parsed.
  void visitFunction(const clang::FunctionDecl &function, bool isUsed) {
    if (function.isDependentContext())
      return;
    const clang::FunctionDecl *definition = definitionOf(function);
    if (!definition || !unit.isProjectCode(*definition) || definition->isDependentContext() ||
        definition->isInvalidDecl() || (!isUsed && isMadeOnUse(*definition)) ||
        !extracted.insert(definition->getCanonicalDecl()).second)
      return;
    facts.bodies.push_back(BodyWalker(unit, *definition).walk());
    if (facts.bodies.back().kind == BodyKind::Task)
      coroutines.emplace_back(facts.bodies.size() - 1, definition);
  }

  /// Notes which coroutines keep to themselves, and what they await one after the other. Only when
  /// everything has a body that will have one.
  void readCoroutines() {
    Isolations isolations(unit);
    for (auto [index, function] : coroutines) {
      facts.bodies[index].isolation = isolations.of(*function);
      facts.bodies[index].series = awaitSeries(unit, isolations, *function);
    }
  }

  /// Notes the NOLINT comments of those lines on which facts stand.
  void addSuppressions() {
    std::set<std::pair<uint32_t, uint32_t>> lines;
    for (const Body &body : facts.bodies) {
      for (const Call &call : body.calls)
        lines.insert({call.place.file, call.place.line});
      for (const HandOff &handOff : body.handOffs)
        lines.insert({handOff.place.file, handOff.place.line});
      for (const Use &use : body.uses)
        lines.insert({use.place.file, use.place.line});
      for (const ForgottenTask &task : body.forgotten)
        lines.insert({task.place.file, task.place.line});
      for (const HeldLock &lock : body.heldLocks)
        lines.insert({lock.place.file, lock.place.line});
      for (const AwaitSeries &series : body.series)
        lines.insert({series.place.file, series.place.line});
      for (const Capture &capture : body.captures)
        lines.insert({capture.place.file, capture.place.line});
    }
    std::map<uint32_t, NolintComments> comments;
    for (auto [file, line] : lines) {
      auto at = comments.find(file);
      if (at == comments.end())
        at = comments.emplace(file, NolintComments(unit.project.text(file))).first;
      if (std::string checks = at->second.checksAt(line); !checks.empty())
        facts.suppressions.push_back({file, line, std::move(checks)});
    }
  }

  /// Notes what the models advise about what the facts mention.
  void addAdvice() {
    std::set<std::string> types, frameworks;
    std::set<std::string> libraries{""};
    for (const Body &body : facts.bodies) {
      if (body.kind != BodyKind::Function)
        frameworks.insert(body.framework);
      for (const HandOff &handOff : body.handOffs)
        libraries.insert(handOff.library);
      for (const Use &use : body.uses)
        types.insert(use.type);
    }
    addSpawns();
    std::set<std::string> together; // frameworks
    for (const Body &body : facts.bodies)
      if (!body.series.empty())
        together.insert(body.framework);
    for (const std::string &framework : together)
      facts.advice.push_back(
          {togetherKey(framework), unit.knowledge.together(framework).str(), ""});
    for (const std::string &name : types)
      if (const TypeModel *type = unit.knowledge.type(name))
        facts.advice.push_back({name, type->instead.str(), pageOf(type->source, name)});
    auto add = [&](llvm::StringRef library, bool inHandler) {
      for (llvm::StringRef tier : tierNames())
        if (llvm::StringRef text =
                unit.knowledge.replacement(library, *tierFromName(tier), inHandler);
            !text.empty())
          facts.advice.push_back(
              {replacementKey(library, *tierFromName(tier), inHandler), text.str(), ""});
    };
    for (const std::string &framework : frameworks)
      add(framework, false);
    for (const std::string &library : libraries)
      add(library, true);
  }

  /// How an ordinary function starts the tasks that are forgotten.
  void addSpawns() {
    for (const Body &body : facts.bodies)
      for (const ForgottenTask &task : body.forgotten)
        if (const TypeModel *type = unit.knowledge.type(task.type))
          facts.advice.push_back(
              {spawnKey(task.type), type->spawn.str(), pageOf(type->source, task.type)});
  }

  UnitContext unit;
  const ExtractOptions &options;
  Unit facts;
  std::deque<const clang::Decl *> todo;
  llvm::DenseSet<const clang::Decl *> seen;
  llvm::DenseSet<const clang::FunctionDecl *> extracted;
  std::vector<std::pair<size_t, const clang::FunctionDecl *>> coroutines; // and their bodies' index
};

} // namespace

llvm::Expected<Unit> extractFacts(clang::ASTContext &context, const Knowledge &knowledge,
                                  Project &project, ExtractOptions options) {
  if (options.interface.empty())
    return Extractor(context, knowledge, project, options).run();
  // What is asked of the library itself, its pack must not answer.
  for (std::string &pack : packsOf(context, knowledge, project, options.interface))
    options.ownPacks.push_back(std::move(pack));
  Knowledge others = knowledge;
  for (const std::string &pack : options.ownPacks)
    others.leaveOut(pack);
  return Extractor(context, others, project, options).run();
}

} // namespace async_tidy
