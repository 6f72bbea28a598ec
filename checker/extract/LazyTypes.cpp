#include "extract/LazyTypes.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "extract/Promises.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

constexpr unsigned DepthLimit = 4;

/// Whether what is assigned to `target` stays with the object at hand: it is a member of `this`, or
/// a local variable.
bool isOwn(const clang::Expr *target) {
  for (;;) {
    target = target->IgnoreParenImpCasts();
    const auto *member = llvm::dyn_cast<clang::MemberExpr>(target);
    if (!member)
      break;
    if (member->isArrow())
      return llvm::isa<clang::CXXThisExpr>(member->getBase()->IgnoreParenImpCasts());
    target = member->getBase();
  }
  const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(target);
  return reference && !reference->getDecl()->getType()->isReferenceType();
}

/// What `statement` assigns to, if that may keep a handle or a pointer; else null.
const clang::Expr *assignedIn(const clang::Stmt &statement) {
  const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&statement);
  if (op && op->getOperator() == clang::OO_Equal)
    return op->getArg(0);
  const auto *assignment = llvm::dyn_cast<clang::BinaryOperator>(&statement);
  bool mayKeep = assignment && assignment->getOpcode() == clang::BO_Assign &&
                 (assignment->getType()->isPointerType() || assignment->getType()->isRecordType());
  return mayKeep ? assignment->getLHS() : nullptr;
}

/// Whether it is a generator's promise: who asks for values runs that.
bool yields(const clang::CXXRecordDecl &promise) {
  const clang::IdentifierInfo &name = promise.getASTContext().Idents.get("yield_value");
  return anyClass(promise,
                  [&](const clang::CXXRecordDecl &at) { return !at.lookup(&name).empty(); });
}

} // namespace

const LazyType *LazyTypes::of(clang::QualType type) {
  const clang::CXXRecordDecl *record = recordOf(type, false);
  if (!record || !record->hasDefinition())
    return nullptr;
  record = record->getDefinition();
  auto at = known.find(record);
  if (at == known.end()) {
    std::optional<LazyType> found = find(type, *record);
    at = known.try_emplace(record, std::move(found)).first;
  }
  return at->second ? &*at->second : nullptr;
}

std::optional<LazyType> LazyTypes::find(clang::QualType type, const clang::CXXRecordDecl &record) {
  std::string name = qualifiedName(record);
  const TypeModel *model = knowledge.type(name);
  // A class of the project may have a library's name.
  if (model && model->lazy && !isEager(type))
    return LazyType{std::move(name), {}};
  if ((model && (model->eager || model->lazy)) || !isProjects(record))
    return std::nullopt;
  const clang::CXXRecordDecl *promise = promiseOf(type);
  if (!promise || !promise->hasDefinition() || yields(*promise))
    return std::nullopt;
  promise = promise->getDefinition();
  std::optional<clang::SourceLocation> suspends = suspendedAt(*promise);
  if (!suspends || !givesItself(*promise, record) || !isMadeQuietly(*promise) ||
      !endsQuietly(record, 0))
    return std::nullopt;
  return LazyType{std::move(name), *suspends};
}

bool LazyTypes::isProjects(const clang::NamedDecl &decl) {
  return project.owns(decl.getLocation()) && !knowledge.owns(qualifiedName(decl));
}

/// Where the promise suspends its coroutine before that begins, if it does on all ways, and nobody
/// learns of it.
std::optional<clang::SourceLocation> LazyTypes::suspendedAt(const clang::CXXRecordDecl &promise) {
  std::optional<clang::SourceLocation> suspends;
  bool isLazy = true;
  forEachMethod(promise, "initial_suspend", [&](const clang::FunctionDecl &initial) {
    const clang::CXXRecordDecl *awaiter = recordOf(initial.getReturnType(), false);
    isLazy &= !suspends && isQuiet(initial, 0) && awaiter && awaiter->hasDefinition();
    suspends = initial.getLocation();
    unsigned suspending = 0;
    if (isLazy) {
      forEachMethod(*awaiter, "await_ready", [&](const clang::FunctionDecl &ready) {
        isLazy &= constantResult(&ready) == false;
        ++suspending;
      });
      forEachMethod(*awaiter, "await_suspend", [&](const clang::FunctionDecl &suspend) {
        const clang::FunctionDecl *definition = nullptr;
        isLazy &= suspend.getReturnType()->isVoidType() && suspend.hasBody(definition) &&
                  definition->getBody()->children().empty();
        ++suspending;
      });
    }
    isLazy &= suspending == 2;
  });
  return isLazy ? suspends : std::nullopt;
}

/// Whether the promise gives its coroutine to the task that it makes, and to nobody else.
bool LazyTypes::givesItself(const clang::CXXRecordDecl &promise, const clang::CXXRecordDecl &task) {
  unsigned count = 0;
  bool isQuietly = true;
  forEachMethod(promise, "get_return_object", [&](const clang::FunctionDecl &gives) {
    const clang::CXXRecordDecl *given = recordOf(gives.getReturnType(), false);
    isQuietly &= given && given->getCanonicalDecl() == task.getCanonicalDecl() && isQuiet(gives, 0);
    ++count;
  });
  return count == 1 && isQuietly;
}

