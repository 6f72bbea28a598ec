#include "extract/UseRecorder.h"
#include "extract/Expressions.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

void UseRecorder::call(const Made &call, llvm::StringRef name, bool isAsync, bool isAwaited) {
  Use use;
  use.place = unit.project.place(call.site);
  use.kind = isAsync                               ? UseKind::Async
             : call.form == CallForm::Construction ? UseKind::Move
                                                   : UseKind::Call;
  use.isAwaited = isAwaited;
  use.name = name.str();
  if (call.form == CallForm::Call && call.receiver.expression) {
    receiver(call, use);
    // The operation is the object's; to what else it is given, it only gives a result.
    if (isAsync && unit.bound.of(call.receiver.type))
      use.kind = UseKind::Call;
  }
  for (unsigned i = 0; i != call.arguments.size(); ++i)
    argument(call, i, use);
}

void UseRecorder::ownCall(const Made &call, llvm::StringRef name) {
  if (call.form != CallForm::Call || !call.receiver.expression)
    return;
  // What a class adds to one of a library's is as good as what its body does.
  BoundType type = unit.bound.of(call.receiver.type);
  if (type && type.isLibrarys())
    return;
  Use use;
  use.place = unit.project.place(call.site);
  use.name = name.str();
  receiver(call, std::move(use));
}

void UseRecorder::receiver(const Made &call, Use use) {
  BoundType type = unit.bound.of(call.receiver.type);
  if (!type)
    return;
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(call.callee);
  bool isSaidToBe = type.model->source.origin != Origin::Project &&
                    (unit.annotations.of(*call.callee).isThreadSafe ||
                     (method && unit.annotations.of(*method->getParent()).isThreadSafe));
  bool isSafe =
      isSaidToBe || llvm::any_of(type.model->threadSafeMembers, [&](llvm::StringRef member) {
        return member == "*" || member == call.callee->getNameAsString();
      });
  if (!isSafe)
    add(*call.receiver.expression, type, std::move(use));
}

void UseRecorder::argument(const Made &call, unsigned index, Use use) {
  const clang::Expr &argument = *call.arguments[index];
  if (llvm::isa<clang::CXXDefaultArgExpr>(argument))
    return;
  BoundType type = unit.bound.of(objectOf(&argument)->getType());
  if (type && worksOn(call, index, type))
    add(argument, type, std::move(use));
}

/// Functions of the thing's own library work on it, and those that are declared to take just such a
/// thing; std::swap or a container do not.
bool UseRecorder::worksOn(const Made &call, unsigned index, const BoundType &type) const {
  if (!type.model->library.empty() &&
      unit.knowledge.owner(qualifiedName(*call.callee)) == type.model->library)
    return true;
  if (call.callee->isTemplateInstantiation() || index >= call.callee->getNumParams())
    return false;
  BoundType taken = unit.bound.of(call.callee->getParamDecl(index)->getType());
  return taken && taken.name == type.name;
}

void UseRecorder::add(const clang::Expr &thing, const BoundType &type, Use use) {
  use.thing = terms.of(&thing);
  if (isNothing(use.thing))
    return;
  use.type = type.name;
  facts.uses.push_back(std::move(use));
}

} // namespace async_tidy
