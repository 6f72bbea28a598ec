// In which stretches of a coroutine each of its statements runs: forward over its CFG, from one
// await to the next.
#ifndef ASYNC_TIDY_EXTRACT_FLOW_H
#define ASYNC_TIDY_EXTRACT_FLOW_H

#include "extract/TryScopes.h"
#include "facts/Facts.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

namespace clang {
class CFGBlock;
}

namespace async_tidy {

/// One `co_await` or `co_yield`, and the stretches that may follow it.
struct FlowAwait {
  const clang::CoroutineSuspendExpr *expression = nullptr;
  std::vector<uint32_t> next;    // if it ends well
  std::vector<uint32_t> threw;   // if it throws
  Thrown what = Thrown::Nothing; // what the awaited task throws
  bool mayStay = false;          // it may also go on where it was
  bool isUnclear = false;        // each stretch goes on as its `unclear` one
};

struct FlowInput {
  const clang::FunctionDecl &function;
  const clang::Stmt &written; // what the programmer wrote of it
  std::vector<FlowAwait> awaits;
  std::vector<uint32_t> unclear; // by stretch: what follows it after an await that says nothing
  llvm::function_ref<Thrown(const clang::Stmt &)> thrownBy; // what may throw
};

class Flow {
public:
  explicit Flow(const FlowInput &input);
  ~Flow();

  /// The stretches in which `statement` is evaluated. What is in no CFG counts for all of them.
  StretchSet at(const clang::Stmt *statement) const;

  /// The same for the end of a local variable.
  StretchSet atEndOf(const clang::VarDecl *variable) const;

  /// Those in which the await number `await` begins.
  StretchSet before(size_t await) const { return toSet(befores[await]); }

  StretchSet ends() const { return toSet(atExit); }

  StretchSet throws() const { return toSet(atThrow); }

private:
  using State = llvm::BitVector;

  State emptyState() const { return State(unsigned(count)); }

  void run();
  void runBlock(const clang::CFGBlock &block);
  void evaluate(const clang::Stmt &statement, const State &state);
  void thrown(const clang::Stmt &by, Thrown what, const State &state);
  void leave(const clang::CFGBlock &block, const State &state, const State &full);
  void enter(const clang::CFGBlock &block, const State &state,
             const clang::BinaryOperator *shortcut);
  void note(const void *what, const State &state);
  State after(const FlowAwait &await, const State &state) const;
  StretchSet found(const void *what) const;
  static StretchSet toSet(const State &state);

  const FlowInput &input;
  size_t count; // of stretches
  std::unique_ptr<TryScopes> scopes;
  llvm::DenseMap<const clang::Stmt *, size_t> wakes;   // the name of await_resume: the await
  llvm::DenseMap<const clang::Stmt *, size_t> resumes; // its calls: the same
  llvm::DenseMap<const void *, State> states;          // statements, variables
  llvm::DenseMap<const clang::CFGBlock *, State> entries;
  llvm::DenseMap<const clang::CFGBlock *, State> fullEntries; // without what comes by shortcuts
  llvm::DenseMap<const clang::Stmt *, const clang::CFGBlock *> handlers;
  std::vector<const clang::CFGBlock *> todo;
  std::vector<State> befores;
  State atExit, atThrow;
};

} // namespace async_tidy

#endif
