#include "extract/Identity.h"
#include "extract/Expressions.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

namespace {

/// Descriptions nest; a hash in place of a long one keeps them, and the work, small.
std::string shortened(std::string text) {
  constexpr size_t Limit = 160;
  if (text.size() <= Limit)
    return text;
  return "#" + llvm::utohexstr(llvm::xxh3_64bits(text), /*LowerCase=*/true, /*Width=*/16);
}

EntityId identityOf(llvm::StringRef text) {
  EntityId id = llvm::xxh3_64bits(text) >> (64 - 8 * ShortIdentity);
  return id == 0 ? 1 : id; // 0 is none
}

llvm::ArrayRef<clang::TemplateArgument> templateArguments(const clang::Decl &decl) {
  if (const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&decl))
    return special->getTemplateArgs().asArray();
  if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl))
    if (const clang::TemplateArgumentList *list = function->getTemplateSpecializationArgs())
      return list->asArray();
  return {};
}

/// The entity that a tag declared in code belongs to. A lambda in an initialiser belongs to what is
/// initialised, if Clang says so, and else to the code around.
const clang::Decl &entityAround(const clang::Decl &decl) {
  const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(&decl);
  if (record && record->isLambda())
    if (const clang::Decl *owner = record->getLambdaContextDecl())
      return *owner;
  return *llvm::cast<clang::Decl>(decl.getDeclContext()->getNonTransparentContext());
}

/// Whether Clang would number `tag` in the order in which it mangles: lambdas, unnamed classes, and
/// all that is declared in a function.
bool isNumberedByClang(const clang::TagDecl &tag) {
  const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(&tag);
  return (record && record->isLambda()) || !tag.getDeclName() ||
         tag.getDeclContext()->getNonTransparentContext()->isFunctionOrMethod();
}

} // namespace

Identity::Identity(clang::ASTContext &context, Project &project)
    : context(context), project(project), unit(project.mainFile()),
      mangler(context.createMangleContext()), policy(context.getPrintingPolicy()) {
  // Never a path or a line in a type's name.
  policy.SuppressTagKeyword = true;
  policy.AnonymousTagLocations = false;
  policy.FullyQualifiedName = true;
}

EntityId Identity::of(const clang::FunctionDecl &function) {
  const clang::FunctionDecl *canonical = function.getCanonicalDecl();
  auto at = known.find(canonical);
  if (at != known.end())
    return at->second;
  return known[canonical] = identityOf(describe(*canonical));
}

EntityId Identity::of(const clang::CXXRecordDecl &record) {
  const clang::Decl *canonical = record.getCanonicalDecl();
  auto [at, isNew] = knownVariables.try_emplace(canonical);
  if (isNew) {
    EntityId id = identityOf("class " + describe(*canonical));
    return knownVariables[canonical] = id;
  }
  return at->second;
}

EntityId Identity::of(const clang::ValueDecl &variable) {
  if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&variable))
    return of(*function);
  const clang::Decl *canonical = variable.getCanonicalDecl();
  auto at = knownVariables.find(canonical);
  if (at != knownVariables.end())
    return at->second;
  std::string text = "variable " + describe(*canonical);
  if (!llvm::isa<clang::ParmVarDecl>(canonical) &&
      canonical->getDeclContext()->getNonTransparentContext()->isFunctionOrMethod()) {
    Place place = project.place(canonical->getLocation());
    text += "@" + std::to_string(place.line) + ":" + std::to_string(place.column);
  }
  return knownVariables[canonical] = identityOf(text);
}

std::string Identity::describe(const clang::Decl &decl) {
  if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl))
    return describeFunction(*function);
  if (const auto *tag = llvm::dyn_cast<clang::TagDecl>(&decl))
    return describeTag(*tag);
  const auto *named = llvm::dyn_cast<clang::NamedDecl>(&decl);
  if (!named) // a block of OpenMP, or the whole unit
    return decl.getDeclContext() ? describe(entityAround(decl)) + "::{}" : "";
  const clang::Decl &around = entityAround(decl);
  std::string name = named->getNameAsString();
  if (const auto *parameter = llvm::dyn_cast<clang::ParmVarDecl>(&decl))
    name = "parameter" + std::to_string(parameter->getFunctionScopeIndex());
  return describe(around) + "::" + name + unitIfInternal(*named);
}

