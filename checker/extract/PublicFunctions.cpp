#include "extract/PublicFunctions.h"
#include "extract/Names.h"
#include "support/Paths.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include <map>
#include <set>

namespace path = llvm::sys::path;

namespace async_tidy {

namespace {

/// Whether a namespace or folder of this name is for the library's own use, as is the custom.
bool isInternalName(llvm::StringRef name) {
  for (llvm::StringRef word : {"detail", "details", "internal", "internals", "impl"})
    if (name == word || (name.ends_with(word) && name.drop_back(word.size()).ends_with("_")))
      return true;
  return false;
}

/// The headers at or below some paths.
class Headers {
public:
  Headers(const clang::SourceManager &sources, const Project &project,
          llvm::ArrayRef<std::string> interface)
      : sources(sources), project(project), interface(interface) {}

  /// How users include the header in which `location` stands; empty if it is none of them.
  llvm::StringRef at(clang::SourceLocation location) {
    if (location.isInvalid())
      return "";
    clang::FileID file = sources.getFileID(sources.getExpansionLoc(location));
    auto [known, isNew] = names.try_emplace(file);
    if (isNew && file != sources.getMainFileID() && sources.getFileEntryForID(file))
      known->second = nameOf(project.path(location));
    return known->second;
  }

private:
  std::string nameOf(llvm::StringRef header) const {
    for (llvm::StringRef given : interface) {
      if (header == given)
        return path::filename(header).str();
      if (!isBelow(header, given))
        continue;
      std::string name = relativePath(header, given);
      llvm::StringRef folders = path::parent_path(name);
      if (std::none_of(path::begin(folders), path::end(folders), isInternalName))
        return name;
    }
    return "";
  }

  const clang::SourceManager &sources;
  const Project &project;
  llvm::ArrayRef<std::string> interface;
  std::map<clang::FileID, std::string> names;
};

/// A function that is offered.
struct Offer {
  const clang::FunctionDecl &function;
  std::string name;
  llvm::StringRef header;
  clang::SourceLocation location; // there
  bool isTemplate = false;
};

class Walker {
public:
  Walker(clang::ASTContext &ast, Headers &headers, llvm::function_ref<void(const Offer &)> visit)
      : ast(ast), headers(headers), visit(visit) {}

  // How deep namespaces and classes nest is for the library to say, and nobody nests them deep.
  void walk() { walk(*ast.getTranslationUnitDecl()); }

private:
  void walk(const clang::DeclContext &context) {
    for (const clang::Decl *decl : context.decls()) {
      if (const auto *space = llvm::dyn_cast<clang::NamespaceDecl>(decl)) {
        if (!space->isAnonymousNamespace() && !isInternalName(space->getName()))
          walk(*space);
      } else if (llvm::isa<clang::LinkageSpecDecl, clang::ExportDecl>(decl)) {
        walk(*llvm::cast<clang::DeclContext>(decl));
      } else if (!headers.at(decl->getLocation()).empty()) {
        offer(*decl, "");
      }
    }
  }

  /// `decl`, of a namespace or as a member of `user`, if that is not empty.
  void offer(const clang::Decl &decl, llvm::StringRef user) {
    if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl)) {
      add(*function, user, false);
    } else if (const auto *functions = llvm::dyn_cast<clang::FunctionTemplateDecl>(&decl)) {
      add(*functions->getTemplatedDecl(), user, true);
      for (const clang::FunctionDecl *instance : functions->specializations())
        add(*instance, user, true);
    } else if (const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(&decl)) {
      offerMembers(*record, "");
    } else if (const auto *classes = llvm::dyn_cast<clang::ClassTemplateDecl>(&decl)) {
      offerMembers(*classes->getTemplatedDecl(), "");
      for (const clang::CXXRecordDecl *instance : classes->specializations())
        offerMembers(*instance, "");
    }
  }

