#include "extract/UseRecorder.h"
#include "extract/Executors.h"
#include "extract/Expressions.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

void UseRecorder::call(const Made &call, llvm::StringRef name, bool isAsync, bool isAwaited) {
  Use use;
  use.place = unit.project.place(call.site);
  use.kind = isAsync ? UseKind::Async : UseKind::Call;
  use.isAwaited = isAwaited;
  use.name = name.str();
  if (call.form == CallForm::Call && call.receiver.expression) {
    receiver(call, use);
    // The operation is the object's; to what else it is given, it only gives a result.
    if (isAsync && unit.bound.of(call.receiver.type))
      use.kind = UseKind::Call;
  }
  for (unsigned i = 0; i != call.arguments.size(); ++i)
    argument(call, i, use);
}

void UseRecorder::ownCall(const Made &call, llvm::StringRef name) {
  if (call.form != CallForm::Call || !call.receiver.expression)
    return;
  // What a class adds to one that is bound to its loop is as good as what its body does.
  BoundType type = unit.bound.of(call.receiver.type);
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(call.callee);
  if (type && (type.isLibrarys() || (method && qualifiedName(*method->getParent()) != type.name)))
    return;
  Use use;
  use.place = unit.project.place(call.site);
  use.name = name.str();
  receiver(call, std::move(use));
}

void UseRecorder::receiver(const Made &call, Use use) {
  BoundType type = unit.bound.of(call.receiver.type);
  if (!type)
    return;
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(call.callee);
  bool isSaidToBe = type.model->source.origin != Origin::Project &&
                    (unit.annotations.of(*call.callee).isThreadSafe ||
                     (method && unit.annotations.of(*method->getParent()).isThreadSafe));
  bool isSafe =
      isSaidToBe || llvm::any_of(type.model->threadSafeMembers, [&](llvm::StringRef member) {
        return member == "*" || member == call.callee->getNameAsString();
      });
  if (!isSafe)
    add(*call.receiver.expression, type, std::move(use));
}

/// Whether what is given to `constructor` as argument `index` is its own from then on.
static bool takes(const clang::CXXConstructorDecl &constructor, unsigned index) {
  if (index >= constructor.getNumParams())
    return false;
  clang::QualType type = constructor.getParamDecl(index)->getType();
  return !type->isLValueReferenceType() && !type->isPointerType();
}

void UseRecorder::argument(const Made &call, unsigned index, Use use) {
  const clang::Expr &argument = *call.arguments[index];
  if (llvm::isa<clang::CXXDefaultArgExpr>(argument))
    return;
  BoundType type = unit.bound.of(objectOf(&argument)->getType());
  if (!type || !worksOn(call, index, type))
    return;
  if (call.form == CallForm::Construction) {
    const auto &constructor = llvm::cast<clang::CXXConstructorDecl>(*call.callee);
    // To point to a thing is no use of it. A copy is made to be used where it is made.
    bool isPointer = unit.bound.refers(constructor.getThisType()->getPointeeType()) != Refers::No;
    if (isPointer)
      return;
    if (takes(constructor, index))
      use.kind = UseKind::Move;
  }
  add(argument, type, std::move(use));
}

/// Functions of the thing's own library work on it, and those that are declared to take such a
/// thing; std::swap, a container or what prints it do not.
bool UseRecorder::worksOn(const Made &call, unsigned index, const BoundType &type) const {
  if (!type.model->library.empty() &&
      unit.knowledge.owner(qualifiedName(*call.callee)) == type.model->library)
    return true;
  if (call.callee->isTemplateInstantiation() || index >= call.callee->getNumParams() ||
      call.callee->isOverloadedOperator())
    return false;
  BoundType taken = unit.bound.of(call.callee->getParamDecl(index)->getType());
  return taken && (taken.name == type.name ||
                   (!type.model->library.empty() && taken.model->library == type.model->library));
}

/// What runs, or is an executor, is no thing of a thread.
bool UseRecorder::mayBeMade(clang::QualType type) {
  return !unit.bound.isValue(type) && unit.bound.leads(type);
}

void UseRecorder::made(const clang::Expr &seat, clang::SourceLocation site) {
  if (mayBeMade(seat.getType()))
    madeIn(terms.seat(&seat), site);
}

void UseRecorder::made(const clang::FieldDecl &seat, clang::SourceLocation site) {
  if (mayBeMade(seat.getType()))
    madeIn(terms.seatOf(seat), site);
}

void UseRecorder::madeIn(Term seat, clang::SourceLocation site) {
  // What a body makes for itself is not asked about.
  if (resourceIn(seat) == 0 || unit.variables[resourceIn(seat)].owner == facts.id)
    return;
  Use use;
  use.place = unit.project.place(site);
  use.kind = UseKind::Make;
  use.thing = std::move(seat);
  facts.uses.push_back(std::move(use));
}

void UseRecorder::madeBy(const Made &call, const TypedArgument &what, llvm::StringRef name) {
  Use use;
  use.place = unit.project.place(call.site);
  use.kind = UseKind::Make;
  use.name = name.str();
  use.type = what.type.str();
  use.needsMaker = true;
  if (what.argument != TypedArgument::All) {
    if (size_t(what.argument) >= call.arguments.size())
      return;
    use.thing = terms.plain(call.arguments[unsigned(what.argument)]);
    if (isNothing(use.thing))
      return;
  }
  facts.uses.push_back(std::move(use));
}

void UseRecorder::worksOn(const Made &call, const TypedArgument &what, llvm::StringRef name) {
  const TypeModel *model = unit.knowledge.type(what.type);
  if (!model || size_t(what.argument) >= call.arguments.size())
    return;
  Use use;
  use.place = unit.project.place(call.site);
  use.name = name.str();
  add(*call.arguments[unsigned(what.argument)], BoundType{model, what.type.str()}, std::move(use));
}

namespace {

/// `e` without what only leads from a pointer to its object.
const clang::Expr *withoutDereference(const clang::Expr *e) {
  for (;;) {
    e = objectOf(e);
    const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(e);
    const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(e);
    if (unary && (unary->getOpcode() == clang::UO_Deref || unary->getOpcode() == clang::UO_AddrOf))
      e = unary->getSubExpr();
    else if (op && (op->getOperator() == clang::OO_Arrow ||
                    (op->getOperator() == clang::OO_Star && op->getNumArgs() == 1)))
      e = op->getArg(0);
    else
      return e;
  }
}

} // namespace

void UseRecorder::add(const clang::Expr &thing, const BoundType &type, Use use) {
  // A thread's object is a thing too, besides where it runs what it is given.
  use.thing =
      unit.bound.isValue(objectOf(&thing)->getType()) ? terms.plain(&thing) : terms.of(&thing);
  if (isNothing(use.thing))
    return;
  use.type = type.name;
  use.isAffine = type.model->affinity == Affinity::Affine;
  use.needsMaker = type.model->onlyIfMade;
  llvm::StringRef member = use.name;
  if (size_t last = member.rfind("::"); last != llvm::StringRef::npos)
    member = member.substr(last + 2);
  use.isEnding = llvm::is_contained(type.model->stops, member);
  const clang::Expr &written = *withoutDereference(&thing);
  if (use.thing.is(Term::Kind::This)) {
    if (const clang::CXXRecordDecl *record = recordOf(written.getType()))
      unit.mention(*record);
  } else {
    use.written = sourceText(unit.ast, written);
    use.isPointer = unit.bound.refers(written.getType()) != Refers::No;
  }
  facts.uses.push_back(std::move(use));
}

} // namespace async_tidy
