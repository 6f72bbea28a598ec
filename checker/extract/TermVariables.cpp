#include "extract/Expressions.h"
#include "extract/Names.h"
#include "extract/Terms.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// The function whose variable `variable` is; for a capture with an initialiser, the lambda's body.
const clang::FunctionDecl *ownerOf(const clang::ValueDecl &variable) {
  const clang::DeclContext *context = variable.getDeclContext()->getNonTransparentContext();
  return llvm::dyn_cast<clang::FunctionDecl>(context);
}

/// Whether `term` depends on what a function gives.
bool dependsOnResult(const Term &term) {
  return term.is(Term::Kind::Result) || llvm::any_of(term.parts, dependsOnResult);
}

/// Whether objects of `record` cannot be copied, because it says so, or because it only says how
/// they are moved.
bool isMoveOnly(const clang::CXXRecordDecl &record) {
  if (!record.hasUserDeclaredCopyConstructor())
    return record.hasUserDeclaredMoveConstructor();
  return llvm::none_of(record.ctors(), [](const clang::CXXConstructorDecl *constructor) {
    return constructor->isCopyConstructor() && !constructor->isDeleted();
  });
}

} // namespace

bool Terms::owns(const clang::VarDecl &variable) const {
  return ownerOf(variable) == &function;
}

Term Terms::of(const clang::ValueDecl &variable) {
  if (const auto *field = llvm::dyn_cast<clang::FieldDecl>(&variable))
    return Term::field(mention(*field).id, self());
  const auto *declared = llvm::dyn_cast<clang::VarDecl>(&variable);
  return declared ? buildVariable(*declared, 0) : Term();
}

/// Whether `variable` is a smart pointer of its own: to move it leaves what it was copied from.
bool Terms::isCopy(const clang::ValueDecl &variable) {
  if (variable.getType()->isReferenceType() || unit.bound.refers(variable.getType()) == Refers::No)
    return false;
  return llvm::isa<clang::ParmVarDecl>(variable) ||
         (llvm::isa<clang::VarDecl>(variable) && of(variable) != mention(variable, false));
}

Term Terms::buildVariable(const clang::VarDecl &variable, unsigned depth) {
  if (variable.getTLSKind() != clang::VarDecl::TLS_None)
    return Term::fresh(); // each thread has its own
  bool isObject =
      unit.bound.refers(variable.getType()) == Refers::No && !unit.bound.isTask(variable.getType());
  if (variable.hasGlobalStorage() || ownerOf(variable) != &function)
    return mention(variable, isObject);
  return buildLocal(variable, depth);
}

Term Terms::buildLocal(const clang::VarDecl &variable, unsigned depth) {
  bool isValue = unit.bound.isValue(variable.getType());
  if (unit.bound.refers(variable.getType()) == Refers::No && !isValue)
    return mention(variable, true);
  if (const auto *parameter = llvm::dyn_cast<clang::ParmVarDecl>(&variable)) {
    Term self = mention(variable, isSoleOwner(variable));
    if (!locals.of(parameter).values.empty())
      return self;
    return Term::parameter(parameter->getFunctionScopeIndex(), self.id);
  }
  if (isValue)
    return buildValue(variable, depth);
  std::optional<Term> value = onlyValue(variable, depth);
  if (!value || value->is(Term::Kind::Unknown) || value->is(Term::Kind::Fresh))
    return mention(variable, (value && value->is(Term::Kind::Fresh)) || isSoleOwner(variable));
  if (!dependsOnResult(*value))
    return *value;
  Term self = mention(variable, isSoleOwner(variable));
  facts.aliases.push_back({self.id, std::move(*value)});
  return self;
}

