#include "extract/BodyHead.h"
#include "extract/Names.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// Calls `visit` for each method that `method` overrides, at any depth.
void forEachOverridden(const clang::CXXMethodDecl &method,
                       llvm::function_ref<void(const clang::CXXMethodDecl &)> visit) {
  std::vector<const clang::CXXMethodDecl *> above{&method};
  while (!above.empty()) {
    const clang::CXXMethodDecl *at = above.back();
    above.pop_back();
    for (const clang::CXXMethodDecl *base : at->overridden_methods()) {
      visit(*base);
      above.push_back(base);
    }
  }
}

/// Notes that a library calls `base`, which the body overrides.
void noteCaller(UnitContext &unit, const clang::CXXMethodDecl &base, Body &facts) {
  const TypeModel *type = unit.knowledge.type(qualifiedName(*base.getParent()));
  if (!type || facts.runs != Where::Unknown || !base.getDeclName().isIdentifier())
    return;
  for (const CalledMembers &calls : type->calls)
    if (llvm::is_contained(calls.names, base.getName())) {
      facts.runs = calls.onWorker ? Where::Worker : Where::Loop;
      facts.runsPlace = facts.place;
      facts.runsVia = qualifiedName(base);
      facts.runsLibrary = type->library.str();
    }
}

} // namespace

void describe(UnitContext &unit, const clang::FunctionDecl &function, Body &facts) {
  facts.id = unit.identity.of(function);
  facts.name = displayName(function);
  facts.place = unit.project.place(function.getLocation());
  facts.end = unit.project.place(function.getEndLoc());
  facts.parameters = function.getNumParams();
  const Annotations::Words &said = unit.annotations.of(function);
  facts.isNonBlocking = said.isNonBlocking;
  facts.runs = said.runs;
  if (said.runs != Where::Unknown)
    facts.runsPlace = unit.project.place(said.runsLocation);
  if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function)) {
    facts.isLambda = method->getParent()->isLambda();
    facts.isMethod = method->isInstance() && method->getOverloadedOperator() != clang::OO_Call;
    const auto *around = llvm::dyn_cast<clang::FunctionDecl>(
        method->getParent()->getDeclContext()->getNonTransparentContext());
    if (facts.isLambda && around)
      facts.around = unit.identity.of(*around);
    forEachOverridden(*method, [&](const clang::CXXMethodDecl &base) {
      facts.overrides.push_back(unit.identity.of(base));
      noteCaller(unit, base, facts);
    });
  }
}

} // namespace async_tidy
