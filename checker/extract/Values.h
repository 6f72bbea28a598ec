// A call in the AST, as the conditions of models see it.
#ifndef ASYNC_TIDY_EXTRACT_VALUES_H
#define ASYNC_TIDY_EXTRACT_VALUES_H

#include "extract/Locals.h"
#include "extract/ReadyGuards.h"
#include "knowledge/Conditions.h"

namespace async_tidy {

/// The object that a call is made on: an expression, or the variable or temporary that ends.
struct ReceiverObject {
  const clang::Expr *expression = nullptr;
  const clang::ValueDecl *variable = nullptr;
  clang::QualType type;     // static type; null if there is no receiver
  bool isGivenAway = false; // a temporary that a function got, and may have moved from
};

class AstCall : public CallView {
public:
  /// `call`: the expression; null for the destructor of a variable.
  AstCall(const clang::ASTContext &context, const clang::Expr *call,
          llvm::ArrayRef<const clang::Expr *> arguments, ReceiverObject receiver, Locals &locals,
          ReadyGuards &guards)
      : context(context), call(call), arguments(arguments), receiver(receiver), locals(locals),
        guards(guards) {}

  unsigned argumentCount() override;
  std::optional<int64_t> integer(Subject subject) override;
  bool isNull(Subject subject) override;
  bool isZero(Subject subject) override;
  bool isWithin(Subject subject, int64_t milliseconds) override;
  bool hasType(Subject subject, const NameSet &types) override;
  bool isObject(Subject subject, const NameSet &variables) override;
  bool isCalled(Subject subject, const NameSet &functions, std::optional<int64_t> last) override;
  bool receiverIsReady() override;
  bool receiverIsMoved() override;
  bool receiverIsMadeBy(const NameSet &functions) override;

private:
  const clang::Expr *argument(Subject subject);
  const clang::Expr *receiverValue();
  std::optional<clang::APValue> constant(const clang::Expr *e);
  const clang::Expr *duration(Subject subject);

  const clang::ASTContext &context;
  const clang::Expr *call;
  llvm::ArrayRef<const clang::Expr *> arguments;
  ReceiverObject receiver;
  Locals &locals;
  ReadyGuards &guards;
};

} // namespace async_tidy

#endif
