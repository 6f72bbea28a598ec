#include "extract/Effects.h"
#include "extract/Callables.h"
#include "extract/Names.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

void EffectReader::read(const clang::Stmt *code) {
  push(code);
  while (!todo.empty() && !effects.isShared) {
    const clang::Stmt *part = todo.back();
    todo.pop_back();
    visit(*part);
  }
  todo.clear();
}

void EffectReader::read(const clang::CXXCtorInitializer &initializer) {
  const clang::Expr *value = initializer.getInit();
  const clang::FieldDecl *field = initializer.getAnyMember();
  if (field && !types.isHarmless(field->getType()) && extentOf(value) == Extent::Shared)
    effects.isShared = true; // it keeps what others have
  read(value);
}

void EffectReader::readMembersOf(const clang::CXXRecordDecl &record) {
  for (const clang::FieldDecl *field : record.fields())
    visitEnd(field->getType());
  for (const clang::CXXBaseSpecifier &base : record.bases())
    visitEnd(base.getType());
}

void EffectReader::visit(const clang::Stmt &part) {
  if (llvm::isa<clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr, clang::RequiresExpr,
                clang::TypeTraitExpr, clang::CXXTypeidExpr>(part))
    return;
  if (const auto *lambda = llvm::dyn_cast<clang::LambdaExpr>(&part))
    return visitLambda(*lambda);
  if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(&part))
    return visitAwait(*await);
  if (const auto *coReturn = llvm::dyn_cast<clang::CoreturnStmt>(&part))
    return push(coReturn->getOperand());
  if (const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(&part)) {
    for (const clang::Decl *declaration : declarations->decls())
      if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration))
        visitVariable(*variable);
    return;
  }
  if (const auto *loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&part)) {
    const clang::CXXRecordDecl *range = recordOf(loop->getRangeInit()->getType(), false);
    // What a project's own range does is not read.
    effects.isShared |= range && !unit.knowledge.owns(qualifiedName(*range));
    push(loop->getInit());
    push(loop->getRangeInit());
    return push(loop->getBody());
  }
  if (llvm::isa<clang::CoyieldExpr, clang::CXXDeleteExpr, clang::AsmStmt>(part))
    effects.isShared = true;
  else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&part))
    visitCall(*call);
  else if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&part))
    visitConstruct(*construct);
  else if (const auto *member = llvm::dyn_cast<clang::CXXDefaultInitExpr>(&part))
    push(member->getExpr());
  else if (const auto *temporary = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(&part))
    visitEnd(temporary->getType());
  else if (const auto *made = llvm::dyn_cast<clang::CXXNewExpr>(&part))
    effects.isShared |= made->getNumPlacementArgs() != 0;
  else if (const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(&part);
           binary && binary->isAssignmentOp())
    assigned(*binary, *binary->getLHS(), *binary->getRHS());
  else if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(&part);
           unary && unary->isIncrementDecrementOp() && !scope.isAllowed(*unary))
    effects.reach(extentOf(unary->getSubExpr()));
  else if (const auto *e = llvm::dyn_cast<clang::Expr>(&part))
    effects.isShared |= e->getType().isVolatileQualified();
  for (const clang::Stmt *child : part.children())
    push(child);
}

void EffectReader::visitVariable(const clang::VarDecl &variable) {
  if (variable.isStaticLocal() && !variable.getType().isConstQualified())
    effects.isShared = true;
  visitEnd(variable.getType());
  push(variable.getInit());
}

/// `write` changes `target` to `value`.
void EffectReader::assigned(const clang::Expr &write, const clang::Expr &target,
                            const clang::Expr &value) {
  if (scope.isAllowed(write))
    return;
  effects.reach(extentOf(&target));
  // What `target` leads to is then no longer what it was made from.
  if (!types.isHarmless(target.getType().getNonReferenceType()) && extentOf(&value) != Extent::Own)
    effects.isShared = true;
}

