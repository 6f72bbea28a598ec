// Which variables views and iterators show, for CaptureRecorder.
#include "extract/CaptureRecorder.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

bool CaptureRecorder::isView(clang::QualType type) const {
  const TypeModel *model = knownType(unit.knowledge, type);
  return model && model->view;
}

/// The variable of this body that `e` is, or is a part of, if that is an object that has what views
/// of it show: an array, a text, a container.
const clang::VarDecl *CaptureRecorder::holderIn(const clang::Expr *e, unsigned depth) const {
  e = objectOf(e);
  const TypeModel *model = knownType(unit.knowledge, e->getType());
  bool isHolder = e->getType()->isArrayType() || (model && model->value && !model->view);
  return isHolder ? ownerOf(e, depth) : nullptr;
}

/// The same for the container of which `e` is an iterator, or a pointer to what it has.
const clang::VarDecl *CaptureRecorder::iteratedBy(const clang::Expr &e, unsigned depth) const {
  const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&e);
  if (!call || call->isGLValue())
    return nullptr; // an element itself, of which there will be a copy
  bool finds = llvm::any_of(knownCall(unit.knowledge, *call).models, [](auto *model) {
    return model->result.kind == ResultModel::Kind::Element;
  });
  return finds ? holderIn(call->getImplicitObjectArgument(), depth) : nullptr;
}

/// The same for what `e`, a view or an iterator, shows. `form` says which it is.
const clang::VarDecl *CaptureRecorder::shownBy(const clang::Expr *e, CaptureForm &form,
                                               unsigned depth) const {
  e = objectOf(e);
  if (!e || depth > DepthLimit)
    return nullptr;
  form = CaptureForm::Iterator;
  if (const clang::VarDecl *holder = iteratedBy(*e, depth))
    return holder;
  if (const clang::Expr *value = onlyValueOf(*e))
    return shownBy(value, form, depth + 1);
  form = CaptureForm::View;
  const clang::Expr *origin = isView(e->getType()) ? originOf(e) : e;
  if (origin == e)
    return nullptr;
  return origin->getType()->isPointerType() ? pointeeOf(origin, depth + 1)
         : isView(origin->getType())        ? shownBy(origin, form, depth + 1)
                                            : holderIn(origin, depth);
}

} // namespace async_tidy
