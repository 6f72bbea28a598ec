// A forward analysis over the CFG of a body: what holds on all ways to a statement.
#ifndef ASYNC_TIDY_EXTRACT_MUSTFLOW_H
#define ASYNC_TIDY_EXTRACT_MUSTFLOW_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Analysis/Analyses/PostOrderCFGView.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>
#include <memory>

namespace async_tidy {

/// The CFG of `body`, with an element for each expression; null if Clang makes none.
inline std::unique_ptr<clang::CFG> flowOf(const clang::FunctionDecl &function,
                                          const clang::Stmt *body) {
  clang::CFG::BuildOptions options;
  options.setAllAlwaysAdd();
  options.AddEHEdges = true;
  options.AddImplicitDtors = true;
  options.AddTemporaryDtors = true;
  return clang::CFG::buildCFG(&function, const_cast<clang::Stmt *>(body), &function.getASTContext(),
                              options);
}

/// Facts are entries of a map. Where ways meet, those stay that are the same on all of them.
template <class Key, class Value> class MustFlow {
public:
  using Facts = std::map<Key, Value>;

  /// Adds what holds where `condition` has turned out to be `value`.
  using OnCondition =
      llvm::function_ref<void(const clang::Expr *condition, bool value, Facts &facts)>;

  /// Sees what holds before `statement`, and changes it to what holds after it.
  using OnStatement = llvm::function_ref<void(const clang::Stmt &statement, Facts &facts)>;

  static void run(const clang::CFG &cfg, OnCondition onCondition, OnStatement onStatement) {
    // Blocks that were not visited count as "everything holds", the top of the lattice, by being
    // absent.
    llvm::DenseMap<const clang::CFGBlock *, Facts> entry;
    entry[&cfg.getEntry()] = {};
    // Clang's own order knows that ways which are never taken lead to no block.
    clang::PostOrderCFGView order(&cfg);
    for (bool changed = true; changed;) {
      changed = false;
      for (const clang::CFGBlock *block : order)
        if (auto at = entry.find(block); at != entry.end())
          changed |= leave(*block, through(*block, at->second, onStatement), onCondition, entry);
    }
  }

private:
  static Facts through(const clang::CFGBlock &block, Facts facts, OnStatement onStatement) {
    for (const clang::CFGElement &element : block)
      if (auto statement = element.getAs<clang::CFGStmt>())
        onStatement(*statement->getStmt(), facts);
    return facts;
  }

  /// Carries what holds at the end of `block` to those that follow; whether that changed any.
  static bool leave(const clang::CFGBlock &block, const Facts &exit, OnCondition onCondition,
                    llvm::DenseMap<const clang::CFGBlock *, Facts> &entry) {
    bool changed = false;
    // The two ways of a switch are no yes and no.
    const clang::Stmt *end = block.getTerminatorStmt();
    bool isBranch = block.succ_size() == 2 && end && !llvm::isa<clang::SwitchStmt>(end);
    const auto *condition =
        isBranch ? llvm::dyn_cast_or_null<clang::Expr>(block.getTerminatorCondition()) : nullptr;
    bool value = true; // the first way is the one where the condition holds
    for (const clang::CFGBlock *next : block.succs()) {
      Facts out = exit;
      onCondition(condition, value, out);
      value = false;
      if (!next)
        continue;
      auto [known, isNew] = entry.try_emplace(next, out);
      changed |= isNew || std::erase_if(known->second, [&](const auto &fact) {
                            auto at = out.find(fact.first);
                            return at == out.end() || !(at->second == fact.second);
                          }) != 0;
    }
    return changed;
  }
};

} // namespace async_tidy

#endif
