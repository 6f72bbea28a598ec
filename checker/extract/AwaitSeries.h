// Awaits of a coroutine that wait one after the other, though none needs what another brings.
#ifndef ASYNC_TIDY_EXTRACT_AWAITSERIES_H
#define ASYNC_TIDY_EXTRACT_AWAITSERIES_H

#include "extract/Isolations.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace async_tidy {

/// What is awaited in one place.
struct AwaitedOperation {
  enum class Kind : uint8_t {
    None,    // nothing that could run at the same time as others
    Nothing, // what only tells where the coroutine runs
    Runs,    // a task, or an operation of a library
  };
  Kind kind = Kind::None;
  std::string name;     // 'load'
  std::string via;      // what runs it elsewhere: 'co_spawn'
  std::string executor; // the source text of where that is

  explicit operator bool() const { return kind == Kind::Runs; }
};

AwaitedOperation awaitedOperation(UnitContext &unit, const clang::CoawaitExpr &await);

/// The await that `e` is, when conversions of its result are taken away; null if it is none.
const clang::CoawaitExpr *awaitOf(const clang::Expr *e);

/// Calls `visit` for `root` and what stands in it, but for what lambdas do.
void forEachOutsideLambdas(const clang::Stmt *root,
                           llvm::function_ref<void(const clang::Stmt &)> visit);

/// Whether `code` names one of `variables`.
bool mentions(const clang::Stmt *code,
              const llvm::SmallPtrSetImpl<const clang::ValueDecl *> &variables);

/// The series of what `loop`, a loop over numbers or over what a container has, does each time
/// round; none if the times depend on each other, or may.
std::optional<AwaitSeries> seriesOfLoop(UnitContext &unit, Isolations &isolations,
                                        const clang::FunctionDecl &function,
                                        const clang::Stmt &loop);

/// Adds the series of statements of `block` that follow each other.
void addSeriesOfStatements(UnitContext &unit, Isolations &isolations,
                           const clang::CompoundStmt &block, std::vector<AwaitSeries> &to);

/// All of coroutine `function`.
std::vector<AwaitSeries> awaitSeries(UnitContext &unit, Isolations &isolations,
                                     const clang::FunctionDecl &function);

} // namespace async_tidy

#endif
