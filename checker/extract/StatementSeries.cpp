#include "extract/AwaitSeries.h"
#include "extract/Expressions.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// Statements that run once change nothing that others of them could see.
class NothingScope : public Scope {
public:
  bool owns(const clang::VarDecl &) override { return false; }

  Extent ofOuter(const clang::ValueDecl &) override { return Extent::Shared; }

  Extent ofThis() override { return Extent::Shared; }
};

class StatementSeries {
public:
  StatementSeries(UnitContext &unit, Isolations &isolations, std::vector<AwaitSeries> &to)
      : unit(unit), isolations(isolations), to(to) {}

  void add(const clang::CompoundStmt &block) {
    for (const clang::Stmt *statement : block.body()) {
      const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(statement);
      if (!declarations || !addDeclaration(*declarations))
        finish();
    }
    finish();
  }

private:
  /// Whether the series may go on after `declarations`.
  bool addDeclaration(const clang::DeclStmt &declarations) {
    if (!declarations.isSingleDecl())
      return false;
    const auto *variable = llvm::dyn_cast<clang::VarDecl>(declarations.getSingleDecl());
    if (!variable)
      return llvm::isa<clang::TypedefNameDecl, clang::UsingDecl, clang::StaticAssertDecl>(
          declarations.getSingleDecl());
    if (!variable->hasLocalStorage())
      return false;
    const clang::CoawaitExpr *await = awaitOf(variable->getInit());
    if (mentions(variable->getInit(), brought)) {
      if (!await) { // it needs what one of them brings, and so does whatever needs it
        brought.insert(variable);
        return isHarmless(*variable->getInit());
      }
      finish();
    }
    if (!await)
      return !variable->getInit() || isHarmless(*variable->getInit());
    return addAwait(*await, *variable);
  }

  bool addAwait(const clang::CoawaitExpr &await, const clang::VarDecl &variable) {
    AwaitedOperation operation = awaitedOperation(unit, await);
    std::optional<Isolation> isolation = operation ? read(&await) : std::nullopt;
    if (!isolation || (!isolation->waits && isolation->calls.empty()))
      return false;
    Place place = unit.project.place(await.getKeywordLoc());
    if (count++ == 0) {
      series.place = place;
      series.via = operation.via;
      series.executor = operation.executor;
    } else {
      series.further.push_back(place);
    }
    if (!llvm::is_contained(series.names, operation.name))
      series.names.push_back(operation.name);
    series.isolation.waits |= isolation->waits;
    llvm::append_range(series.isolation.calls, isolation->calls);
    brought.insert(&variable);
    return true;
  }

  /// Statements may be of one plan, of which nothing is seen but that each runs once: here, what an
  /// unseen function takes is not enough.
  std::optional<Isolation> read(const clang::Stmt *code) {
    NothingScope scope;
    EffectReader reader(unit, isolations.valueTypes(), scope);
    reader.read(code);
    std::optional<Isolation> result = isolations.of(reader.effects);
    if (result)
      for (Reaching &call : result->calls)
        call.takesValues = false;
    return result;
  }

  /// Whether a declaration with value `init` may stand between.
  bool isHarmless(const clang::Expr &init) {
    bool awaits = false;
    forEachOutsideLambdas(&init, [&](const clang::Stmt &part) {
      awaits |= llvm::isa<clang::CoroutineSuspendExpr>(part);
    });
    std::optional<Isolation> isolation = awaits ? std::nullopt : read(&init);
    return isolation && isolation->calls.empty();
  }

  void finish() {
    if (count > 1)
      to.push_back(std::move(series));
    series = {};
    count = 0;
    brought.clear();
  }

  UnitContext &unit;
  Isolations &isolations;
  std::vector<AwaitSeries> &to;
  AwaitSeries series;
  unsigned count = 0;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> brought; // what the awaits of it bring
};

} // namespace

void addSeriesOfStatements(UnitContext &unit, Isolations &isolations,
                           const clang::CompoundStmt &block, std::vector<AwaitSeries> &to) {
  StatementSeries(unit, isolations, to).add(block);
}

} // namespace async_tidy
