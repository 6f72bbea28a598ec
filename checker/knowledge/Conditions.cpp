#include "knowledge/Conditions.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

bool holds(const Condition &c, CallView &call) {
  using Kind = Condition::Kind;
  switch (c.kind) {
  case Kind::Equals:
    return call.integer(c.subject) == c.value;
  case Kind::HasFlag: {
    auto value = call.integer(c.subject);
    return value && (*value & c.value) == c.value;
  }
  case Kind::AtMost: {
    auto value = call.integer(c.subject);
    return value && *value <= c.value;
  }
  case Kind::AtLeast: {
    auto value = call.integer(c.subject);
    return value && *value >= c.value;
  }
  case Kind::Null:
    return call.isNull(c.subject);
  case Kind::Zero:
    return call.isZero(c.subject);
  case Kind::Within:
    return call.isWithin(c.subject, c.value);
  case Kind::Type:
    return call.hasType(c.subject, c.names);
  case Kind::Object:
    return call.isObject(c.subject, c.names);
  case Kind::Arguments:
    return call.argumentCount() >= uint64_t(c.value);
  case Kind::Ready:
    return call.receiverIsReady();
  case Kind::Moved:
    return call.receiverIsMoved();
  case Kind::Called:
    return call.isCalled(c.subject, c.names, c.given);
  case Kind::MadeBy:
    return call.receiverIsMadeBy(c.names);
  }
  llvm_unreachable("all kinds are handled");
}

bool fits(const FunctionModel &model, CallView &call) {
  auto isTrue = [&](const Condition &condition) { return holds(condition, call); };
  return llvm::all_of(model.when, isTrue) && llvm::none_of(model.unless, isTrue);
}

const FunctionModel *blockingOf(llvm::ArrayRef<const FunctionModel *> models, CallView &call) {
  for (const FunctionModel *model : models) {
    if (model->neverBlocking)
      return nullptr;
    if (model->blocks && fits(*model, call))
      return model;
  }
  return nullptr;
}

llvm::ArrayRef<HandOffModel> handOffsOf(llvm::ArrayRef<const FunctionModel *> models,
                                        CallView &call) {
  for (const FunctionModel *model : models)
    if (!model->handOffs.empty() && llvm::all_of(model->when, [&](const Condition &condition) {
          return holds(condition, call);
        }))
      return model->handOffs;
  return {};
}

const FunctionModel *goesOnOf(llvm::ArrayRef<const FunctionModel *> models, CallView &call) {
  for (const FunctionModel *model : models)
    if (model->goesOn && llvm::all_of(model->when, [&](const Condition &condition) {
          return holds(condition, call);
        }))
      return model;
  return nullptr;
}

LocksKind locksOf(llvm::ArrayRef<const FunctionModel *> models, CallView &call) {
  for (const FunctionModel *model : models)
    if (model->locks != LocksKind::No && fits(*model, call))
      return model->locks;
  return LocksKind::No;
}

bool startsAsync(llvm::ArrayRef<const FunctionModel *> models, CallView &call) {
  return llvm::any_of(
      models, [&](const FunctionModel *model) { return model->startsAsync && fits(*model, call); });
}

} // namespace async_tidy
