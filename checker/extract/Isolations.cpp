#include "extract/Isolations.h"
#include "extract/Callables.h"
#include "extract/MadeOnUse.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// What a function sees: what it is given, and what is outside of all functions.
class FunctionScope : public Scope {
public:
  FunctionScope(const clang::FunctionDecl &function, ValueTypes &types)
      : function(function), types(types) {}

  bool owns(const clang::VarDecl &variable) override {
    return isOfThis(variable) && !llvm::isa<clang::ParmVarDecl>(variable);
  }

  Extent ofOuter(const clang::ValueDecl &variable) override {
    const auto *outer = llvm::dyn_cast<clang::VarDecl>(&variable);
    if (!outer || !outer->hasLocalStorage())
      return Extent::Shared;
    bool isCopy = isOfThis(*outer) || isCopied(*outer);
    return isCopy && types.isHarmless(outer->getType()) ? Extent::Own : Extent::Given;
  }

  Extent ofThis() override { return Extent::Given; }

private:
  bool isOfThis(const clang::VarDecl &variable) const {
    const auto *owner =
        llvm::dyn_cast_or_null<clang::FunctionDecl>(variable.getParentFunctionOrMethod());
    return owner && owner->getCanonicalDecl() == function.getCanonicalDecl();
  }

  /// Whether the function is a lambda's that has a copy of `variable`, and does not change it.
  bool isCopied(const clang::VarDecl &variable) const {
    const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
    return method && method->getParent()->isLambda() && method->isConst() &&
           llvm::any_of(method->getParent()->captures(), [&](const clang::LambdaCapture &capture) {
             return capture.capturesVariable() && capture.getCapturedVar() == &variable &&
                    capture.getCaptureKind() == clang::LCK_ByCopy;
           });
  }

  const clang::FunctionDecl &function;
  ValueTypes &types;
};

} // namespace

/// What `function` does by its own text.
Effects Isolations::effectsOf(const clang::FunctionDecl &function) {
  FunctionScope scope(function, types);
  EffectReader reader(unit, types, scope);
  if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function))
    for (const clang::CXXCtorInitializer *initializer : constructor->inits())
      reader.read(*initializer);
  if (const auto *destructor = llvm::dyn_cast<clang::CXXDestructorDecl>(&function))
    reader.readMembersOf(*destructor->getParent());
  const clang::Stmt *body = function.getBody();
  if (const auto *coroutine = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(body))
    body = coroutine->getBody();
  reader.read(body);
  return std::move(reader.effects);
}

std::optional<Isolation> Isolations::asFacts(const Effects &effects) {
  if (effects.isShared)
    return std::nullopt;
  Isolation result{effects.changesGiven, effects.waits, {}};
  for (const Effects::Called &call : effects.calls) {
    EntityId id = unit.identity.of(*call.function);
    known[id].function = call.function;
    result.calls.push_back({id, call.given, false, false});
  }
  return result;
}

CalleeIsolation Isolations::ofCallee(const Reaching &call) {
  using Kind = CalleeIsolation::Kind;
  Known &callee = known[call.callee];
  const clang::FunctionDecl *definition = definitionOf(*callee.function);
  if (!definition || !definition->hasBody())
    return {types.takesValues(*callee.function) || returnsTask(unit.knowledge, *callee.function)
                ? Kind::Unseen
                : Kind::Shares,
            nullptr};
  if (!callee.isRead) {
    callee.isRead = true;
    callee.isolation = asFacts(effectsOf(*definition));
  }
  return {callee.isolation ? Kind::Seen : Kind::Shares,
          callee.isolation ? &*callee.isolation : nullptr};
}

std::optional<Isolation> Isolations::of(const Effects &effects) {
  std::optional<Isolation> own = asFacts(effects);
  if (own)
    own = resolved(*own, [&](const Reaching &call) { return ofCallee(call); });
  if (own)
    for (Reaching &call : own->calls) {
      const clang::FunctionDecl &callee = *known[call.callee].function;
      call.takesValues = types.takesValues(callee);
      call.isTask = returnsTask(unit.knowledge, callee);
    }
  return own;
}

std::optional<Isolation> Isolations::of(const clang::FunctionDecl &function) {
  return of(effectsOf(function));
}

} // namespace async_tidy
