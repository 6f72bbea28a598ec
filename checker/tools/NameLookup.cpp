#include "tools/NameLookup.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <set>

namespace async_tidy {

namespace {

using Decls = llvm::SmallVector<const clang::NamedDecl *, 8>;

/// The class that a type is made from: of a specialisation, the template's pattern.
const clang::CXXRecordDecl *patternOf(clang::QualType type) {
  if (type.isNull())
    return nullptr;
  if (const auto *special = type->getAs<clang::TemplateSpecializationType>())
    if (const clang::TemplateDecl *made = special->getTemplateName().getAsTemplateDecl()) {
      if (const auto *record =
              llvm::dyn_cast_or_null<clang::CXXRecordDecl>(made->getTemplatedDecl()))
        return record;
      if (const auto *alias =
              llvm::dyn_cast_or_null<clang::TypedefNameDecl>(made->getTemplatedDecl()))
        return patternOf(alias->getUnderlyingType());
    }
  const clang::CXXRecordDecl *record = type->getAsCXXRecordDecl();
  const auto *special = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record);
  return special ? special->getSpecializedTemplate()->getTemplatedDecl() : record;
}

/// What `decl` is in the end: using-declarations, aliases and templates taken away.
const clang::NamedDecl *target(const clang::NamedDecl *decl) {
  if (const auto *shadow = llvm::dyn_cast<clang::UsingShadowDecl>(decl))
    return target(shadow->getTargetDecl());
  if (const auto *alias = llvm::dyn_cast<clang::NamespaceAliasDecl>(decl))
    return alias->getNamespace();
  if (const auto *made = llvm::dyn_cast<clang::TemplateDecl>(decl);
      made && made->getTemplatedDecl())
    return made->getTemplatedDecl();
  return decl;
}

/// The scope that `decl` opens; null if it opens none.
const clang::DeclContext *scopeOf(const clang::NamedDecl *decl) {
  decl = target(decl);
  if (const auto *alias = llvm::dyn_cast<clang::TypedefNameDecl>(decl))
    decl = patternOf(alias->getUnderlyingType());
  if (const auto *record = llvm::dyn_cast_or_null<clang::RecordDecl>(decl))
    return record->getDefinition() ? record->getDefinition() : record;
  if (llvm::isa_and_nonnull<clang::NamespaceDecl, clang::EnumDecl>(decl))
    return llvm::cast<clang::DeclContext>(decl);
  return nullptr;
}

class Lookup {
public:
  explicit Lookup(const clang::ASTContext &context) : context(context) {}

  FoundName find(llvm::StringRef name) {
    scopes.push_back(context.getTranslationUnitDecl());
    for (llvm::StringRef part : parts(name)) {
      if (!last.empty()) {
        enter();
        if (scopes.empty())
          return nothing(last);
      }
      last = part;
      here = inScopes(part);
      if (here.empty() && part != "*")
        return nothing(part);
    }
    return describe();
  }

private:
  static llvm::SmallVector<llvm::StringRef> parts(llvm::StringRef name) {
    llvm::SmallVector<llvm::StringRef> result;
    while (true) {
      auto [first, rest] = name.split("::");
      bool isLast = rest.empty() || first.starts_with("operator");
      result.push_back(isLast ? name : first);
      if (isLast)
        return result;
      name = rest;
    }
  }

  /// Goes into what was found.
  void enter() {
    scopes.clear();
    for (const clang::NamedDecl *decl : here)
      if (const clang::DeclContext *scope = scopeOf(decl)) {
        noteAlias(decl, scope);
        scopes.push_back(scope);
      }
  }

  void noteAlias(const clang::NamedDecl *decl, const clang::DeclContext *scope) {
    const auto *alias = llvm::dyn_cast<clang::TypedefNameDecl>(target(decl));
    const auto *record = llvm::dyn_cast<clang::RecordDecl>(scope);
    // typedef struct { ... } X;
    if (alias && record && !record->getTypedefNameForAnonDecl() && record->getIdentifier() &&
        record->getName() != alias->getName())
      standsFor = record->getQualifiedNameAsString();
  }

  Decls inScopes(llvm::StringRef part) {
    Decls found;
    for (const clang::DeclContext *scope : scopes) {
      llvm::SmallPtrSet<const clang::DeclContext *, 8> seen;
      inScope(part, scope, seen, found);
    }
    return found;
  }

  void inScope(llvm::StringRef part, const clang::DeclContext *scope,
               llvm::SmallPtrSetImpl<const clang::DeclContext *> &seen, Decls &found) {
    if (!seen.insert(scope->getPrimaryContext()).second)
      return;
    size_t before = found.size();
    if (const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(scope);
        record && (part == "*" || part.starts_with("~"))) {
      found.push_back(record);
      return;
    }
    if (part.starts_with("operator"))
      forOperator(part.drop_front(8).trim(), scope, found);
    else
      for (const clang::NamedDecl *decl : scope->lookup(&context.Idents.get(part)))
        found.push_back(decl);
    if (found.size() != before)
      return;
    if (const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(scope); record)
      inRelated(part, *record, seen, found);
    for (const clang::UsingDirectiveDecl *used : scope->using_directives())
      inScope(part, used->getNominatedNamespace(), seen, found);
  }

