// Executors as terms: by their type, and by their origin.
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "extract/Terms.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

namespace async_tidy {

namespace {

constexpr unsigned DepthLimit = 8;

/// Where executors of `type` run things; Later if the type does not tell.
RunsAt::Kind kindOf(BoundTypes &types, clang::QualType type, unsigned depth = 0) {
  const TypeModel *model = types.executorModel(type);
  if (!model || !model->runs || depth > DepthLimit)
    return RunsAt::Kind::Later;
  if (model->runs->kind != RunsAt::Kind::TemplateArgument)
    return model->runs->kind;
  const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(recordOf(type));
  unsigned index = model->runs->index;
  if (!special || index >= special->getTemplateArgs().size() ||
      special->getTemplateArgs()[index].getKind() != clang::TemplateArgument::Type)
    return RunsAt::Kind::Later;
  return kindOf(types, special->getTemplateArgs()[index].getAsType(), depth + 1);
}

bool isDecided(const Term &term) {
  return term.is(Term::Kind::Own) || term.is(Term::Kind::Loop) || term.is(Term::Kind::Worker) ||
         term.is(Term::Kind::Current);
}

} // namespace

Term Terms::executor(const clang::Expr *e) {
  return limited(buildExecutor(e, 0));
}

Term Terms::executorOfArgument(clang::QualType type, unsigned index) {
  const auto *special =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(recordOf(type));
  if (!special || index >= special->getTemplateArgs().size() ||
      special->getTemplateArgs()[index].getKind() != clang::TemplateArgument::Type)
    return {};
  switch (kindOf(unit.bound, special->getTemplateArgs()[index].getAsType())) {
  case RunsAt::Kind::Loop:
    return Term::loop();
  case RunsAt::Kind::Worker:
    return Term::worker();
  default:
    return {};
  }
}

Term Terms::runsAt(const clang::Expr *e) {
  clang::QualType type = originOf(e)->getType();
  if (unit.bound.isExecutor(type))
    return executor(e);
  // A smart pointer to one.
  if (type->isRecordType() && unit.bound.refers(type) != Refers::No)
    if (Term kind = executorOfArgument(type, 0); !kind.is(Term::Kind::Unknown)) {
      kind.parts[0] = of(e);
      return limited(kind);
    }
  return unit.bound.of(objectOf(e)->getType()) ? executorOf(e) : Term();
}

Term Terms::homeOf(const clang::Expr *e) {
  Term home = runsAt(e);
  if (home.is(Term::Kind::Field) && home.id == ExecutorField)
    home.index = IfSeen;
  return home;
}

Term Terms::executorOf(const clang::Expr *thing) {
  const clang::Expr *object = objectOf(thing);
  if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(object))
    return madeWith(*construct);
  if (const clang::Expr *maker = makerOf(object))
    return executorOf(maker);
  // A parameter has the executor of what was moved into it.
  if (const auto *parameter = llvm::dyn_cast_or_null<clang::ParmVarDecl>(variableOf(object));
      parameter && owns(*parameter) && !parameter->getType()->isReferenceType() &&
      locals.of(parameter).values.empty())
    return Term::field(ExecutorField, Term::parameter(parameter->getFunctionScopeIndex(),
                                                      mention(*parameter, true).id));
  Term term = of(thing);
  return term.is(Term::Kind::Unknown) ? term : limited(Term::field(ExecutorField, std::move(term)));
}

/// The object with whose executor the call `e` makes its result; null if it does not.
const clang::Expr *Terms::makerOf(const clang::Expr *e) {
  if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(e))
    e = objectOf(await->getOperand());
  const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(e);
  bool isOnReceiver =
      call && llvm::any_of(knownCall(unit.knowledge, *call).models, [](const FunctionModel *model) {
        return model->result.kind == ResultModel::Kind::OnReceiver;
      });
  return isOnReceiver ? call->getImplicitObjectArgument() : nullptr;
}