/// Whether no constructor of the promise, and no initialiser of its members, lets anybody know of
/// it.
bool LazyTypes::isMadeQuietly(const clang::CXXRecordDecl &promise) {
  return !anyClass(promise, [&](const clang::CXXRecordDecl &at) {
    if (!isProjects(at) || !at.hasDefinition())
      return true;
    const clang::CXXRecordDecl &record = *at.getDefinition();
    return llvm::any_of(record.fields(),
                        [&](const clang::FieldDecl *field) {
                          return !isQuiet(field->getInClassInitializer(), 0);
                        }) ||
           llvm::any_of(record.decls(), [&](const clang::Decl *member) {
             if (llvm::isa<clang::FunctionTemplateDecl>(member) &&
                 llvm::isa<clang::CXXConstructorDecl>(
                     llvm::cast<clang::FunctionTemplateDecl>(member)->getTemplatedDecl()))
               return true;
             const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(member);
             return constructor && constructor->isUserProvided() && !isQuiet(*constructor, 0);
           });
  });
}

/// Whether the end of a task neither runs its coroutine nor gives it away.
bool LazyTypes::endsQuietly(const clang::CXXRecordDecl &type, unsigned depth) {
  if (!type.hasDefinition() || depth == DepthLimit)
    return false;
  const clang::CXXRecordDecl &record = *type.getDefinition();
  if (isHandle(record) || record.hasTrivialDestructor())
    return true;
  if (!isProjects(record))
    return false;
  const clang::CXXDestructorDecl *destructor = record.getDestructor();
  if (destructor && destructor->isUserProvided() && !isQuiet(*destructor, 0))
    return false;
  auto part = [&](clang::QualType of) {
    const clang::CXXRecordDecl *class_ =
        record.getASTContext().getBaseElementType(of)->getAsCXXRecordDecl();
    return !class_ || endsQuietly(*class_, depth + 1);
  };
  return llvm::all_of(record.fields(),
                      [&](const clang::FieldDecl *field) { return part(field->getType()); }) &&
         llvm::all_of(record.bases(),
                      [&](const clang::CXXBaseSpecifier &base) { return part(base.getType()); });
}

/// Whether `function` leaves a coroutine that it knows of alone: it neither runs it, nor tells
/// anybody of it but what it returns and its own object.
bool LazyTypes::isQuiet(const clang::FunctionDecl &function, unsigned depth) {
  const clang::FunctionDecl *definition = nullptr;
  if (function.isDefaulted() || function.isDeleted())
    return true;
  if (depth == DepthLimit || !isProjects(function) || !function.hasBody(definition))
    return false;
  if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(definition))
    for (const clang::CXXCtorInitializer *initializer : constructor->inits())
      if (!isQuiet(initializer->getInit(), depth))
        return false;
  return isQuiet(definition->getBody(), depth);
}

bool LazyTypes::isQuiet(const clang::Stmt *code, unsigned depth) {
  bool result = true;
  forEachStatement(code, [&](const clang::Stmt &at) {
    if (const clang::Expr *target = assignedIn(at))
      result &= isOwn(target);
    if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&at)) {
      result &= isQuietCall(*call, depth);
    } else if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&at)) {
      result &= isQuietConstruction(*construct, depth);
    } else if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&at)) {
      const auto *variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
      result &=
          !variable || !variable->hasGlobalStorage() || variable->getType().isConstQualified();
    } else if (llvm::isa<clang::LambdaExpr, clang::CXXDeleteExpr, clang::CXXInheritedCtorInitExpr>(
                   at)) {
      result = false;
    }
    return result && !isNeverEvaluated(at);
  });
  return result;
}

bool LazyTypes::isQuietCall(const clang::CallExpr &call, unsigned depth) {
  const clang::FunctionDecl *callee = call.getDirectCallee();
  if (!callee)
    return false;
  if (callee->isNoReturn() || callee->getBuiltinID() != 0)
    return true;
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(callee);
  if (call.getNumArgs() == 0 && (!method || method->isStatic()))
    return true; // it is told nothing
  KnownFunction of = knownCall(knowledge, call);
  if (llvm::any_of(of.models, [](const FunctionModel *model) { return model->resumes; }))
    return false;
  if (method && isHandle(*method->getParent()))
    return true;
  // What gives back one of its arguments, and keeps none.
  if (llvm::any_of(of.models, [](const FunctionModel *model) {
        return model->result.kind == ResultModel::Kind::Argument && model->handOffs.empty();
      }))
    return true;
  return !(method && method->isVirtual()) && isQuiet(*callee, depth + 1);
}

bool LazyTypes::isQuietConstruction(const clang::CXXConstructExpr &construct, unsigned depth) {
  const clang::CXXConstructorDecl &constructor = *construct.getConstructor();
  return constructor.isDefaultConstructor() || constructor.isTrivial() ||
         isHandle(*constructor.getParent()) || isQuiet(constructor, depth + 1);
}

/// Whether objects of `record` are handles of coroutines: to call one lets its coroutine go on.
bool LazyTypes::isHandle(const clang::CXXRecordDecl &record) {
  KnownFunction called = knowledge.members(qualifiedName(record), "operator()", false);
  return llvm::any_of(called.models, [](const FunctionModel *model) { return model->resumes; });
}

} // namespace async_tidy