/// Whether `variable` is a pointer that cannot be copied, and has had what it points to from the
/// beginning: nobody else has that.
bool Terms::isSoleOwner(const clang::VarDecl &variable) {
  clang::QualType type = variable.getType();
  const clang::CXXRecordDecl *record = recordOf(type, false);
  bool isOwner = record && !type->isReferenceType() && unit.bound.refers(type) == Refers::Owning &&
                 isMoveOnly(*record);
  if (!isOwner || llvm::isa<clang::ParmVarDecl>(variable))
    return isOwner;
  const auto &values = locals.of(&variable).values;
  return llvm::all_of(values, [&](const clang::Expr *value) {
    const clang::Expr *object = objectOf(value);
    const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(object);
    bool isEmpty = (construct && construct->getNumArgs() == 0) || isNull(unit.ast, *value);
    return isEmpty || (llvm::isa<clang::CallExpr>(object) && !isMoved(value));
  });
}

/// What a callable, executor or task is made from. A context that is made here is itself.
Term Terms::buildValue(const clang::VarDecl &variable, unsigned depth) {
  std::optional<Term> value = onlyValue(variable, depth);
  bool isNew = value && (value->is(Term::Kind::Loop) || value->is(Term::Kind::Worker)) &&
               (value->parts[0].is(Term::Kind::Unknown) || value->parts[0].is(Term::Kind::Fresh));
  if (isNew && unit.bound.isExecutor(variable.getType()))
    return mention(variable, true);
  if (value && !value->is(Term::Kind::Unknown) && !value->is(Term::Kind::Fresh))
    return *value;
  return mention(variable, false);
}

/// What a pointer or reference is set to, if that is one thing all the time.
std::optional<Term> Terms::onlyValue(const clang::VarDecl &variable, unsigned depth) {
  const Locals::Variable &known = locals.of(&variable);
  // To step to the next element of a container leads to no other container.
  if (known.isChangedInPlace || !resolving.insert(&variable).second)
    return std::nullopt;
  std::optional<Term> result;
  bool isOne = true;
  for (const clang::Expr *value : known.values) {
    if (isNull(unit.ast, *value))
      continue;
    Term term = build(value, depth + 1);
    bool isTaken = unit.bound.refers(variable.getType()) == Refers::Owning && isMoved(value) &&
                   (term.is(Term::Kind::Variable) || term.is(Term::Kind::Field));
    if (isTaken)
      term = Term::moved(std::move(term));
    isOne &= !result || *result == term;
    result = std::move(term);
  }
  resolving.erase(&variable);
  return isOne ? result : std::nullopt;
}

/// Notes that a term names `field`.
Term Terms::mention(const clang::FieldDecl &field) {
  return mention(field, unit.bound.refers(field.getType()) == Refers::No);
}

/// Notes that a term names `variable`.
Term Terms::mention(const clang::ValueDecl &variable, bool isSeat) {
  EntityId id = unit.identity.of(variable);
  if (mentioned.insert(&variable).second)
    storeFirst(variable, Term::variable(id));
  Variable &entry = unit.variables[id];
  entry.isSeat |= isSeat;
  if (entry.id != 0)
    return Term::variable(id);
  const auto *declared = llvm::dyn_cast<clang::VarDecl>(&variable);
  const clang::ValueDecl *shown = &variable;
  if (declared && declared->getDefinition())
    shown = declared->getDefinition();
  bool isLocal = declared && declared->isLocalVarDeclOrParm() && !declared->hasGlobalStorage();
  entry.id = id;
  entry.name = isLocal ? variable.getNameAsString() : qualifiedName(variable);
  entry.place = unit.project.place(shown->getLocation());
  entry.isDefined = !declared || declared->getDefinition() || isLocal;
  entry.isPointer =
      !variable.getType()->isReferenceType() && unit.bound.refers(variable.getType()) != Refers::No;
  if (const clang::CXXMethodDecl *lambda = onlyLambda(variable.getType()))
    entry.function = unit.identity.of(*lambda);
  if (const clang::FunctionDecl *owner = isLocal ? ownerOf(variable) : nullptr)
    entry.owner = unit.identity.of(*owner);
  return Term::variable(id);
}

} // namespace async_tidy