  /// The public members of `record`, and those that it has from classes which are not offered.
  void offerMembers(const clang::CXXRecordDecl &record, llvm::StringRef user) {
    if (!record.isThisDeclarationADefinition() || record.isInvalidDecl() || record.isLambda() ||
        (!record.getIdentifier() && !record.getTypedefNameForAnonDecl()))
      return;
    for (const clang::Decl *member : record.decls())
      if (isPublic(*member) && (user.empty() || !llvm::isa<clang::TagDecl>(member)))
        offer(*member, user);
    std::string name = user.empty() ? qualifiedName(record) : user.str();
    for (const clang::CXXBaseSpecifier &base : record.bases())
      if (const clang::CXXRecordDecl *parent = base.getType()->getAsCXXRecordDecl();
          parent && base.getAccessSpecifier() == clang::AS_public && parent->getDefinition() &&
          isOfThisLibrary(*parent) && !isOffered(*parent))
        offerMembers(*parent->getDefinition(), name);
  }

  static bool isPublic(const clang::Decl &decl) {
    return decl.getAccess() == clang::AS_public || decl.getAccess() == clang::AS_none;
  }

  bool isOfThisLibrary(const clang::CXXRecordDecl &record) {
    return !ast.getSourceManager().isInSystemHeader(record.getLocation()) &&
           !record.isInStdNamespace();
  }

  bool isOffered(const clang::CXXRecordDecl &record) {
    for (const clang::DeclContext *at = &record; at; at = at->getParent()) {
      const auto *named = llvm::dyn_cast<clang::NamedDecl>(at);
      if (named && (!isPublic(*named) || (at->isNamespace() && named->getIdentifier() &&
                                          isInternalName(named->getName()))))
        return false;
    }
    return !headers.at(record.getDefinition()->getLocation()).empty();
  }

  void add(const clang::FunctionDecl &function, llvm::StringRef user, bool isTemplate) {
    const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
    bool isSpecial = llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(function);
    bool isMemberHere = function.getLexicalDeclContext() == function.getDeclContext();
    if (function.isDeleted() || function.isInvalidDecl() || (method && !isMemberHere) ||
        (!user.empty() && isSpecial) || (function.isImplicit() && !isWorthIt(function)) ||
        llvm::isa<clang::CXXDeductionGuideDecl>(function))
      return;
    // Any library may specialise what is the standard's.
    for (const clang::DeclContext *at = function.getDeclContext(); at; at = at->getParent())
      if (at->isStdNamespace())
        return;
    if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function);
        constructor && function.isDefaulted() && constructor->isCopyOrMoveConstructor())
      return;
    if (method && function.isDefaulted() &&
        (method->isCopyAssignmentOperator() || method->isMoveAssignmentOperator()))
      return;
    // An instance stands where its template does, and is as visible, whatever its arguments are.
    const clang::FunctionDecl *pattern = function.getTemplateInstantiationPattern();
    const clang::FunctionDecl &written = pattern ? *pattern->getCanonicalDecl() : function;
    clang::SourceLocation location = written.getLocation();
    llvm::StringRef header = headers.at(location);
    if ((header.empty() && user.empty()) || !written.isExternallyVisible())
      return;
    std::string name = qualifiedName(function);
    if (!user.empty())
      name = (user + "::" + llvm::StringRef(name).rsplit("::").second).str();
    bool isOfTemplate = isTemplate || function.isDependentContext() || pattern;
    visit({function, std::move(name), header, location, isOfTemplate});
  }

  /// What nobody wrote may still destroy something that waits.
  static bool isWorthIt(const clang::FunctionDecl &function) {
    return llvm::isa<clang::CXXDestructorDecl>(function) && function.hasBody();
  }

  clang::ASTContext &ast;
  Headers &headers;
  llvm::function_ref<void(const Offer &)> visit;
};

bool isC(const clang::FunctionDecl &function) {
  return function.isExternC() || !function.getASTContext().getLangOpts().CPlusPlus;
}