std::string Identity::describeFunction(const clang::FunctionDecl &function) {
  if (!isLocal(function))
    return mangled(function) + unitIfInternal(function);
  std::string text = shortened(describe(entityAround(function))) +
                     "::" + function.getDeclName().getAsString() +
                     describeArguments(templateArguments(function)) + "(";
  for (const clang::ParmVarDecl *parameter : function.parameters())
    text += describeType(parameter->getType()) + ",";
  text += ")";
  if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function))
    text += method->getMethodQualifiers().getAsString() +
            std::to_string(unsigned(method->getRefQualifier()));
  return text + unitIfInternal(function);
}

std::string Identity::describeTag(const clang::TagDecl &tag) {
  const clang::Decl &around = entityAround(tag);
  std::string text = shortened(describe(around)) + "::";
  if (isNumberedByClang(tag))
    text += "{" + tag.getNameAsString() + "}" + ordinal(around, tag);
  else
    text += tag.getNameAsString();
  return text + describeArguments(templateArguments(tag));
}

std::string Identity::unitIfInternal(const clang::NamedDecl &decl) {
  return decl.isExternallyVisible() ? "" : "@" + unit;
}

std::string Identity::mangled(const clang::FunctionDecl &function) {
  if (!mangler->shouldMangleDeclName(&function))
    return "C:" + function.getNameAsString();
  clang::GlobalDecl global;
  if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function))
    global = clang::GlobalDecl(constructor, clang::Ctor_Complete);
  else if (const auto *destructor = llvm::dyn_cast<clang::CXXDestructorDecl>(&function))
    global = clang::GlobalDecl(destructor, clang::Dtor_Complete);
  else
    global = clang::GlobalDecl(&function);
  std::string text;
  llvm::raw_string_ostream out(text);
  mangler->mangleName(global, out);
  return text;
}

// ---- template arguments and types

std::string Identity::describeArguments(llvm::ArrayRef<clang::TemplateArgument> arguments) {
  if (arguments.empty())
    return "";
  std::string text = "<";
  for (const clang::TemplateArgument &argument : arguments)
    text += describeArgument(argument) + ",";
  return text + ">";
}

std::string Identity::describeArgument(const clang::TemplateArgument &argument) {
  using Kind = clang::TemplateArgument::ArgKind;
  switch (argument.getKind()) {
  case Kind::Type:
    return describeType(argument.getAsType());
  case Kind::Pack:
    return describeArguments(argument.pack_elements());
  case Kind::Declaration:
    return describe(*argument.getAsDecl());
  default: {
    std::string text;
    llvm::raw_string_ostream out(text);
    argument.print(policy, out, /*IncludeType=*/true);
    return text;
  }
  }
}

std::string Identity::describeType(clang::QualType type) {
  type = type.getCanonicalType();
  auto at = typeTexts.find(type.getAsOpaquePtr());
  if (at != typeTexts.end())
    return at->second;
  std::string text = shortened(makeTypeText(type));
  typeTexts[type.getAsOpaquePtr()] = text;
  return text;
}

std::string Identity::makeTypeText(clang::QualType type) {
  if (!isLocal(type))
    return type.getAsString(policy);
  std::string qualifiers = type.getQualifiers().getAsString() + " ";
  const clang::Type *bare = type.getTypePtr();
  if (const clang::TagDecl *tag = bare->getAsTagDecl())
    return qualifiers + describeTag(*tag);
  if (bare->isPointerType())
    return qualifiers + "*" + describeType(bare->getPointeeType());
  if (bare->isReferenceType())
    return (bare->isLValueReferenceType() ? "&" : "&&") + describeType(bare->getPointeeType());
  if (const auto *member = bare->getAs<clang::MemberPointerType>())
    return qualifiers + "::*" + describeType(member->getPointeeType());
  if (const clang::ArrayType *array = bare->getAsArrayTypeUnsafe())
    return qualifiers + "[]" + describeType(array->getElementType());
  if (const auto *function = bare->getAs<clang::FunctionProtoType>()) {
    std::string text = describeType(function->getReturnType()) + "(";
    for (clang::QualType parameter : function->getParamTypes())
      text += describeType(parameter) + ",";
    return text + ")";
  }
  return type.getAsString(policy);
}

// ---- what involves a lambda or a local class

