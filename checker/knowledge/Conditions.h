// What a model may ask about one call, and the answer to "does this call block?".
#ifndef ASYNC_TIDY_KNOWLEDGE_CONDITIONS_H
#define ASYNC_TIDY_KNOWLEDGE_CONDITIONS_H

#include "knowledge/Model.h"
#include "llvm/ADT/ArrayRef.h"

namespace async_tidy {

/// One call as conditions see it. Extract implements it over the AST; tests over a table.
class CallView {
public:
  virtual ~CallView() = default;

  /// How many arguments are written (default arguments do not count).
  virtual unsigned argumentCount() = 0;

  // About argument `subject`, or about the receiver where `subject` is Receiver. Arguments that do
  // not exist, and all that cannot be known, answer no.
  virtual std::optional<int64_t> integer(Subject subject) = 0;
  virtual bool isNull(Subject subject) = 0;
  virtual bool isZero(Subject subject) = 0;
  virtual bool isWithin(Subject subject, int64_t milliseconds) = 0;
  virtual bool hasType(Subject subject, const NameSet &types) = 0;
  virtual bool isObject(Subject subject, const NameSet &variables) = 0;

  /// Whether one of `functions` is called on it, or is given it, with `last` as its last argument.
  virtual bool isCalled(Subject subject, const NameSet &functions, std::optional<int64_t> last) = 0;

  // About the receiver.
  virtual bool receiverIsReady() = 0;
  virtual bool receiverIsMoved() = 0;
  virtual bool receiverIsMadeBy(const NameSet &functions) = 0;
};

bool holds(const Condition &condition, CallView &call);

/// Whether all that `model` wants of `call` is so.
bool fits(const FunctionModel &model, CallView &call);

/// The one of `models` that says how `call` blocks: the first whose conditions fit decides. Null if
/// it does not block.
const FunctionModel *blockingOf(llvm::ArrayRef<const FunctionModel *> models, CallView &call);

/// What `call` does with the callables that it is given; nothing if `models` do not say.
llvm::ArrayRef<HandOffModel> handOffsOf(llvm::ArrayRef<const FunctionModel *> models,
                                        CallView &call);

/// The one of `models` that says how a coroutine goes on that awaits `call`; null if none does.
const FunctionModel *goesOnOf(llvm::ArrayRef<const FunctionModel *> models, CallView &call);

/// Whether the calling thread has a lock after `call`, according to `models`.
LocksKind locksOf(llvm::ArrayRef<const FunctionModel *> models, CallView &call);

/// Whether `call` starts an asynchronous operation, according to `models`.
bool startsAsync(llvm::ArrayRef<const FunctionModel *> models, CallView &call);

} // namespace async_tidy

#endif