PublicParameter describe(UnitContext &unit, const clang::ParmVarDecl &parameter) {
  PublicParameter facts;
  clang::QualType type = parameter.getType();
  if (const clang::CXXRecordDecl *record = recordOf(type))
    facts.type = qualifiedName(*record);
  facts.kind = type->isDependentType()               ? ParameterKind::Other
               : unit.bound.isCallable(type)         ? ParameterKind::Callable
               : type->isBooleanType()               ? ParameterKind::Boolean
               : type->isIntegralOrEnumerationType() ? ParameterKind::Number
               : type->isPointerType()               ? ParameterKind::Pointer
                                                     : ParameterKind::Other;
  return facts;
}

/// Adds what an instance of a template, or another declaration, tells of the same function.
void merge(PublicFunction &to, PublicFunction from) {
  llvm::append_range(to.bodies, from.bodies);
  to.isDefined |= from.isDefined;
  to.isVariadic |= from.isVariadic;
  if (to.parameters.size() < from.parameters.size())
    to.parameters.resize(from.parameters.size());
  for (size_t i = 0; i != from.parameters.size(); ++i)
    to.parameters[i] = std::max(to.parameters[i], from.parameters[i]);
}

} // namespace

std::vector<PublicFunction> publicFunctions(UnitContext &unit,
                                            llvm::ArrayRef<std::string> interface) {
  const clang::SourceManager &sources = unit.ast.getSourceManager();
  Headers headers(sources, unit.project, interface);
  std::map<std::tuple<std::string, std::string, uint32_t, uint32_t>, PublicFunction> found;
  Walker(unit.ast, headers, [&](const Offer &offer) {
    const clang::FunctionDecl &function = offer.function;
    PublicFunction facts;
    facts.name = offer.name;
    if (const auto *space = llvm::dyn_cast<clang::NamespaceDecl>(
            function.getDeclContext()->getEnclosingNamespaceContext()))
      facts.space = qualifiedName(*space);
    facts.header = offer.header.str();
    clang::SourceLocation at = sources.getExpansionLoc(offer.location);
    facts.line = sources.getExpansionLineNumber(at);
    facts.column = sources.getExpansionColumnNumber(at);
    facts.needed = function.getMinRequiredArguments();
    facts.isVariadic = function.isVariadic();
    facts.isTemplate = offer.isTemplate;
    facts.isC = isC(function);
    facts.isSpecial = llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(function);
    if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function)) {
      facts.isMember = method->isInstance();
      facts.isVirtual = method->isVirtual();
    }
    for (const clang::ParmVarDecl *parameter : function.parameters())
      facts.parameters.push_back(describe(unit, *parameter));
    if (!function.isDependentContext()) {
      facts.bodies.push_back(unit.identity.of(function));
      const clang::FunctionDecl *definition = nullptr;
      facts.isDefined = function.hasBody(definition) && unit.isProjectCode(*definition);
    }
    auto key = std::tuple(facts.name, facts.header, facts.line, facts.column);
    if (auto [entry, isNew] = found.try_emplace(key, facts); !isNew)
      merge(entry->second, std::move(facts));
  }).walk();
  std::vector<PublicFunction> result;
  result.reserve(found.size());
  for (auto &[key, facts] : found)
    result.push_back(std::move(facts));
  return result;
}

std::vector<std::string> packsOf(clang::ASTContext &ast, const Knowledge &knowledge,
                                 Project &project, llvm::ArrayRef<std::string> interface) {
  Headers headers(ast.getSourceManager(), project, interface);
  std::set<std::string> packs;
  Walker(ast, headers, [&](const Offer &offer) {
    if (llvm::StringRef owner = knowledge.owner(offer.name); !owner.empty())
      packs.insert(owner.str());
    if (isC(offer.function) && offer.function.hasBody())
      for (const FunctionModel *model : knowledge.functions(offer.name, /*isC=*/true))
        packs.insert(model->library.str());
  }).walk();
  return {packs.begin(), packs.end()};
}

} // namespace async_tidy
