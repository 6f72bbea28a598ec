// Terms as keys of hashed tables. What the tables hold is only looked up, never walked, so their
// order is nobody's concern.
#ifndef ASYNC_TIDY_INFER_TERMHASH_H
#define ASYNC_TIDY_INFER_TERMHASH_H

#include "facts/Term.h"
#include "llvm/ADT/Hashing.h"

namespace async_tidy {

inline llvm::hash_code hash_value(const Term &term) {
  llvm::hash_code hash = llvm::hash_combine(uint8_t(term.kind), term.id, term.index);
  for (const Term &part : term.parts)
    hash = llvm::hash_combine(hash, hash_value(part));
  return hash;
}

/// What is asked of a term in terms of one body, and how deep in the answer to another question.
struct TermQuestion {
  Term term;
  uint32_t frame = 0;
  unsigned depth = 0;
  bool isTask = false;

  friend bool operator==(const TermQuestion &, const TermQuestion &) = default;
};

struct TermQuestionHash {
  size_t operator()(const TermQuestion &question) const {
    return llvm::hash_combine(hash_value(question.term), question.frame, question.depth,
                              question.isTask);
  }
};

} // namespace async_tidy

#endif
