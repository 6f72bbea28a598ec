#include "extract/Callables.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "extract/Terms.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

namespace {

using VariableSet = llvm::SmallPtrSet<const clang::ValueDecl *, 8>;
using FunctionSet = llvm::SmallSetVector<const clang::FunctionDecl *, 4>;

/// `function`, or, if it is a template's pattern, what it was instantiated to.
void addInstantiations(const clang::NamedDecl &decl, FunctionSet &to) {
  if (const auto *pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(&decl)) {
    for (const clang::FunctionDecl *instance : pattern->specializations())
      to.insert(instance);
  } else if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl)) {
    to.insert(function);
  }
}

FunctionSet callOperators(const clang::CXXRecordDecl &record) {
  FunctionSet result;
  if (!record.hasDefinition())
    return result;
  clang::DeclarationName name =
      record.getASTContext().DeclarationNames.getCXXOperatorName(clang::OO_Call);
  for (const clang::NamedDecl *found : record.lookup(name))
    addInstantiations(*found, result);
  return result;
}

bool needsObject(const clang::FunctionDecl &function) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  return method && method->isInstance() && method->getOverloadedOperator() != clang::OO_Call;
}

} // namespace

const clang::CXXMethodDecl *onlyLambda(clang::QualType type) {
  const clang::CXXRecordDecl *record = recordOf(type, false);
  return record && record->isLambda() && !record->isGenericLambda()
             ? record->getLambdaCallOperator()
             : nullptr;
}

namespace {

class Collector {
public:
  Collector(UnitContext &unit, Locals &locals, Terms &terms)
      : unit(unit), locals(locals), terms(terms) {}

  std::vector<Callable> found;

  void add(const clang::Expr *e, unsigned depth = 0) {
    constexpr unsigned DepthLimit = 8;
    e = e ? objectOf(e) : nullptr;
    if (!e || depth > DepthLimit || isAnnotated(*e))
      return;
    if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(e)) {
      add(choice->getTrueExpr(), depth + 1);
      add(choice->getFalseExpr(), depth + 1);
    } else if (const auto *member = llvm::dyn_cast<clang::BinaryOperator>(e);
               member && member->isPtrMemOp()) { // object.*pointer
      add(member->getRHS(), depth + 1);
    } else if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(e)) {
      if (unary->getOpcode() == clang::UO_AddrOf || unary->getOpcode() == clang::UO_Deref ||
          unary->getOpcode() == clang::UO_Plus)
        add(unary->getSubExpr(), depth + 1);
    } else if (const auto *conversion = llvm::dyn_cast<clang::CXXMemberCallExpr>(e);
               conversion &&
               llvm::isa_and_nonnull<clang::CXXConversionDecl>(conversion->getMethodDecl())) {
      add(conversion->getImplicitObjectArgument(), depth + 1); // a lambda to a function pointer
    } else if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(e);
               reference && llvm::isa<clang::FunctionDecl>(reference->getDecl())) {
      addFunction(*llvm::cast<clang::FunctionDecl>(reference->getDecl()), {});
    } else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(e); call && binds(*call)) {
      addBound(*call, depth);
    } else if (const TypeModel *model = knownType(unit.knowledge, e->getType());
               model && model->callable) {
      addHeldBy(*e, depth);
    } else if (const clang::CXXRecordDecl *record = recordOf(e->getType(), false)) {
      addObject(*e, *record);
    } else if (e->getType()->isFunctionPointerType() || e->getType()->isMemberPointerType()) {
      addValues(*e, depth);
    }
  }

