#include "extract/Callables.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

namespace {

using VariableSet = llvm::SmallPtrSet<const clang::ValueDecl *, 8>;

/// `function`, or, if it is a template's pattern, what it was instantiated to.
void addInstantiations(const clang::NamedDecl &decl, FunctionSet &to) {
  if (const auto *pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(&decl)) {
    for (const clang::FunctionDecl *instance : pattern->specializations())
      to.insert(instance);
  } else if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl)) {
    to.insert(function);
  }
}

void addCallOperators(const clang::CXXRecordDecl &record, FunctionSet &to) {
  if (!record.hasDefinition())
    return;
  clang::DeclarationName name =
      record.getASTContext().DeclarationNames.getCXXOperatorName(clang::OO_Call);
  for (const clang::NamedDecl *found : record.lookup(name))
    addInstantiations(*found, to);
}

class Collector {
public:
  Collector(const Knowledge &knowledge, Locals &locals, FunctionSet &to)
      : knowledge(knowledge), locals(locals), to(to) {}

  void add(const clang::Expr *e, unsigned depth = 0) {
    constexpr unsigned DepthLimit = 8;
    e = e ? objectOf(e) : nullptr;
    if (!e || depth > DepthLimit)
      return;
    if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(e)) {
      add(choice->getTrueExpr(), depth + 1);
      add(choice->getFalseExpr(), depth + 1);
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
      to.insert(llvm::cast<clang::FunctionDecl>(reference->getDecl()));
    } else if (const TypeModel *model = knownType(knowledge, e->getType());
               model && model->callable) {
      addHeldBy(*e, depth);
    } else if (const clang::CXXRecordDecl *record = recordOf(e->getType(), false)) {
      addCallOperators(*record, to);
    } else if (e->getType()->isFunctionPointerType() || e->getType()->isMemberPointerType()) {
      addValues(*e, depth);
    }
  }

private:
  /// What an object of a type like std::function holds: what it was made from.
  void addHeldBy(const clang::Expr &e, unsigned depth) {
    if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&e)) {
      if (construct->getNumArgs() != 0)
        add(construct->getArg(0), depth + 1);
    } else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&e)) {
      if (call->getNumArgs() == 1) // std::ref(f)
        add(call->getArg(0), depth + 1);
    } else if (const auto *cast = llvm::dyn_cast<clang::ExplicitCastExpr>(&e)) {
      add(cast->getSubExpr(), depth + 1);
    } else {
      addValues(e, depth);
    }
  }

  void addValues(const clang::Expr &e, unsigned depth) {
    // Each variable once: its values may mention it, and others that mention it.
    const clang::ValueDecl *variable = variableOf(&e);
    if (variable && seen.insert(variable).second)
      for (const clang::Expr *value : locals.of(variable).values)
        add(value, depth + 1);
  }

  const Knowledge &knowledge;
  Locals &locals;
  FunctionSet &to;
  VariableSet seen;
};

} // namespace

void addCallables(const Knowledge &knowledge, const clang::Expr *e, Locals &locals,
                  FunctionSet &to) {
  Collector(knowledge, locals, to).add(e);
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
