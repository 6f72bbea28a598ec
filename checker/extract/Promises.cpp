#include "extract/Promises.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

std::optional<bool> constantResult(const clang::FunctionDecl *function) {
  const clang::FunctionDecl *definition = nullptr;
  if (!function || !function->hasBody(definition))
    return std::nullopt;
  std::optional<bool> result;
  bool isConstant = true;
  forEachStatement(definition->getBody(), [&](const clang::Stmt &part) {
    if (const auto *returned = llvm::dyn_cast<clang::ReturnStmt>(&part)) {
      bool value = false;
      const clang::Expr *e = returned->getRetValue();
      isConstant &= e && !e->isValueDependent() &&
                    e->EvaluateAsBooleanCondition(value, definition->getASTContext()) &&
                    result.value_or(value) == value;
      result = value;
    }
    return !llvm::isa<clang::LambdaExpr>(part);
  });
  return isConstant ? result : std::nullopt;
}

/// `depth`: of the calls on the way here.
static bool resumesAt(UnitContext &unit, const clang::FunctionDecl &function, unsigned depth) {
  constexpr unsigned DepthLimit = 3;
  const clang::FunctionDecl *definition = nullptr;
  if (depth == DepthLimit || !unit.isProjectCode(function) || !function.hasBody(definition))
    return false;
  bool found = false;
  forEachStatement(definition->getBody(), [&](const clang::Stmt &at) {
    const auto *call = llvm::dyn_cast<clang::CallExpr>(&at);
    const clang::FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
    if (callee) {
      KnownFunction known = knownCall(unit.knowledge, *call);
      found |= llvm::any_of(known.models, [](auto *model) { return model->resumes; }) ||
               (!known && resumesAt(unit, *callee, depth + 1));
    }
    return !found && !llvm::isa<clang::LambdaExpr>(at);
  });
  return found;
}

bool resumes(UnitContext &unit, const clang::FunctionDecl &function) {
  return resumesAt(unit, function, 0);
}

const clang::CXXRecordDecl *promiseOf(clang::QualType type) {
  const clang::CXXRecordDecl *record = recordOf(type, false);
  if (!record || !record->hasDefinition())
    return nullptr;
  const clang::IdentifierInfo &name = record->getASTContext().Idents.get("promise_type");
  for (const clang::NamedDecl *found : record->lookup(&name)) {
    if (const auto *alias = llvm::dyn_cast<clang::TypedefNameDecl>(found))
      return alias->getUnderlyingType()->getAsCXXRecordDecl();
    if (const auto *promise = llvm::dyn_cast<clang::CXXRecordDecl>(found))
      return promise;
  }
  return nullptr;
}

void forEachMethod(const clang::CXXRecordDecl &record, llvm::StringRef name,
                   llvm::function_ref<void(const clang::FunctionDecl &)> visit) {
  const clang::IdentifierInfo &id = record.getASTContext().Idents.get(name);
  anyClass(record, [&](const clang::CXXRecordDecl &at) {
    for (const clang::NamedDecl *found : at.lookup(&id)) {
      if (const auto *pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(found))
        for (const clang::FunctionDecl *instance : pattern->specializations())
          visit(*instance);
      else if (const auto *method = llvm::dyn_cast<clang::FunctionDecl>(found))
        visit(*method);
    }
    return false;
  });
}

namespace {

/// Whether `function` lets a coroutine go on before it returns, or gives it to whoever calls it to
/// do so.
bool continues(UnitContext &unit, const clang::FunctionDecl &function) {
  const TypeModel *result = knownType(unit.knowledge, function.getReturnType());
  bool givesHandle = result && result->callable;
  return unit.isProjectCode(function) && function.hasBody() &&
         (givesHandle || resumes(unit, function));
}

} // namespace

bool leaksItsEnd(UnitContext &unit, clang::QualType type) {
  const clang::CXXRecordDecl *promise = promiseOf(type);
  if (!promise)
    return false;
  bool leaks = false;
  auto look = [&](const clang::FunctionDecl &function) { leaks |= continues(unit, function); };
  forEachMethod(*promise, "final_suspend", [&](const clang::FunctionDecl &final) {
    if (const clang::CXXRecordDecl *awaiter = recordOf(final.getReturnType(), false))
      if (awaiter->hasDefinition())
        forEachMethod(*awaiter, "await_suspend", look);
  });
  for (llvm::StringRef told : {"return_void", "return_value", "unhandled_exception"})
    forEachMethod(*promise, told, look);
  return leaks;
}

bool isEager(clang::QualType type) {
  const clang::CXXRecordDecl *promise = promiseOf(type);
  bool result = false;
  if (promise)
    forEachMethod(*promise, "initial_suspend", [&](const clang::FunctionDecl &initial) {
      const clang::CXXRecordDecl *awaiter = recordOf(initial.getReturnType(), false);
      if (awaiter && awaiter->hasDefinition())
        forEachMethod(*awaiter, "await_ready", [&](const clang::FunctionDecl &ready) {
          result |= constantResult(&ready) == true;
        });
    });
  return result;
}

} // namespace async_tidy