  /// What a class has from its bases, or only in some of its specialisations.
  void inRelated(llvm::StringRef part, const clang::CXXRecordDecl &record,
                 llvm::SmallPtrSetImpl<const clang::DeclContext *> &seen, Decls &found) {
    if (record.hasDefinition())
      for (const clang::CXXBaseSpecifier &base : record.bases())
        if (const clang::CXXRecordDecl *of = patternOf(base.getType()))
          inScope(part, of->getDefinition() ? of->getDefinition() : of, seen, found);
    clang::ClassTemplateDecl *made = record.getDescribedClassTemplate();
    if (!made || !found.empty())
      return;
    llvm::SmallVector<clang::ClassTemplatePartialSpecializationDecl *> partial;
    made->getPartialSpecializations(partial);
    for (const clang::ClassTemplatePartialSpecializationDecl *special : partial)
      inScope(part, special, seen, found);
    for (const clang::ClassTemplateSpecializationDecl *special : made->specializations())
      if (special->isExplicitSpecialization())
        inScope(part, special, seen, found);
  }

  void forOperator(llvm::StringRef spelling, const clang::DeclContext *scope, Decls &found) const {
    for (unsigned kind = 1; kind != clang::NUM_OVERLOADED_OPERATORS; ++kind) {
      auto op = clang::OverloadedOperatorKind(kind);
      if (const char *text = clang::getOperatorSpelling(op); text && spelling == text)
        for (const clang::NamedDecl *decl :
             scope->lookup(context.DeclarationNames.getCXXOperatorName(op)))
          found.push_back(decl);
    }
    // A conversion has the name of a type. Which one, is not looked at.
    const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(scope);
    if (record && record->hasDefinition() && found.empty() && !spelling.empty() &&
        clang::isAsciiIdentifierStart(spelling.front()))
      for (const clang::NamedDecl *decl : record->getVisibleConversionFunctions())
        found.push_back(decl);
  }

  FoundName nothing(llvm::StringRef part) {
    FoundName result;
    result.unknown = part.str();
    unsigned least = unsigned(part.size()) / 3 + 2;
    std::set<std::string> names;
    for (const clang::DeclContext *scope : scopes)
      collect(scope, names);
    for (const std::string &name : names)
      if (unsigned distance = part.edit_distance(name, true, least); distance < least) {
        least = distance;
        result.nearest = name;
      }
    return result;
  }

  static void collect(const clang::DeclContext *scope, std::set<std::string> &names) {
    llvm::SmallVector<clang::DeclContext *> parts;
    const_cast<clang::DeclContext *>(scope)->collectAllContexts(parts);
    for (const clang::DeclContext *part : parts)
      for (const clang::Decl *decl : part->decls()) {
        const auto *named = llvm::dyn_cast<clang::NamedDecl>(decl);
        if (named && named->getIdentifier())
          names.insert(named->getName().str());
        if (const auto *space = llvm::dyn_cast<clang::NamespaceDecl>(decl);
            space && space->isInline())
          collect(space, names);
      }
  }

  FoundName describe() {
    FoundName result;
    result.standsFor = standsFor;
    if (last == "*" || last.starts_with("~")) {
      result.isFunction = !here.empty();
      return result;
    }
    for (const clang::NamedDecl *decl : here)
      add(decl, result);
    return result;
  }

  void add(const clang::NamedDecl *decl, FoundName &result) const {
    decl = target(decl);
    if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
      result.isFunction = true;
      bool hasPack = llvm::any_of(function->parameters(), [](const clang::ParmVarDecl *p) {
        return p->getType()->containsUnexpandedParameterPack() || p->isParameterPack();
      });
      if (function->isVariadic() || hasPack)
        result.parameters = -1;
      else if (result.parameters != -1)
        result.parameters = std::max(result.parameters, int(function->getNumParams()));
    } else if (const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(decl);
               record && record->isInjectedClassName()) {
      result.isFunction = true; // a constructor
      result.parameters = -1;
    } else if (const auto *alias = llvm::dyn_cast<clang::TypedefNameDecl>(decl)) {
      result.isType = true;
      const clang::CXXRecordDecl *of = patternOf(alias->getUnderlyingType());
      if (of && of->getIdentifier() && of->getName() != alias->getName())
        result.standsFor = of->getQualifiedNameAsString();
    } else if (llvm::isa<clang::TypeDecl>(decl)) {
      result.isType = true;
    } else if (llvm::isa<clang::ValueDecl>(decl)) {
      result.isVariable = true;
    }
  }

  const clang::ASTContext &context;
  llvm::SmallVector<const clang::DeclContext *, 8> scopes;
  Decls here;
  llvm::StringRef last;
  std::string standsFor;
};

} // namespace

FoundName findName(const clang::ASTContext &context, llvm::StringRef name) {
  return Lookup(context).find(name);
}

} // namespace async_tidy
