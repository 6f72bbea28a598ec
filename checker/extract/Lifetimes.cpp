#include "extract/Lifetimes.h"
#include "extract/Expressions.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

Lifetimes::Lifetimes(UnitContext &unit, const clang::FunctionDecl &function,
                     const clang::Stmt &written, Locals &locals)
    : unit(unit), locals(locals) {
  for (const clang::ParmVarDecl *parameter : function.parameters())
    add(*parameter, written.getEndLoc(), false);
  addStatement(&written);
  forEachStatement(&written, [&](const clang::Stmt &statement) {
    visit(statement);
    return !llvm::isa<clang::LambdaExpr>(statement);
  });
  llvm::sort(statements, [](const auto &a, const auto &b) {
    return std::tie(a.first, b.second) < std::tie(b.first, a.second);
  });
}

void Lifetimes::visit(const clang::Stmt &statement) {
  if (const auto *block = llvm::dyn_cast<clang::CompoundStmt>(&statement)) {
    scope(*block);
  } else if (const auto *loop = llvm::dyn_cast<clang::ForStmt>(&statement)) {
    declared(loop->getInit(), *loop, true);
    declared(loop->getConditionVariableDeclStmt(), *loop);
    addStatement(loop->getBody());
  } else if (const auto *range = llvm::dyn_cast<clang::CXXForRangeStmt>(&statement)) {
    declared(range->getInit(), *range);
    for (const clang::Decl *variable : range->getLoopVarStmt()->decls())
      add(*llvm::cast<clang::VarDecl>(variable), range->getEndLoc(), true);
    addStatement(range->getBody());
  } else if (const auto *loop = llvm::dyn_cast<clang::WhileStmt>(&statement)) {
    declared(loop->getConditionVariableDeclStmt(), *loop);
    addStatement(loop->getBody());
  } else if (const auto *branch = llvm::dyn_cast<clang::IfStmt>(&statement)) {
    declared(branch->getInit(), *branch);
    declared(branch->getConditionVariableDeclStmt(), *branch);
    addStatement(branch->getThen());
    addStatement(branch->getElse());
  } else if (const auto *choice = llvm::dyn_cast<clang::SwitchStmt>(&statement)) {
    declared(choice->getInit(), *choice);
    declared(choice->getConditionVariableDeclStmt(), *choice);
  } else if (const auto *handler = llvm::dyn_cast<clang::CXXCatchStmt>(&statement)) {
    if (const clang::VarDecl *caught = handler->getExceptionDecl())
      add(*caught, handler->getEndLoc(), false);
  }
}

void Lifetimes::scope(const clang::CompoundStmt &block) {
  for (const clang::Stmt *child : block.body()) {
    addStatement(child);
    // `case 1: int x = 0;`
    while (true) {
      if (const auto *labelled = llvm::dyn_cast<clang::SwitchCase>(child))
        child = labelled->getSubStmt();
      else if (const auto *label = llvm::dyn_cast<clang::LabelStmt>(child))
        child = label->getSubStmt();
      else if (const auto *attributed = llvm::dyn_cast<clang::AttributedStmt>(child))
        child = attributed->getSubStmt();
      else
        break;
      addStatement(child);
    }
    declared(child, block);
  }
}

/// `isTurn`: what changes among the variables is another each time round.
void Lifetimes::declared(const clang::Stmt *declarations, const clang::Stmt &scope, bool isTurn) {
  const auto *list = llvm::dyn_cast_or_null<clang::DeclStmt>(declarations);
  if (!list)
    return;
  for (const clang::Decl *declaration : list->decls())
    if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration))
      add(*variable, scope.getEndLoc(), isTurn && isChanged(*variable));
}

void Lifetimes::add(const clang::VarDecl &variable, clang::SourceLocation end, bool isTurn) {
  lives[&variable] = {unit.project.place(variable.getLocation()), unit.project.place(end), isTurn};
}

void Lifetimes::addStatement(const clang::Stmt *statement) {
  if (statement)
    statements.emplace_back(unit.project.place(statement->getBeginLoc()),
                            unit.project.place(statement->getEndLoc()));
}

bool Lifetimes::isChanged(const clang::VarDecl &variable) {
  const Locals::Variable &known = locals.of(&variable);
  return known.isStepped || known.isChangedInPlace || known.values.size() > 1;
}

const Lifetimes::Life *Lifetimes::of(const clang::VarDecl &variable) const {
  auto at = lives.find(&variable);
  return at == lives.end() ? nullptr : &at->second;
}

std::pair<Place, Place> Lifetimes::statementAround(Place place) const {
  auto after =
      llvm::partition_point(statements, [&](const auto &range) { return range.first <= place; });
  while (after != statements.begin())
    if (--after; place <= after->second)
      return *after;
  return {};
}

} // namespace async_tidy
