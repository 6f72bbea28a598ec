#include "extract/Locals.h"
#include "extract/Expressions.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"

namespace async_tidy {

const Locals::Variable &Locals::of(const clang::ValueDecl *variable) {
  if (!isWalked)
    walk();
  auto at = variables.find(variable);
  return at == variables.end() ? none : at->second;
}

const clang::ValueDecl *Locals::holderOf(const clang::Expr *made) {
  if (!isWalked)
    walk();
  auto at = holders.find(made);
  return at == holders.end() ? nullptr : at->second;
}

const clang::ValueDecl *Locals::keeperOf(const clang::Expr *made) {
  if (const clang::ValueDecl *holder = holderOf(made))
    return holder;
  auto at = assignees.find(made);
  return at == assignees.end() ? nullptr : at->second;
}

void Locals::walk() {
  isWalked = true;
  // Lambdas are entered too: what is moved or detached there is moved or detached.
  forEachStatement(body, [&](const clang::Stmt &statement) {
    visit(statement);
    return true;
  });
}

void Locals::visit(const clang::Stmt &statement) {
  if (const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(&statement)) {
    for (const clang::Decl *declaration : declarations->decls())
      if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration))
        if (const clang::Expr *value = variable->getInit()) {
          variables[variable].values.push_back(value);
          holders[objectOf(value)] = variable;
          if (const auto *made = llvm::dyn_cast<clang::CXXNewExpr>(objectOf(value)))
            holders[made->getConstructExpr()] = variable;
        }
  } else if (const auto *assignment = llvm::dyn_cast<clang::BinaryOperator>(&statement)) {
    if (!assignment->isAssignmentOp())
      return;
    if (const clang::ValueDecl *variable = variableOf(assignment->getLHS()))
      assigned(*variable, *assignment->getRHS());
    else if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(assignment->getLHS()))
      if (const clang::ValueDecl *whole = variableOf(member->getBase()))
        variables[whole].isChangedInPlace = true;
  } else if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(&statement)) {
    if (unary->isIncrementDecrementOp())
      if (const clang::ValueDecl *variable = variableOf(unary->getSubExpr()))
        variables[variable].isStepped = true;
  } else if (const auto *result = llvm::dyn_cast<clang::ReturnStmt>(&statement)) {
    noteReturned(result->getRetValue());
  } else if (const auto *coResult = llvm::dyn_cast<clang::CoreturnStmt>(&statement)) {
    noteReturned(coResult->getOperand());
  } else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement)) {
    visitCall(*call);
  }
}

void Locals::visitCall(const clang::CallExpr &call) {
  if (call.getBuiltinCallee() == clang::Builtin::BImove && call.getNumArgs() == 1) {
    if (const clang::ValueDecl *variable = variableOf(call.getArg(0)))
      variables[variable].isMoved = true;
  } else if (const auto *member = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    const clang::ValueDecl *variable = variableOf(member->getImplicitObjectArgument());
    if (variable && member->getMethodDecl())
      variables[variable].called.push_back(member);
  } else if (const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&call)) {
    const clang::ValueDecl *variable = variableOf(op->getArg(0));
    if (variable && op->getOperator() == clang::OO_Equal && op->getNumArgs() == 2)
      assigned(*variable, *op->getArg(1));
    else if (variable && op->isAssignmentOp())
      variables[variable].isChangedInPlace = true;
    else if (variable &&
             (op->getOperator() == clang::OO_PlusPlus || op->getOperator() == clang::OO_MinusMinus))
      variables[variable].isStepped = true;
  } else if (call.getDirectCallee()) {
    for (const clang::Expr *argument : call.arguments())
      if (const clang::ValueDecl *variable = variableOf(argument))
        variables[variable].called.push_back(&call);
  }
}

void Locals::assigned(const clang::ValueDecl &variable, const clang::Expr &value) {
  variables[&variable].values.push_back(&value);
  assignees[objectOf(&value)] = &variable;
}

void Locals::noteReturned(const clang::Expr *value) {
  if (const clang::ValueDecl *variable = variableOf(value))
    variables[variable].isMoved = true;
}

} // namespace async_tidy
