// What variables and members keep: callables, executors, tasks, and the executors that objects are
// made with.
#include "extract/Expressions.h"
#include "extract/Terms.h"

namespace async_tidy {

namespace {

/// Whether `value` is a context that is just made: whoever keeps it is the context.
bool isMadeHere(const Term &value) {
  return value.is(Term::Kind::Fresh) ||
         ((value.is(Term::Kind::Loop) || value.is(Term::Kind::Worker)) &&
          value.parts[0].is(Term::Kind::Fresh));
}

} // namespace

Term Terms::seat(const clang::Expr *e) {
  e = objectOf(e);
  if (const auto *address = llvm::dyn_cast<clang::UnaryOperator>(e);
      address && address->getOpcode() == clang::UO_AddrOf)
    e = objectOf(address->getSubExpr());
  if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(e)) {
    const auto *variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    return variable ? mention(*variable, false) : Term();
  }
  const auto *member = llvm::dyn_cast<clang::MemberExpr>(e);
  return member ? limited(buildMember(*member, 0)) : Term();
}

Term Terms::seatOf(const clang::ValueDecl &variable) {
  if (const auto *field = llvm::dyn_cast<clang::FieldDecl>(&variable))
    return Term::field(mention(*field).id, self());
  return mention(variable, false);
}

void Terms::moved(const clang::Expr &object, const clang::Expr &to) {
  Term executor = runsAt(&to);
  Term thing = plain(&object);
  if (!executor.is(Term::Kind::Unknown) && !thing.is(Term::Kind::Unknown))
    facts.stores.push_back({unit.project.place(to.getBeginLoc()),
                            limited(Term::field(ExecutorField, std::move(thing))),
                            std::move(executor)});
}

void Terms::madeFor(const clang::ValueDecl &holder, const clang::Expr *from) {
  Term executor = runsAt(from);
  if (!executor.is(Term::Kind::Unknown))
    facts.stores.push_back({unit.project.place(from->getBeginLoc()),
                            Term::field(ExecutorField, seatOf(holder)), std::move(executor)});
}

void Terms::store(Term target, clang::QualType type, const clang::Expr *value) {
  if (!value || target.is(Term::Kind::Unknown))
    return;
  const clang::Expr *object = objectOf(value);
  Place place = unit.project.place(value->getBeginLoc());
  const auto *elements = llvm::dyn_cast<clang::InitListExpr>(object);
  if (elements && elements->getType()->isArrayType()) {
    for (const clang::Expr *element : elements->inits())
      store(target, element->getType(), element);
  } else if (const auto *list = elements; list && list->getType()->isRecordType()) {
    if (list->getSemanticForm())
      list = list->getSemanticForm();
    const clang::RecordDecl *record = list->getType()->getAsRecordDecl();
    auto field = record->field_begin();
    for (const clang::Expr *element : list->inits())
      if (field != record->field_end()) {
        const clang::FieldDecl &at = **field++;
        if (unit.bound.matters(at.getType()) || llvm::isa<clang::InitListExpr>(objectOf(element)))
          store(limited(Term::field(mention(at).id, target)), at.getType(), element);
      }
  } else if (unit.bound.isValue(type)) {
    Term kept = of(value);
    if (unit.bound.isCallable(type))
      for (Callable &callable : callables(value))
        facts.stores.push_back({place, target, std::move(callable.term)});
    else if (kept != target && !isMadeHere(kept))
      facts.stores.push_back({place, std::move(target), std::move(kept)});
  } else if (const auto *made = llvm::dyn_cast<clang::CXXNewExpr>(object);
             unit.bound.of(type) && (made || unit.bound.refers(type) != Refers::Borrowing)) {
    const clang::CXXConstructExpr *construct =
        made ? made->getConstructExpr() : llvm::dyn_cast<clang::CXXConstructExpr>(originOf(value));
    if (made && !construct)
      return;
    Term executor = construct ? madeWith(*construct) : executorOf(value);
    if (!executor.is(Term::Kind::Unknown))
      facts.stores.push_back(
          {place, limited(Term::field(ExecutorField, std::move(target))), std::move(executor)});
  }
}