bool Identity::isLocal(const clang::Decl &decl) {
  const auto *tag = llvm::dyn_cast<clang::TagDecl>(&decl);
  if (tag && isNumberedByClang(*tag))
    return true;
  if (llvm::any_of(templateArguments(decl),
                   [&](const clang::TemplateArgument &argument) { return isLocal(argument); }))
    return true;
  if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl))
    if (llvm::any_of(function->parameters(), [&](const clang::ParmVarDecl *parameter) {
          return isLocal(parameter->getType());
        }))
      return true;
  const clang::DeclContext *around = decl.getDeclContext()->getNonTransparentContext();
  return !around->isFileContext() && isLocal(*llvm::cast<clang::Decl>(around));
}

bool Identity::isLocal(const clang::TemplateArgument &argument) {
  using Kind = clang::TemplateArgument::ArgKind;
  switch (argument.getKind()) {
  case Kind::Type:
    return isLocal(argument.getAsType());
  case Kind::Pack:
    return llvm::any_of(argument.pack_elements(),
                        [&](const clang::TemplateArgument &part) { return isLocal(part); });
  case Kind::Declaration:
    return isLocal(*argument.getAsDecl());
  default:
    return false;
  }
}

bool Identity::isLocal(clang::QualType type) {
  const clang::Type *canonical = type.getCanonicalType().getTypePtr();
  auto at = localTypes.find(canonical);
  if (at != localTypes.end())
    return at->second;
  localTypes[canonical] = false; // a type that mentions itself
  bool result = computeIsLocal(*canonical);
  localTypes[canonical] = result;
  return result;
}

bool Identity::computeIsLocal(const clang::Type &type) {
  if (const clang::TagDecl *tag = type.getAsTagDecl())
    return isLocal(*tag);
  if (const auto *member = type.getAs<clang::MemberPointerType>())
    return isLocal(member->getPointeeType());
  if (type.isPointerType() || type.isReferenceType())
    return isLocal(type.getPointeeType());
  if (const clang::ArrayType *array = type.getAsArrayTypeUnsafe())
    return isLocal(array->getElementType());
  if (const auto *function = type.getAs<clang::FunctionProtoType>())
    return isLocal(function->getReturnType()) ||
           llvm::any_of(function->getParamTypes(),
                        [&](clang::QualType parameter) { return isLocal(parameter); });
  return false;
}

// ---- ordinals

namespace {

/// The places of all lambdas and classes that stand directly in `body`, not in a nested lambda.
std::vector<clang::SourceLocation> tagsDirectlyIn(const clang::Stmt *body) {
  std::vector<clang::SourceLocation> places;
  forEachStatement(body, [&](const clang::Stmt &at) {
    if (const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(&at))
      for (const clang::Decl *declaration : declarations->decls())
        if (llvm::isa<clang::TagDecl>(declaration))
          places.push_back(declaration->getLocation());
    const auto *lambda = llvm::dyn_cast<clang::LambdaExpr>(&at);
    if (!lambda)
      return true;
    places.push_back(lambda->getLambdaClass()->getLocation());
    for (const clang::Expr *capture : lambda->capture_inits())
      llvm::append_range(places, tagsDirectlyIn(capture));
    return false;
  });
  return places;
}

} // namespace

std::string Identity::ordinal(const clang::Decl &around, const clang::TagDecl &tag) {
  auto [at, isNew] = tagsIn.try_emplace(&around);
  const clang::SourceManager &sources = context.getSourceManager();
  if (isNew) {
    std::vector<clang::SourceLocation> places = tagsDirectlyIn(around.getBody());
    if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&around))
      for (const clang::CXXCtorInitializer *initializer : constructor->inits())
        llvm::append_range(places, tagsDirectlyIn(initializer->getInit()));
    llvm::sort(places, [&](clang::SourceLocation a, clang::SourceLocation b) {
      return sources.isBeforeInTranslationUnit(a, b);
    });
    places.erase(llvm::unique(places), places.end());
    at = tagsIn.try_emplace(&around).first;
    at->second = std::move(places);
  }
  auto found = llvm::find(at->second, tag.getLocation());
  if (found != at->second.end())
    return std::to_string(found - at->second.begin());
  // Not in a body: an initialiser of a variable, a default argument. Its place tells it apart.
  Place place = project.place(tag.getLocation());
  return project.files()[place.file] + ":" + std::to_string(place.line) + ":" +
         std::to_string(place.column);
}

} // namespace async_tidy
