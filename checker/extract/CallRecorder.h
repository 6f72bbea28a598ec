// Calls, constructions, destructions, hand-offs and awaits of one body, written down as facts.
#ifndef ASYNC_TIDY_EXTRACT_CALLRECORDER_H
#define ASYNC_TIDY_EXTRACT_CALLRECORDER_H

#include "extract/Callables.h"
#include "extract/Names.h"
#include "extract/UnitContext.h"
#include "extract/Values.h"

namespace async_tidy {

class CallRecorder {
public:
  /// Writes to `facts`. `written` is what the programmer wrote of the body; it may be null.
  CallRecorder(UnitContext &unit, const clang::FunctionDecl &function, const clang::Stmt *written,
               Body &facts);

  // `site`: where to report, if not where the expression stands.
  void call(const clang::CallExpr &call, clang::SourceLocation site);
  void construction(const clang::CXXConstructExpr &construct, clang::SourceLocation site);
  void inheritedConstruction(const clang::CXXInheritedCtorInitExpr &construct,
                             clang::SourceLocation site);
  void deletion(const clang::CXXDeleteExpr &deletion, clang::SourceLocation site);

  /// The end of `object`, which is of `type`.
  void destruction(clang::QualType type, clang::SourceLocation site, ReceiverObject object);

  /// `co_await operand`.
  void await(const clang::Expr *operand, clang::SourceLocation site);

  /// `return value` of an ordinary function.
  void result(const clang::Expr *value);

private:
  /// A call that is made of a known function.
  struct Made {
    const clang::FunctionDecl *callee;
    CallForm form;
    bool isVirtual = false;
    const clang::Expr *expression = nullptr;
    llvm::ArrayRef<const clang::Expr *> arguments;
    ReceiverObject receiver;
    clang::SourceLocation site;
  };

  void made(const Made &call);
  void applyModels(const Made &call, const KnownFunction &known, bool isProject);
  void applyHandOff(const Made &call, const HandOffModel &model, llvm::StringRef name);
  void applyConstructs(const Made &call, ConstructsKind kind, llvm::StringRef name);
  void throughValue(const clang::Expr &callee, clang::SourceLocation site);
  void add(const Made &call, EntityId callee, std::string name, std::optional<Sink> sink,
           std::string via = "");
  void addInline(const clang::FunctionDecl &target, clang::SourceLocation site, CallForm form,
                 llvm::StringRef via);
  bool givesCallableToUnknown(const Made &call);
  llvm::SmallVector<const clang::Expr *, 4> callableArguments(const Made &call,
                                                              const HandOffModel &model) const;

  UnitContext &unit;
  Body &facts;
  Locals locals;
  ReadyGuards guards;
};

} // namespace async_tidy

#endif