private:
  void addFunction(const clang::FunctionDecl &function, std::vector<Term> bound) {
    found.push_back(
        {limited(Term::function(unit.identity.of(function), std::move(bound))), &function});
  }

  /// A function object. What a lambda sees of the body around it, it sees without being given it.
  void addObject(const clang::Expr &e, const clang::CXXRecordDecl &record) {
    // What a lambda is given with is known to whoever made it.
    const auto *variable = llvm::dyn_cast_or_null<clang::ValueDecl>(variableNamed(e));
    if (variable && onlyLambda(e.getType())) {
      const auto *local = llvm::dyn_cast<clang::VarDecl>(variable);
      if (!local || !terms.owns(*local) || llvm::isa<clang::ParmVarDecl>(local))
        return addTerm(terms.plain(&e));
    }
    bool leads = !record.isLambda() && unit.bound.matters(e.getType());
    for (const clang::FunctionDecl *function : callOperators(record))
      addFunction(*function, leads ? std::vector{terms.plain(&e)} : std::vector<Term>());
  }

  static const clang::ValueDecl *variableNamed(const clang::Expr &e) {
    if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(&e))
      return member->getMemberDecl();
    return variableOf(&e);
  }

  bool binds(const clang::CallExpr &call) const {
    return call.getNumArgs() != 0 &&
           llvm::any_of(knownCall(unit.knowledge, call).models,
                        [](const FunctionModel *model) { return model->binds; });
  }

  /// `std::bind(f, a, b)`: the result calls f with a and b. Placeholders are not known.
  void addBound(const clang::CallExpr &call, unsigned depth) {
    std::vector<Term> rest;
    for (unsigned i = 1; i != call.getNumArgs(); ++i)
      rest.push_back(unit.bound.matters(call.getArg(i)->getType()) ? terms.given(call.getArg(i))
                                                                   : Term());
    size_t first = found.size();
    add(call.getArg(0), depth + 1);
    for (size_t i = first; i != found.size(); ++i) {
      Term &term = found[i].term;
      if (!term.is(Term::Kind::Function) || rest.empty())
        continue;
      bool hasObject =
          !term.parts.empty() || (found[i].function && needsObject(*found[i].function));
      if (!hasObject)
        term.parts.emplace_back();
      llvm::append_range(term.parts, rest);
      term = limited(term);
    }
  }

  /// What an object of a type like std::function holds: what it was made from.
  void addHeldBy(const clang::Expr &e, unsigned depth) {
    if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&e)) {
      if (construct->getNumArgs() != 0)
        add(construct->getArg(0), depth + 1);
    } else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&e);
               call && !unit.isProjectCall(*call)) {
      if (const clang::Expr *kept = keptBy(*call))
        addKeptIn(*kept, depth + 1);
      else if (call->getNumArgs() == 1) // std::ref(f)
        add(call->getArg(0), depth + 1);
    } else if (const auto *cast = llvm::dyn_cast<clang::ExplicitCastExpr>(&e)) {
      add(cast->getSubExpr(), depth + 1);
    } else {
      addValues(e, depth);
    }
  }

  /// The container, or variable, of which `call` gives what it keeps; null if it gives something
  /// else.
  const clang::Expr *keptBy(const clang::CallExpr &call) const {
    CallParts parts = partsOf(call);
    for (const FunctionModel *model : knownCall(unit.knowledge, call).models) {
      if (model->result.kind == ResultModel::Kind::Element)
        return parts.object;
      if (model->result.kind == ResultModel::Kind::Argument &&
          model->result.index < parts.arguments.size())
        return parts.arguments[model->result.index];
    }
    return nullptr;
  }

  void addKeptIn(const clang::Expr &holder, unsigned depth) {
    if (unit.bound.isCallable(objectOf(&holder)->getType()))
      add(&holder, depth);
    else
      addTerm(terms.plain(&holder));
  }

  void addValues(const clang::Expr &e, unsigned depth) {
    const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(&e));
    bool isOwn = variable && terms.owns(*variable) && !locals.of(variable).values.empty();
    if (!isOwn) {
      addTerm(terms.plain(&e));
      return;
    }
    // Each variable once: its values may mention it, and others that mention it.
    if (!seen.insert(variable).second)
      return;
    for (const clang::Expr *value : locals.of(variable).values)
      add(value, depth + 1);
    if (const auto *parameter = llvm::dyn_cast<clang::ParmVarDecl>(variable))
      addTerm(Term::parameter(parameter->getFunctionScopeIndex(), unit.identity.of(*variable)));
  }

  /// What is said of a parameter replaces what the body does with it.
  bool isAnnotated(const clang::Expr &e) const {
    const auto *parameter = llvm::dyn_cast_or_null<clang::ParmVarDecl>(variableOf(&e));
    return parameter && unit.annotations.called(*parameter);
  }

  void addTerm(Term term) {
    if (!isNothing(term))
      found.push_back({std::move(term), nullptr});
  }

  UnitContext &unit;
  Locals &locals;
  Terms &terms;
  VariableSet seen;
};

} // namespace

std::vector<Callable> Terms::callables(const clang::Expr *e) {
  constexpr unsigned NestingLimit = 4; // of callables that are bound to callables
  if (nesting == NestingLimit)
    return {};
  ++nesting;
  Collector collector(unit, locals, *this);
  collector.add(e);
  --nesting;
  return std::move(collector.found);
}