/// An object of `type` ends.
void EffectReader::visitEnd(clang::QualType type) {
  if (type->isReferenceType())
    return;
  type = unit.ast.getBaseElementType(type);
  const clang::CXXRecordDecl *record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || record->hasTrivialDestructor() ||
      types.isHarmless(type) || unit.bound.isTask(type) || record->isLambda())
    return;
  const clang::CXXDestructorDecl *destructor = record->getDestructor();
  if (!destructor)
    effects.isShared = true;
  else if (unit.isProjectCode(*destructor))
    calledProject(*destructor, Extent::Own);
  else
    effects.isShared |=
        !isSelfContained(*destructor, knownFunction(unit.knowledge, *destructor, record));
}

void EffectReader::visitAwait(const clang::CoawaitExpr &await) {
  const clang::Expr *operand = objectOf(await.getOperand());
  clang::QualType type = operand->getType();
  const clang::CXXRecordDecl *record = recordOf(type, false);
  // An awaiter of the project's own may do anything with the coroutine.
  if (!unit.bound.isTask(type) &&
      !(record && unit.knowledge.isSelfContained(unit.knowledge.owner(qualifiedName(*record)))))
    effects.isShared = true;
  const auto *call = llvm::dyn_cast<clang::CallExpr>(operand);
  const TypeModel *model = knownType(unit.knowledge, type);
  // A task waits if its body does; what tells where the coroutine runs does not.
  effects.waits |=
      !(model && model->runs) && (call ? !unit.isProjectCall(*call) : !unit.bound.isTask(type));
  push(await.getOperand());
}

void EffectReader::visitLambda(const clang::LambdaExpr &lambda) {
  const clang::CXXMethodDecl *body = onlyLambda(lambda.getType());
  if (!body) {
    effects.isShared = true;
    return;
  }
  calledProject(*body, extentOfLambda(lambda));
  for (const clang::Expr *capture : lambda.capture_inits())
    push(capture);
}

void EffectReader::visitConstruct(const clang::CXXConstructExpr &construct) {
  const clang::CXXConstructorDecl &constructor = *construct.getConstructor();
  llvm::SmallVector<const clang::Expr *, 8> arguments(construct.arguments());
  bool isPlain = constructor.isTrivial() ||
                 (constructor.isCopyOrMoveConstructor() && !constructor.isUserProvided());
  if (unit.isProjectCode(constructor)) {
    if (!isPlain)
      calledProject(constructor, given(constructor, arguments, /*byLibrary=*/false));
    return;
  }
  if (constructor.isCopyOrMoveConstructor())
    return;
  const clang::CXXRecordDecl *record = constructor.getParent();
  effects.isShared |=
      !isSelfContained(constructor, knownFunction(unit.knowledge, constructor, record)) ||
      llvm::any_of(arguments, [&](const clang::Expr *argument) { return runsUnseen(*argument); });
  effects.reach(given(constructor, arguments, /*byLibrary=*/true));
}

void EffectReader::visitCall(const clang::CallExpr &call) {
  if (llvm::isa<clang::CXXPseudoDestructorExpr>(call.getCallee()->IgnoreParenImpCasts()))
    return;
  const clang::FunctionDecl *callee = call.getDirectCallee();
  if (!callee) {
    effects.isShared = true;
    return;
  }
  if (const clang::Expr *inner = objectOf(&call); inner != &call) {
    if (isMoved(&call))
      effects.reach(extentOf(inner));
    return;
  }
  CallParts parts = partsOf(call);
  if (!unit.isProjectCode(*callee))
    return calledLibrary(call, *callee, parts);
  if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(callee);
      method && (method->isCopyAssignmentOperator() || method->isMoveAssignmentOperator()) &&
      !method->isUserProvided() && parts.object)
    return assigned(call, *parts.object, *parts.arguments.front());
  Extent reached = given(*callee, parts.arguments, /*byLibrary=*/false);
  if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(callee);
      method && method->isInstance() && parts.object) {
    const auto *member = llvm::dyn_cast<clang::MemberExpr>(call.getCallee()->IgnoreParens());
    if (method->isVirtual() && !(member && member->hasQualifier())) {
      method = method->getDevirtualizedMethod(parts.object, /*IsAppleKext=*/false);
      callee = method;
    }
    if (!method) {
      effects.isShared = true;
      return;
    }
    if (!method->isConst() || !types.isValue(parts.object->getType()))
      reached = std::max(reached, extentOf(parts.object));
  }
  for (const clang::Expr *argument : call.arguments())
    if (const auto *unwritten = llvm::dyn_cast<clang::CXXDefaultArgExpr>(argument))
      push(unwritten->getExpr());
  if (scope.isAllowed(call))
    reached = Extent::Own;
  calledProject(*callee, reached);
}

