#include "extract/Executors.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

namespace {

constexpr unsigned DepthLimit = 8;

Where whereRunsType(const Knowledge &knowledge, clang::QualType type, unsigned depth) {
  const TypeModel *model = knownType(knowledge, type);
  if (!model || !model->runs || depth > DepthLimit)
    return Where::Unknown;
  switch (model->runs->kind) {
  case RunsAt::Kind::Here:
    return Where::Here;
  case RunsAt::Kind::Worker:
    return Where::Worker;
  case RunsAt::Kind::Loop:
    return Where::Loop;
  case RunsAt::Kind::TemplateArgument: {
    const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(recordOf(type));
    unsigned index = model->runs->index;
    if (!special || index >= special->getTemplateArgs().size() ||
        special->getTemplateArgs()[index].getKind() != clang::TemplateArgument::Type)
      return Where::Unknown;
    return whereRunsType(knowledge, special->getTemplateArgs()[index].getAsType(), depth + 1);
  }
  default:
    return Where::Unknown;
  }
}

class Origins {
public:
  Origins(const Knowledge &knowledge, Locals &locals) : knowledge(knowledge), locals(locals) {}

  Where of(const clang::Expr *e, unsigned depth = 0) {
    e = e ? originOf(e) : nullptr;
    if (!e || depth > DepthLimit)
      return Where::Unknown;
    if (Where byType = whereRunsType(knowledge, e->getType(), depth); byType != Where::Unknown)
      return byType;
    if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(e))
      return of(await->getOperand(), depth + 1);
    if (const auto *call = llvm::dyn_cast<clang::CallExpr>(e))
      return ofCall(*call, depth);
    return ofVariable(variableOf(e), depth);
  }

private:
  /// `make_strand(pool)`, `pool.get_executor()`: what it is made from runs it.
  Where ofCall(const clang::CallExpr &call, unsigned depth) {
    if (const auto *member = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call))
      return of(member->getImplicitObjectArgument(), depth + 1);
    return call.getNumArgs() == 1 ? of(call.getArg(0), depth + 1) : Where::Unknown;
  }

  /// All values that the variable is given must agree.
  Where ofVariable(const clang::ValueDecl *variable, unsigned depth) {
    if (!variable || !seen.insert(variable).second)
      return Where::Unknown;
    std::optional<Where> all;
    for (const clang::Expr *value : locals.of(variable).values) {
      Where one = of(value, depth + 1);
      if (all.value_or(one) != one)
        return Where::Unknown;
      all = one;
    }
    return all.value_or(Where::Unknown);
  }

  const Knowledge &knowledge;
  Locals &locals;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> seen;
};

} // namespace

Where whereRuns(const Knowledge &knowledge, const clang::Expr *e, Locals &locals) {
  return Origins(knowledge, locals).of(e);
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