void Terms::keep(const clang::Expr &holder, const clang::Expr &value) {
  clang::QualType type = objectOf(&value)->getType();
  Term target = plain(&holder);
  bool isSeat = target.is(Term::Kind::Variable) || target.is(Term::Kind::Field);
  if (!isSeat || !unit.bound.matters(type))
    return;
  Place place = unit.project.place(value.getBeginLoc());
  std::vector<Callable> values = callables(&value);
  for (Callable &callable : values)
    facts.stores.push_back({place, target, std::move(callable.term)});
  if (!values.empty())
    return;
  Term kept = unit.bound.isTask(type) ? of(&value) : plain(&value);
  bool isKept = unit.bound.isTask(type) || kept.is(Term::Kind::Variable) ||
                kept.is(Term::Kind::Field) || kept.is(Term::Kind::Parameter);
  if (isKept && kept != target)
    facts.stores.push_back({place, std::move(target), std::move(kept)});
}

void Terms::member(const clang::MemberExpr &member, const clang::Expr &value) {
  const auto *field = llvm::dyn_cast<clang::FieldDecl>(member.getMemberDecl());
  const auto *whole = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(member.getBase()));
  if (!field || !whole || !owns(*whole) || llvm::isa<clang::ParmVarDecl>(whole) ||
      unit.bound.isValue(field->getType()) || !standsForOther(*field) || isNull(unit.ast, value))
    return;
  Term object = of(*whole);
  if (object.is(Term::Kind::Variable))
    facts.aliases.push_back({object.id, of(&value), mention(*field).id});
}

void Terms::copied(const clang::ParmVarDecl &parameter) {
  const auto *record = parameter.getType()->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || !unit.project.owns(record->getLocation()) ||
      unit.bound.of(parameter.getType()) || unit.bound.isValue(parameter.getType()) ||
      !unit.bound.leads(parameter.getType()))
    return;
  EntityId self = mention(parameter, true).id;
  Term passed = Term::parameter(parameter.getFunctionScopeIndex(), self);
  for (const clang::FieldDecl *field : record->getDefinition()->fields())
    if (!unit.bound.isValue(field->getType()) && standsForOther(*field)) {
      EntityId id = mention(*field).id;
      facts.aliases.push_back({self, Term::field(id, passed), id});
    }
}

/// What the members of `variable`, a struct, stand for.
void Terms::membersOf(const clang::VarDecl &variable) {
  const clang::Expr *value = objectOf(variable.getInit());
  if (const auto *made = llvm::dyn_cast<clang::CXXNewExpr>(value))
    value = made->getInitializer() ? objectOf(made->getInitializer()) : value;
  const auto *list = llvm::dyn_cast<clang::InitListExpr>(value);
  const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(value);
  Term object = list        ? objectOfList(*list, 0)
                : construct ? objectOfConstruct(*construct, 0)
                            : Term();
  Term self = object.is(Term::Kind::Object) ? of(variable) : Term();
  if (!self.is(Term::Kind::Variable))
    return;
  for (Term &member : object.parts)
    facts.aliases.push_back({self.id, std::move(member.parts[0]), member.id});
}

void Terms::declared(const clang::VarDecl &variable) {
  if (variable.hasInit() && !variable.getType()->isReferenceType() &&
      unit.bound.leads(variable.getType()))
    membersOf(variable);
  clang::QualType type = variable.getType();
  bool isAggregate =
      variable.hasInit() && llvm::isa<clang::InitListExpr>(objectOf(variable.getInit()));
  if (!(unit.bound.matters(type) || isAggregate) || type->isReferenceType() || !variable.hasInit())
    return;
  // A callable with one value is that value.
  bool isPlain = unit.bound.isValue(type) && locals.of(&variable).values.size() < 2;
  if (!isPlain)
    store(mention(variable, false), type, variable.getInit());
}

/// The first value of a variable that is made outside of all bodies.
void Terms::storeFirst(const clang::ValueDecl &variable, const Term &self) {
  if (const auto *field = llvm::dyn_cast<clang::FieldDecl>(&variable)) {
    size_t before = facts.stores.size();
    if (field->hasInClassInitializer() && unit.bound.matters(field->getType()))
      store(Term::field(self.id, Term()), field->getType(), field->getInClassInitializer());
    // `this` is the object there, and not that of this body.
    for (Store &store : llvm::drop_begin(facts.stores, before))
      store.value = outside(store.value);
    return;
  }
  const auto *declared = llvm::dyn_cast<clang::VarDecl>(&variable);
  bool isAggregate = declared && declared->getAnyInitializer() &&
                     llvm::isa<clang::InitListExpr>(objectOf(declared->getAnyInitializer()));
  if (declared && declared->hasGlobalStorage() &&
      (isAggregate || unit.bound.matters(declared->getType())))
    store(self, declared->getType(), declared->getAnyInitializer());
}

} // namespace async_tidy