void EffectReader::calledProject(const clang::FunctionDecl &callee, Extent given) {
  effects.calls.push_back({&callee, given});
}

namespace {

/// Whether `method` only gives access to what its object has: it has a constant form, too.
bool isAccessor(const clang::CXXMethodDecl &method) {
  return llvm::any_of(method.getParent()->lookup(method.getDeclName()), [&](const auto *other) {
    const auto *form = llvm::dyn_cast<clang::CXXMethodDecl>(other);
    return form && form->isConst() && form->getNumParams() == method.getNumParams();
  });
}

} // namespace

void EffectReader::calledLibrary(const clang::CallExpr &call, const clang::FunctionDecl &callee,
                                 const CallParts &parts) {
  KnownFunction known = knownCall(unit.knowledge, call);
  bool callsValue =
      callee.getOverloadedOperator() == clang::OO_Call && parts.object && runsUnseen(*parts.object);
  if (callsValue || !isSelfContained(callee, known) ||
      llvm::any_of(parts.arguments, [&](const clang::Expr *e) { return runsUnseen(*e); }))
    effects.isShared = true;
  effects.reach(given(callee, parts.arguments, /*byLibrary=*/true));
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&callee);
  if (!method || !method->isInstance() || method->isConst() || !parts.object ||
      scope.isAllowed(call) || isAccessor(*method))
    return;
  if (unit.bound.isExecutor(parts.object->getType())) {
    // It may be given work, and tell who runs that; others may need that it goes on.
    effects.isShared |=
        !unit.bound.isExecutor(call.getType()) &&
        llvm::none_of(known.models, [](auto *model) { return !model->handOffs.empty(); });
    return;
  }
  effects.reach(extentOf(parts.object));
  // What the object leads to is then no longer what it was made from.
  if (!types.isValue(parts.object->getType().getNonReferenceType()) &&
      !unit.bound.of(parts.object->getType()) && extentOfAll(parts.arguments) != Extent::Own)
    effects.isShared = true;
}

/// Whether a library's function reaches nothing but its object and what it is given.
bool EffectReader::isSelfContained(const clang::FunctionDecl &callee, const KnownFunction &known) {
  auto any = [&](auto is) {
    return llvm::any_of(known.models, [&](const FunctionModel *model) { return is(*model); });
  };
  if (callee.isNoReturn() || any([](auto &model) { return model.selfContained || model.adds; }))
    return true;
  if (any([](auto &model) {
        return model.resumes || model.runsLoop ||
               (model.blocks && model.blocks != Tier::Sleep && model.blocks != Tier::Cpu);
      }))
    return false;
  // What a hand-off runs is read where it is made.
  if (any([](auto &model) { return !model.handOffs.empty(); }))
    return true;
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&callee);
  const TypeModel *type =
      method ? unit.knowledge.type(qualifiedName(*method->getParent())) : nullptr;
  return (type && type->value) ||
         unit.knowledge.isSelfContained(unit.knowledge.owner(qualifiedName(callee)));
}

/// Whether `argument` can be called, and is not read where it is made: lambdas are.
bool EffectReader::runsUnseen(const clang::Expr &argument) {
  clang::QualType type = objectOf(&argument)->getType();
  const clang::CXXRecordDecl *record = recordOf(type, false);
  return unit.bound.isCallable(type) && !(record && record->isLambda());
}

/// What `callee` could change of what it is given.
Extent EffectReader::given(const clang::FunctionDecl &callee,
                           llvm::ArrayRef<const clang::Expr *> arguments, bool byLibrary) {
  Extent result = Extent::Own;
  for (size_t i = 0; i != arguments.size(); ++i) {
    clang::QualType type =
        i < callee.getNumParams() ? callee.getParamDecl(i)->getType() : arguments[i]->getType();
    bool isConstant =
        byLibrary && type->isReferenceType() && type.getNonReferenceType().isConstQualified();
    if (!isConstant && !types.isHarmless(type) && !unit.bound.isTask(type))
      result = std::max(result, extentOf(arguments[i]));
  }
  return result;
}

} // namespace async_tidy
