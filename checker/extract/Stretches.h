// The stretches of one coroutine, and which of its facts belong to which.
#ifndef ASYNC_TIDY_EXTRACT_STRETCHES_H
#define ASYNC_TIDY_EXTRACT_STRETCHES_H

#include "extract/Awaits.h"
#include "extract/Expressions.h"
#include "extract/Flow.h"

namespace async_tidy {

class Stretches {
public:
  Stretches(UnitContext &unit, Body &facts) : unit(unit), facts(facts) {}

  /// Notes how the body goes on after `suspend`, which stands at `place`. Gives the number of the
  /// stretch that begins where its handle is resumed; 0 if none does.
  uint32_t await(const clang::CoroutineSuspendExpr &suspend, Place place, const Going &going);

  /// Notes that `result`, with which the library's promise is told a result, throws nothing.
  void tells(const clang::Expr &result) { parts.insert(objectOf(&result)); }

  /// Where facts come from: what is evaluated, or what ends. Nothing at all is the coroutine's
  /// beginning.
  struct Origin {
    const clang::Stmt *statement = nullptr;
    const clang::VarDecl *variable = nullptr;
  };

  /// Notes that all facts which are new since it was last called come from `origin`.
  void mark(const Origin &origin);

  /// Gives each fact of `function` its stretches. `written`: what the programmer wrote of it.
  void finish(const clang::FunctionDecl &function, const clang::Stmt &written);

private:
  uint32_t number(Going::Step step, Place place);
  std::vector<uint32_t> unclearOnes();

  Thrown thrownBy(const clang::Stmt &statement) const;
  Thrown thrownFrom(const clang::FunctionDecl &function, unsigned depth) const;

  UnitContext &unit;
  Body &facts;
  std::vector<FlowAwait> awaits;
  llvm::SmallPtrSet<const clang::Stmt *, 16> parts; // of these, but for what they resume with
  std::vector<std::vector<uint32_t>> beginsIn;      // by stretch: the awaits
  std::vector<Place> unclear;                       // awaits that say nothing
  std::vector<Origin> calls, handOffs, tasks, uses; // by fact
};

} // namespace async_tidy

#endif