/// The executor that the object which `construct` makes gets: that of the first argument which has
/// one.
Term Terms::madeWith(const clang::CXXConstructExpr &construct) {
  for (const clang::Expr *argument : construct.arguments()) {
    // A parent that stands for a thread is where it was made, and not in that thread.
    BoundType parent = unit.bound.of(objectOf(argument)->getType());
    bool isAffine = parent && parent.model->affinity == Affinity::Affine;
    Term executor = isAffine ? executorOf(argument) : runsAt(argument);
    if (!executor.is(Term::Kind::Unknown))
      return executor;
  }
  return {};
}

/// Whether `construct` makes a context of its own, which shares its executor with no other.
bool Terms::isContext(const clang::CXXConstructExpr &construct) {
  if (construct.getNumArgs() == 0)
    return true;
  const clang::Expr *from = construct.getArg(0);
  return !unit.bound.isExecutor(originOf(from)->getType()) &&
         !unit.bound.of(objectOf(from)->getType());
}

Term Terms::buildExecutor(const clang::Expr *e, unsigned depth) {
  e = e ? originOf(e) : nullptr;
  if (!e || depth > DepthLimit)
    return {};
  RunsAt::Kind kind = kindOf(unit.bound, e->getType());
  if (kind == RunsAt::Kind::Here)
    return Term::current();
  if (kind == RunsAt::Kind::Own)
    return Term::own();
  Term origin = buildExecutorOrigin(*e, depth + 1);
  if (!isDecided(origin) && kind == RunsAt::Kind::Loop)
    origin = Term::loop(std::move(origin));
  else if (!isDecided(origin) && kind == RunsAt::Kind::Worker)
    origin = Term::worker(std::move(origin));
  const TypeModel *model = unit.bound.executorModel(e->getType());
  if (origin.is(Term::Kind::Loop) && model && model->serial)
    origin.index = Serial;
  return origin;
}

/// `make_strand(pool)`, `pool.get_executor()`, `socket.get_executor()`, a variable.
Term Terms::buildExecutorOrigin(const clang::Expr &e, unsigned depth) {
  if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(&e))
    return buildExecutor(await->getOperand(), depth);
  if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(&e))
    return unary->getOpcode() == clang::UO_AddrOf || unary->getOpcode() == clang::UO_Deref
               ? buildExecutor(unary->getSubExpr(), depth)
               : Term();
  auto from = [&](const clang::Expr &source) {
    return unit.bound.isExecutor(originOf(&source)->getType()) ? buildExecutor(&source, depth)
           : unit.bound.of(objectOf(&source)->getType())       ? executorOf(&source)
                                                               : Term();
  };
  if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(&e))
    return isContext(*construct) ? Term::fresh() : from(*construct->getArg(0));
  const auto *call = llvm::dyn_cast<clang::CallExpr>(&e);
  if (!call)
    return buildPlain(&e, depth);
  const clang::FunctionDecl *callee = call->getDirectCallee();
  if (callee && unit.isProjectCode(*callee))
    return buildCall(*call, depth);
  auto [object, arguments] = partsOf(*call);
  if (std::optional<Term> told = toldBy(*call))
    return *told;
  if (object && callee && unit.bound.refers(objectOf(object)->getType()) != Refers::No)
    return build(object, depth); // *executor, executor.get()
  if (object)
    return from(*object);
  return arguments.empty() ? Term() : from(*arguments.front());
}

/// The executor, or thread, that `call` gives, if a model says which.
std::optional<Term> Terms::toldBy(const clang::CallExpr &call) {
  for (const FunctionModel *model : knownCall(unit.knowledge, call).models) {
    if (model->result.kind == ResultModel::Kind::Here)
      return Term::current();
    if (model->result.kind == ResultModel::Kind::Loop)
      return Term::loop(Term::current());
    if (model->result.kind == ResultModel::Kind::Worker)
      return Term::worker();
  }
  return std::nullopt;
}

std::string sourceText(const clang::ASTContext &context, const clang::Expr &e) {
  constexpr size_t Limit = 40;
  if (e.getBeginLoc().isMacroID())
    return "";
  llvm::StringRef text =
      clang::Lexer::getSourceText(clang::CharSourceRange::getTokenRange(e.getSourceRange()),
                                  context.getSourceManager(), context.getLangOpts());
  return text.size() <= Limit && !text.contains('\n') ? text.str() : "";
}

} // namespace async_tidy