std::vector<Term> Terms::tasks(const clang::Expr *e) {
  std::vector<Term> result;
  CallSet calls;
  addCalls(e, locals, calls);
  for (const clang::CallExpr *call : calls) {
    const clang::FunctionDecl *callee = call->getDirectCallee();
    if (callee && unit.isProjectCode(*callee)) {
      result.push_back(limited(Term::result(unit.identity.of(*callee), passed(*call))));
      continue;
    }
    // A callable that is called through a value, and gives a task.
    const TypeModel *model =
        callee && callee->getOverloadedOperator() == clang::OO_Call && call->getNumArgs() != 0
            ? knownType(unit.knowledge, call->getArg(0)->getType())
            : nullptr;
    const clang::Expr *value = model && model->callable ? call->getArg(0)
                               : !callee                ? call->getCallee()
                                                        : nullptr;
    if (value && unit.bound.isTask(call->getType()))
      for (Callable &callable : callables(value))
        result.push_back(std::move(callable.term));
  }
  if (calls.empty() && e && unit.bound.isTask(objectOf(e)->getType()))
    if (Term term = of(e); !isNothing(term))
      result.push_back(std::move(term));
  return result;
}

namespace {

void addCallsFrom(const clang::Expr *e, Locals &locals, CallSet &to, VariableSet &seen,
                  unsigned depth) {
  constexpr unsigned DepthLimit = 8;
  e = e ? objectOf(e) : nullptr;
  if (!e || depth > DepthLimit)
    return;
  if (const auto *call = llvm::dyn_cast<clang::CallExpr>(e)) {
    to.insert(call);
    const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call);
    if (op && op->getOperator() != clang::OO_Call)
      for (const clang::Expr *operand : op->arguments())
        addCallsFrom(operand, locals, to, seen, depth + 1);
  } else if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(e)) {
    addCallsFrom(choice->getTrueExpr(), locals, to, seen, depth + 1);
    addCallsFrom(choice->getFalseExpr(), locals, to, seen, depth + 1);
  } else if (const clang::ValueDecl *variable = variableOf(e);
             variable && seen.insert(variable).second) {
    for (const clang::Expr *value : locals.of(variable).values)
      addCallsFrom(value, locals, to, seen, depth + 1);
  }
}

} // namespace

void addCalls(const clang::Expr *e, Locals &locals, CallSet &to) {
  VariableSet seen;
  addCallsFrom(e, locals, to, seen, 0);
}

bool returnsTask(const Knowledge &knowledge, const clang::FunctionDecl &function) {
  const clang::CXXRecordDecl *record = recordOf(function.getReturnType(), false);
  if (!record || !record->hasDefinition())
    return false;
  if (const TypeModel *model = knownType(knowledge, function.getReturnType()))
    return model->coroutine == CoroutineKind::Task;
  const clang::IdentifierInfo &promise = record->getASTContext().Idents.get("promise_type");
  return !record->lookup(&promise).empty();
}

const clang::CXXConstructorDecl *constructorFor(const clang::CXXRecordDecl &record,
                                                llvm::ArrayRef<const clang::Expr *> arguments) {
  auto bare = [](clang::QualType type) {
    return type.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  };
  llvm::SmallVector<const clang::CXXConstructorDecl *, 4> fitting, exact;
  if (!record.hasDefinition())
    return nullptr;
  for (const clang::CXXConstructorDecl *constructor : record.ctors()) {
    if (constructor->isDeleted() || arguments.size() < constructor->getMinRequiredArguments() ||
        (arguments.size() > constructor->getNumParams() && !constructor->isVariadic()))
      continue;
    fitting.push_back(constructor);
    auto pairs = llvm::zip(arguments, constructor->parameters());
    if (llvm::all_of(pairs, [&](auto pair) {
          return bare(std::get<0>(pair)->getType()) == bare(std::get<1>(pair)->getType());
        }))
      exact.push_back(constructor);
  }
  // Copies and moves fit every single argument; the others are what is meant.
  if (fitting.size() > 1 && exact.empty())
    llvm::erase_if(fitting,
                   [](auto *constructor) { return constructor->isCopyOrMoveConstructor(); });
  const auto &choice = exact.empty() ? fitting : exact;
  return choice.size() == 1 ? choice.front() : nullptr;
}

} // namespace async_tidy
