// One body of the AST to facts: each evaluated expression, and what runs without being written
// (destructors, default arguments, initialisers, an awaiter's members).
#ifndef ASYNC_TIDY_EXTRACT_BODYWALKER_H
#define ASYNC_TIDY_EXTRACT_BODYWALKER_H

#include "extract/CallRecorder.h"
#include "extract/ForgottenTasks.h"
#include "extract/Stretches.h"

namespace async_tidy {

class BodyWalker {
public:
  BodyWalker(UnitContext &unit, const clang::FunctionDecl &function);

  Body walk();

private:
  /// What becomes of the value of an expression.
  enum class Fate : uint8_t {
    Ends,      // it dies with the full expression
    Stays,     // it becomes a variable, a member, a result
    GivenAway, // a function gets it, and may move from it
  };

  /// A statement that is still to be visited.
  struct Item {
    const clang::Stmt *statement;
    clang::SourceLocation site; // where to report it, if not where it stands
    Fate fate = Fate::Ends;
    const clang::Stmt *anchor = nullptr; // what stands for it in the body; null: itself
    const clang::Stmt *full = nullptr;   // the whole expression around it, with whose end it dies
    bool isWritten = true;               // no part of what the compiler adds to a coroutine
  };

  void visit(const Item &item);
  void addNamed(const clang::Stmt &name);
  void mark(const Item &item);
  bool visitChoice(const Item &item);
  bool visitTransparent(const Item &item);
  void visitAwait(const clang::CoroutineSuspendExpr &suspend, const Item &item);
  void visitDeclarations(const clang::DeclStmt &declarations, const Item &item);
  void visitCoroutine(const clang::CoroutineBodyStmt &body);
  void visitMembersOf(const clang::CXXDestructorDecl &destructor);
  void push(const clang::Stmt *statement, const Item &from, Fate fate = Fate::Ends);
  void pushChildren(const Item &item);
  void pushArguments(const Item &item);
  std::optional<bool> constantCondition(const clang::Expr *condition) const;
  void noteLoops();
  void classify(const clang::CoroutineBodyStmt &body);

  UnitContext &unit;
  const clang::FunctionDecl &function;
  Body facts;
  CallRecorder record;
  Stretches stretches;
  ForgottenTasks tasks;
  std::vector<Item> todo;
  bool hasAwait = false;
  bool hasYield = false;
};

} // namespace async_tidy

#endif
